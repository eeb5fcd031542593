import { isDeepStrictEqual } from 'node:util';
import type { ServerInventory } from '../comfyui/inventory.ts';
import type { Log } from '../log.ts';
import { isSafetensors, type ModelKind, unknownFacts } from './facts.ts';
import type { FileKnowledge, FileTable } from './file-table.ts';
import { isSameFile, type KnownModel, KnownModels } from './known-models.ts';
import { type Located, locateAll, stampOf, stampOfNow } from './locate.ts';
import type { ModelReader } from './reader.ts';
import type { PlaceFinder } from './server-places.ts';
import { type Waiting, WorkList } from './work-list.ts';

/** Runs whose models are read before those that nobody uses. */
const RECENT_RUNS = 200;
/** Replaced files are noticed after this long at the latest. */
const LOOK_MS = 30_000;
/** `models.changed` comes at most this often while files are read. */
const CHANGED_MS = 1_000;
/** Headers asked for at once. */
const HEADERS_AT_ONCE = 8;
/** Models looked up in the journal before others have their turn. */
const LOOKUPS_AT_ONCE = 50;

/** What has become of a model's file since it was last looked at. */
async function changeOf(known: KnownModel | null): Promise<'none' | 'replaced' | 'came or went'> {
  const { file = null, goneFrom } = known ?? {};
  const path = file?.path ?? goneFrom;
  if (path === undefined) return 'none';
  const now = await stampOf(path);
  if (isSameFile(now, file)) return 'none';
  return now === null || file === null ? 'came or went' : 'replaced';
}

export interface ModelFilesParts {
  table: FileTable;
  reader: ModelReader;
  finders: readonly PlaceFinder[];
  /** What each server lists, by name. */
  inventories: () => ReadonlyMap<string, ServerInventory>;
  /** Something new is known; told at most every second. */
  changed: () => void;
  /** Something new is known, or will not be; told at once. */
  learnt?: () => void;
  log: Log;
}

/**
 * What is known of the servers' model files: found where they can be read, headers read first, then each file hashed whole, one at a time,
 * in a thread of its own. Everything is remembered, so that a restart reads nothing twice; answers never wait for reading.
 */
export class ModelFiles {
  readonly #parts: ModelFilesParts;
  readonly #known = new KnownModels();
  readonly #work = new WorkList();
  #timer: NodeJS.Timeout | null = null;
  #changedTimer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #headers = 0;
  #scanning = false;
  /** Files that are being read at this moment. */
  readonly #reading = new Set<Waiting>();
  #closed = false;
  #version = 0;

  constructor(parts: ModelFilesParts) {
    this.#parts = parts;
  }

  /** Goes up whenever something new is known. */
  get version(): number {
    return this.#version;
  }

  /** Headers and files that are yet to be read. */
  get unread(): number {
    return this.#work.size + this.#headers + (this.#scanning ? 1 : 0);
  }

