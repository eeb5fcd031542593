import { PixelsError } from '../../protocol/errors.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { Workflow } from '../../project/workflows/definition.ts';
import { demandKey, type Demands, demandsOf } from '../../project/workflows/demands.ts';
import type { ServerInventory } from '../comfyui/inventory.ts';
import { isModelKind, type ModelKind } from '../models/facts.ts';
import type { FileKnowledge } from '../models/file-table.ts';
import { checkFit, type Lookup } from '../models/fit.ts';
import { lackOf } from '../models/lack.ts';
import type { ModelFiles } from '../models/model-files.ts';
import type { Journal } from '../store/journal.ts';
import type { PinnedModel } from '../store/pinned-models.ts';
import type { RunRecord } from '../store/rows.ts';
import { otherFile, otherFileWarning, severalRefusals } from './placement-words.ts';
import { RunGraphs } from './run-graphs.ts';

/** Demands of so many kinds of runs are kept in mind. */
const REMEMBERED_DEMANDS = 500;

/** File systems note times by a clock that lags behind by this much. */
const CLOCK_MS = 20;

/** A server as far as placing goes. */
export interface PlacementServer {
  readonly name: string;
  readonly inventory: ServerInventory | null;
  readonly state: string;
}

/** Whether a server can draw a run: why not, or `not-yet` while a file that decides it is being read. */
export type Verdict = 'yes' | 'not-yet' | PixelsError;

type Models = Pick<ModelFiles, 'get' | 'want' | 'isBeingRead' | 'isStale' | 'look' | 'refresh'>;
type ModelFile = { kind: ModelKind; name: string };

function modelFilesOf({ files }: Demands): ModelFile[] {
  return files.flatMap(({ kind, name }) => (isModelKind(kind) ? [{ kind, name }] : []));
}

function relevantPins(pins: readonly PinnedModel[], files: readonly ModelFile[]): PinnedModel[] {
  return pins.filter(pin => files.some(({ kind, name }) => pin.kind === kind && pin.name === name));
}

/**
 * Decides which servers may draw what: those that have its node classes and files, whose files fit one another, and which mean by the
 * files' names the same files that the job was submitted with. A file that cannot be read from here is believed to be the one.
 */
export class Placement {
  readonly #journal: Journal;
  readonly #models: Models;
  readonly #servers: readonly PlacementServer[];
  readonly #graphs: RunGraphs;
  readonly #demands = new Map<string, Demands>();

  constructor(journal: Journal, models: Models, servers: readonly PlacementServer[]) {
    this.#journal = journal;
    this.#models = models;
    this.#servers = servers;
    this.#graphs = new RunGraphs(journal);
  }

  #lookup(server: string): Lookup {
    return (kind, name) => this.#models.get(server, kind, name)?.knowledge ?? null;
  }

  #demandsOf(record: RunRecord): Demands {
    const { recipe } = record.run;
    const key = demandKey(recipe);
    const known = this.#demands.get(key);
    if (known !== undefined) return known;
    const demands = demandsOf(this.#graphs.workflowOf(record), recipe);
    const [oldest] = this.#demands.keys();
    if (this.#demands.size >= REMEMBERED_DEMANDS && oldest !== undefined) {
      this.#demands.delete(oldest);
    }
    this.#demands.set(key, demands);
    return demands;
  }

  /** Names of models are hashed first when somebody is about to draw with them. */
  #want(demands: Demands): void {
    this.#models.want(demands.files.map(({ name }) => name));
  }

  /** What a server lacks; null when it has all that it must list. */
  #lackOf({ name, inventory }: PlacementServer, demands: Demands): PixelsError | null {
    if (inventory !== null) return lackOf(name, inventory, demands);
    return new PixelsError('engine-unavailable', `The server ${name} has not answered yet.`);
  }

  /** What stands against the files of a server; else warnings about them. */
  #misfitOf(
    server: string,
    demands: Demands,
    lookup = this.#lookup(server),
  ): PixelsError | string[] {
    try {
      return checkFit(demands.files, lookup);
    } catch (error) {
      if (PixelsError.is(error)) return error;
      throw error;
    }
  }

  /** The same for a person who may have mended a file a moment ago: nobody is refused for what is no longer there. */
  #misfitNow(server: string, demands: Demands): PixelsError | string[] {
    const misfit = this.#misfitOf(server, demands);
    if (!PixelsError.is(misfit)) return misfit;
    const lookup = this.#lookup(server);
    const again = this.#misfitOf(server, demands, (kind, name) =>
      this.#models.isStale(server, kind, name) ? null : lookup(kind, name),
    );
    if (!PixelsError.is(again)) void this.#models.look();
    return again;
  }

  #hashOf(server: string, { kind, name }: ModelFile): string | null {
    return this.#models.get(server, kind, name)?.knowledge.scan?.sha256 ?? null;
  }

  /** The files that a job is bound to when it is drawn as a server would draw it now. */
  #pinsFrom(server: string, demands: Demands): PinnedModel[] {
    return modelFilesOf(demands).flatMap(file => {
      const sha256 = this.#hashOf(server, file);
      return sha256 === null ? [] : [{ ...file, sha256, server }];
    });
  }

  /**
   * Checks a recipe that is being submitted against every server.
   * @param bound files that the job is bound to by its other recipes
   * @returns the files that its job is bound to: those of the first server that can draw it, one that is there before one that is not;
   *   and warnings for a person
   * @throws PixelsError when no server that ever answered can draw it: what stands against each
   */
  submitted(
    recipe: Recipe,
    workflow: Workflow,
    bound: readonly PinnedModel[] = [],
  ): { pins: PinnedModel[]; warnings: string[] } {
    const demands = demandsOf(workflow, recipe);
    this.#want(demands);
    const relevant = relevantPins(bound, modelFilesOf(demands));
    const refusals: PixelsError[] = [];
    const able: { server: PlacementServer; warnings: string[] }[] = [];
    for (const server of this.#servers) {
      if (server.inventory === null) continue;
      const refusal = this.#lackOf(server, demands) ?? this.#misfitNow(server.name, demands);
      const other = this.#otherThan(relevant, server.name);
      if (PixelsError.is(refusal)) refusals.push(refusal);
      else if (other !== null) refusals.push(otherFile(other.pin, server.name, other.sha256));
      else able.push({ server, warnings: refusal });
    }
    const chosen = able.find(({ server }) => server.state === 'ready') ?? able[0];
    if (chosen === undefined) {
      if (refusals.length > 0) throw severalRefusals(refusals);
      return { pins: [], warnings: [] };
    }
    const pins = this.#pinsFrom(chosen.server.name, demands);
    const others = able.flatMap(({ server }) => {
      const other = this.#otherThan(pins, server.name);
      return other === null ? [] : [otherFileWarning(other.pin, server.name, other.sha256)];
    });
    return { pins, warnings: [...chosen.warnings, ...others] };
  }

  /** A file of a server that is known to be another than the one a job is bound to. */
  #otherThan(
    pins: readonly PinnedModel[],
    server: string,
  ): { pin: PinnedModel; sha256: string } | null {
    for (const pin of pins) {
      if (!isModelKind(pin.kind)) continue;
      const sha256 = this.#hashOf(server, { kind: pin.kind, name: pin.name });
      if (sha256 !== null && sha256 !== pin.sha256) return { pin, sha256 };
    }
    return null;
  }

  /** Whether a server may draw a waiting run, as far as is known now. */
  verdict(server: PlacementServer, record: RunRecord): Verdict {
    const demands = this.#demandsOf(record);
    const lack = this.#lackOf(server, demands);
    if (lack !== null) return lack;
    const files = modelFilesOf(demands);
    if (this.#isBeingRead(server.name, files, ({ facts }) => facts === null)) return 'not-yet';
    const misfit = this.#misfitOf(server.name, demands);
    if (PixelsError.is(misfit)) return misfit;
    const pins = relevantPins(this.#journal.pinned.of(record.run.job), files);
    const other = this.#otherThan(pins, server.name);
    if (other !== null) {
      if (!this.#wasThere(server.name, other.pin, record)) {
        return otherFile(other.pin, server.name, other.sha256);
      }
      this.#journal.pinned.rebind(record.run.job, { ...other.pin, sha256: other.sha256 });
      return this.verdict(server, record);
    }
    // NaN in a LoRA spoils images without an error; checkpoints take long to read and are waited for only when the job is bound to one.
    const decisive = files.filter(
      file => file.kind === 'lora' || relevantPins(pins, [file]).length > 0,
    );
    const unread = this.#isBeingRead(server.name, decisive, ({ scan }) => scan === null);
    return unread ? 'not-yet' : 'yes';
  }

  /** True when a file lay on its server already when the job was submitted, and only the worker had not noticed that it was replaced. */
  #wasThere(server: string, pin: PinnedModel, { run }: RunRecord): boolean {
    if (pin.server !== server || !isModelKind(pin.kind)) return false;
    const file = this.#models.get(server, pin.kind, pin.name)?.file;
    return (file?.arrivedAt ?? Infinity) + CLOCK_MS < run.createdAt;
  }

  /** Whether one of a server's files is being read that something is missing of. */
  #isBeingRead(
    server: string,
    files: readonly ModelFile[],
    lacks: (knowledge: FileKnowledge) => boolean,
  ): boolean {
    return files.some(({ kind, name }) => {
      const known = this.#models.get(server, kind, name)?.knowledge;
      return known !== undefined && lacks(known) && this.#models.isBeingRead(server, kind, name);
    });
  }

  /**
   * Looks at the files that a run would be drawn with on a server, which may have been replaced since.
   * @returns whether one came or went, so that what the server lists is out of date too
   */
  async refresh(server: string, record: RunRecord): Promise<boolean> {
    const demands = this.#demandsOf(record);
    this.#want(demands);
    return this.#models.refresh(server, modelFilesOf(demands));
  }

  /** Binds a job to the files of the server that draws it first, as far as it is not bound yet. */
  bind(server: string, record: RunRecord): void {
    this.#journal.pinned.pin(record.run.job, this.#pinsFrom(server, this.#demandsOf(record)));
  }

  /** Which content of each file a server will load for a run, to be held against what it has loaded before. */
  contents(server: string, record: RunRecord): Map<string, string> {
    return new Map(
      modelFilesOf(this.#demandsOf(record)).flatMap(({ kind, name }) => {
        const file = this.#models.get(server, kind, name)?.file ?? null;
        return file === null
          ? []
          : [[`${kind} ${name}`, `${file.path} ${file.bytes} ${file.mtime}`] as const];
      }),
    );
  }

  /**
   * What stands against a waiting run on every server.
   * @returns null while one may still draw it; `final` when all servers are there, so that nothing will change by itself
   */
  hopeless(record: RunRecord): { error: PixelsError; final: boolean } | null {
    const refusals: PixelsError[] = [];
    let final = true;
    for (const server of this.#servers) {
      if (server.state !== 'ready') {
        final = false;
        continue;
      }
      const verdict = this.verdict(server, record);
      if (!PixelsError.is(verdict)) return null;
      refusals.push(verdict);
    }
    return refusals.length === 0 ? null : { error: severalRefusals(refusals), final };
  }
}