  /** Begins to look at files, now and every half minute. */
  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    this.#timer.unref();
    void this.look();
  }

  /** Looks for new, replaced and removed files. Resolves when they are found; reading them goes on behind. */
  look(): Promise<void> {
    this.#lookAgain = true;
    this.#looking ??= this.#lookUntilQuiet().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #lookUntilQuiet(): Promise<void> {
    while (this.#takeWish()) {
      await Promise.all(
        this.#parts.finders.map(async finder => {
          try {
            await this.#lookAt(finder);
          } catch (error) {
            const { server } = finder;
            this.#parts.log.warn({ error, server }, 'looking at model files failed');
          }
        }),
      );
      this.#pump();
    }
  }

  #takeWish(): boolean {
    const wished = this.#lookAgain && !this.#closed;
    this.#lookAgain = false;
    return wished;
  }

  async #lookAt(finder: PlaceFinder): Promise<void> {
    const inventory = this.#parts.inventories().get(finder.server);
    if (inventory === undefined) return;
    const located = await locateAll(await finder.find(), {
      checkpoint: inventory.checkpoints,
      lora: inventory.loras,
      vae: inventory.vaes,
    });
    const models: KnownModel[] = [];
    for (const [place, model] of located.entries()) {
      if (place % LOOKUPS_AT_ONCE === LOOKUPS_AT_ONCE - 1) {
        await new Promise(resolve => void setImmediate(resolve));
      }
      if (this.#closed) return;
      const old = this.#known.get(finder.server, model.kind, model.name);
      const same = old?.bytes === model.bytes && isSameFile(old.file, model.file);
      models.push(same ? old : this.#located(model, old));
    }
    if (this.#known.replace(finder.server, models)) this.#tell();
    this.#enqueue(models);
  }

  #located(model: Located, old: KnownModel | null): KnownModel {
    const goneFrom = model.file === null ? (old?.file?.path ?? old?.goneFrom) : undefined;
    return {
      ...model,
      knowledge: this.#remembered(model),
      ...(goneFrom !== undefined && { goneFrom }),
    };
  }

  #remembered({ kind, name, file }: Located): FileKnowledge {
    const nothing = { facts: null, scan: null };
    if (file === null || !isSafetensors(name)) return nothing;
    return this.#parts.table.get(file, kind) ?? nothing;
  }

  #enqueue(models: readonly KnownModel[]): void {
    for (const { kind, name, file, knowledge } of models) {
      if (file === null || !isSafetensors(name)) continue;
      const { facts, scan } = knowledge;
      // Who could not read it may be allowed to by now.
      if (facts === null || facts.problem?.kind === 'unreadable') {
        this.#work.addHeader({ kind, name, file });
      } else if (facts.problem === null && scan === null) {
        this.#work.addScan({ kind, name, file });
      }
    }
  }

  /** Models that somebody is about to draw with are read first. */
  want(names: Iterable<string>): void {
    this.#work.prefer(names);
  }

  #pump(): void {
    if (this.#closed) return;
    while (this.#headers < HEADERS_AT_ONCE) {
      const next = this.#work.takeHeader();
      if (next === null) break;
      void this.#readHeader(next);
    }
    if (this.#scanning || this.#headers > 0 || this.#work.size === 0) return;
    const next = this.#work.takeScan(this.#recent());
    if (next !== null) void this.#scan(next);
  }

  #recent(): ReadonlySet<string> {
    try {
      return this.#parts.table.recentModels(RECENT_RUNS);
    } catch {
      return new Set();
    }
  }

  async #readHeader(work: Waiting): Promise<void> {
    this.#headers++;
    this.#reading.add(work);
    const facts = await this.#parts.reader.facts(work.file.path, work.kind);
    this.#reading.delete(work);
    this.#headers--;
    this.#work.headerDone(work);
    if (this.#closed) return;
    const [known] = this.#known.ofFile(work.kind, work.file);
    const knowledge = { facts, scan: known?.knowledge.scan ?? null };
    if (this.#learn(work, knowledge) && facts.problem === null && knowledge.scan === null) {
      this.#work.addScan(work);
    }
    this.#parts.learnt?.();
    this.#pump();
  }

  async #scan(work: Waiting): Promise<void> {
    this.#scanning = true;
    this.#reading.add(work);
    const scan = await this.#parts.reader.scan(work.file.path);
    this.#reading.delete(work);
    this.#scanning = false;
    if (this.#closed) return;
    if ('problem' in scan) {
      const { kind, what } = scan.problem;
      this.#parts.log.info({ model: work.name, problem: what }, 'a model file was not read whole');
      // What changed while it was read has another size or time at the next look.
      if (kind !== 'unreadable') {
        this.#learn(work, { facts: unknownFacts(scan.problem), scan: null });
      }
    } else {
      const [known] = this.#known.ofFile(work.kind, work.file);
      this.#learn(work, { facts: known?.knowledge.facts ?? null, scan });
      this.#work.scanDone(work);
    }
    this.#parts.learnt?.();
    this.#pump();
  }

  /** Remembers what was read. @returns false when the file is no longer the one that was read */
  #learn({ kind, file }: Waiting, learnt: FileKnowledge): boolean {
    const models = this.#known.ofFile(kind, file);
    const [known] = models;
    if (known === undefined) return false;
    const news = !isDeepStrictEqual(known.knowledge, learnt);
    for (const model of models) model.knowledge = learnt;
    try {
      if (learnt.facts?.problem?.kind !== 'unreadable') this.#parts.table.save(file, kind, learnt);
    } catch (error) {
      this.#parts.log.warn({ error }, 'what was read of a model file could not be remembered');
    }
    if (news) this.#tell();
    return true;
  }

  #tell(): void {
    this.#version++;
    this.#changedTimer ??= setTimeout(() => {
      this.#changedTimer = null;
      if (!this.#closed) this.#parts.changed();
    }, CHANGED_MS);
  }

  /** What is known of a model of a server; null when the server does not list it or was not looked at yet. */
  get(server: string, kind: ModelKind, name: string): KnownModel | null {
    return this.#known.get(server, kind, name);
  }

  /** True while more will be known of a model before long: its file waits to be read or is being read. */
  isBeingRead(server: string, kind: ModelKind, name: string): boolean {
    const file = this.get(server, kind, name)?.file ?? null;
    if (file === null) return false;
    const same = (work: Waiting): boolean => work.kind === kind && isSameFile(work.file, file);
    return this.#work.waits({ kind, name, file }) || [...this.#reading].some(same);
  }

  /** True when a model's file was replaced since it was last looked at. Blocks for one look at the file. */
  isStale(server: string, kind: ModelKind, name: string): boolean {
    const file = this.get(server, kind, name)?.file ?? null;
    return file !== null && !isSameFile(stampOfNow(file.path), file);
  }

  /**
   * Looks whether files of a server were replaced, removed or put back since they were last looked at; if so, all are looked for again.
   * Resolves once what has changed waits to be read.
   * @returns whether one came or went, so that what the server lists is out of date too
   */
  async refresh(
    server: string,
    models: readonly { kind: ModelKind; name: string }[],
  ): Promise<boolean> {
    const changes = await Promise.all(
      models.map(async ({ kind, name }) => changeOf(this.get(server, kind, name))),
    );
    if (changes.some(change => change !== 'none')) await this.look();
    return changes.includes('came or went');
  }

  /** All models of a server that were looked at. */
  of(server: string): readonly KnownModel[] {
    return this.#known.of(server);
  }

  /**
   * SHA-256 of the file that a run was drawn with.
   * @param since when the run began, Unix milliseconds; a file that was changed later is not the one
   * @returns null when it is not known for certain
   */
  async hashOf(
    server: string,
    kind: ModelKind,
    name: string,
    since: number,
  ): Promise<string | null> {
    const model = this.get(server, kind, name);
    const hash = model?.knowledge.scan?.sha256 ?? null;
    if (model?.file == null || hash === null) return null;
    const now = await stampOf(model.file.path);
    const unchanged = isSameFile(now, model.file) && Number(model.file.mtime) / 1e6 <= since;
    return unchanged ? hash : null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#changedTimer !== null) clearTimeout(this.#changedTimer);
    await this.#parts.reader.close();
    await Promise.all(this.#parts.finders.map(async finder => finder.close()));
  }
}
