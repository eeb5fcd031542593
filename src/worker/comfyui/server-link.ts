import { isDeepStrictEqual } from 'node:util';
import { PixelsError } from '../../protocol/errors.ts';
import type { ServerStatus } from '../../protocol/system.ts';
import type { Log } from '../log.ts';
import { ComfyApi } from './api.ts';
import type { ComfyMessage } from './frames.ts';
import { accessOf, type ComfyAddress } from './address.ts';
import { ComfyHttp } from './http.ts';
import { inventoryOf, type ServerInventory } from './inventory.ts';
import { outputFolders } from './outputs/folders.ts';
import { type OutputsLeft, outputsIn } from './outputs/left.ts';
import { removeOutputs, type TakenOutput } from './outputs/remove.ts';
import { type ComfySocket, openComfySocket, PING_MS } from './socket.ts';

const LAST_RETRY_MS = 10_000;
/** A connection that ended sooner is not sought again at once: each one reads all node classes. */
const SHORT_MS = 1_000;

/** Milliseconds between what a link does by the clock. */
export interface LinkTiming {
  firstRetryMs: number;
  inventoryMs: number;
  pingMs: number;
}

const TIMING: LinkTiming = { firstRetryMs: 250, inventoryMs: 60_000, pingMs: PING_MS };

export interface LinkOptions {
  timing?: Partial<LinkTiming>;
  /** Pictures and history entries stay on the server after they were brought home. */
  keepOutputs?: boolean;
}

export interface LinkListener {
  /** The server answers and its events arrive; called after every (re)connection. */
  ready(): void;
  stateChanged(): void;
  inventoryChanged(): void;
  message(message: ComfyMessage): void;
}

/** The standing connection to one ComfyUI: it comes back by itself, and says why while it is away. */
export class ServerLink {
  readonly name: string;
  readonly api: ComfyApi;
  readonly url: string;
  readonly #http: ComfyHttp;
  readonly #address: ComfyAddress;
  readonly #log: Log;
  #listener: LinkListener | null = null;
  #socket: ComfySocket | null = null;
  #state: ServerStatus['state'] = 'connecting';
  #problem: string | null = null;
  #version: string | null = null;
  #builtin: string | null = null;
  #inventory: ServerInventory | null = null;
  readonly #timing: LinkTiming;
  readonly #keepOutputs: boolean;
  /** Where the server's pictures may lie on this machine. */
  #folders: string[] = [];
  #retryMs: number;
  #readyAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #inventoryTimer: NodeJS.Timeout | null = null;
  #doubting = false;
  #closed = false;
  #lastMessageAt = 0;

  constructor(name: string, address: ComfyAddress, log: Log, options: LinkOptions = {}) {
    this.name = name;
    this.url = accessOf(address).base;
    this.#address = address;
    this.#log = log;
    this.#timing = { ...TIMING, ...options.timing };
    this.#retryMs = this.#timing.firstRetryMs;
    this.#keepOutputs = options.keepOutputs === true;
    this.#http = new ComfyHttp(address);
    this.api = new ComfyApi(this.#http);
  }

  get state(): ServerStatus['state'] {
    return this.#state;
  }

  get problem(): string | null {
    return this.#problem;
  }

  get version(): string | null {
    return this.#version;
  }

  /** Drawn by the built-in engine; known from the first answer on. */
  get isBuiltin(): boolean {
    return this.#builtin !== null;
  }

  get engineVersion(): string {
    return this.#builtin ?? this.#version ?? 'unknown';
  }

  get inventory(): ServerInventory | null {
    return this.#inventory;
  }

  /** Id under which prompts report to the present socket; null while there is none. */
  get clientId(): string | null {
    return this.#socket?.clientId ?? null;
  }

  get lastMessageAt(): number {
    return this.#lastMessageAt;
  }

  start(listener: LinkListener): void {
    this.#listener = listener;
    void this.#connect();
  }

  #become(state: ServerStatus['state'], problem: string | null): void {
    if (this.#state === state && this.#problem === problem) return;
    this.#state = state;
    this.#problem = problem;
    this.#log.info({ server: this.name, state, problem }, 'engine state');
    this.#listener?.stateChanged();
  }

  async #connect(): Promise<void> {
    if (this.#closed) return;
    try {
      const stats = await this.api.systemStats();
      await this.api.discover();
      this.#version = stats.version;
      this.#builtin = stats.builtin;
      this.#folders = await outputFolders(this.#http, this.url, stats.argv);
      await this.refreshInventory();
      // It may end before it is held.
      const life: { ended: string; held: ComfySocket | null } = { ended: '', held: null };
      const socket = await openComfySocket(
        this.#address,
        message => {
          this.#lastMessageAt = Date.now();
          if (message.kind !== 'other') this.#listener?.message(message);
        },
        why => {
          life.ended = why;
          if (life.held !== null && this.#socket === life.held) this.#lost(why);
        },
        this.#timing.pingMs,
      );
      if (this.#isClosed()) {
        socket.close();
        return;
      }
      life.held = socket;
      if (life.ended !== '') throw new Error(`The event socket of ${this.url} ${life.ended}.`);
      this.#socket = socket;
      this.#retryMs = this.#timing.firstRetryMs;
      this.#readyAt = Date.now();
      this.#become('ready', null);
      this.#inventoryTimer ??= setInterval(() => {
        if (this.#state === 'ready') void this.refreshInventory().catch(() => undefined);
      }, this.#timing.inventoryMs);
      this.#inventoryTimer.unref();
      this.#listener?.ready();
    } catch (error) {
      const rejected = PixelsError.is(error, 'engine-rejected');
      const message = error instanceof Error ? error.message : String(error);
      this.#become(rejected ? 'incompatible' : 'unreachable', message);
      this.#later();
    }
  }

  // A getter's narrowing would outlive the awaits.
  #isClosed(): boolean {
    return this.#closed;
  }

  #later(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#connect(), this.#retryMs);
    this.#timer.unref();
    this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 1.7 + Math.random() * 100);
  }

  #lost(why: string): void {
    this.#socket = null;
    if (this.#closed) return;
    if (Date.now() - this.#readyAt < SHORT_MS) this.#retryMs = Math.max(this.#retryMs, SHORT_MS);
    this.#become('connecting', `The event socket of ${this.url} ${why}.`);
    this.#later();
  }

  /**
   * Something shows that the connection is not what it seems, e.g. requests are refused or a run's events never came: it is made anew.
   * @param why the predicate of a sentence about the event socket
   */
  doubt(why: string): void {
    const socket = this.#socket;
    if (socket === null) return;
    this.#lost(why);
    socket.close();
  }

  /** Reads models and node classes again. */
  async refreshInventory(): Promise<void> {
    const inventory = inventoryOf(await this.api.objectInfo());
    const changed = !isDeepStrictEqual(inventory, this.#inventory);
    this.#inventory = inventory;
    if (changed) this.#listener?.inventoryChanged();
  }

  /** Something shows that the server has other models or node classes than it had. Many such signs make it asked once. */
  doubtInventory(): void {
    if (this.#doubting) return;
    this.#doubting = true;
    void this.refreshInventory()
      .catch(() => undefined)
      .finally(() => {
        this.#doubting = false;
      });
  }

  /**
   * Removes what an imported run left: its history entry, and its files where they can be reached. Call it only once the journal has the
   * result. A failure is no harm: `outputsLeft` tells what stayed.
   */
  async clear(promptId: string, taken: readonly TakenOutput[]): Promise<void> {
    if (this.#keepOutputs) return;
    await Promise.allSettled([
      this.api.deleteHistory(promptId),
      removeOutputs(this.#folders, promptId, taken),
    ]);
  }

  /** Our files in the server's output folder; null where that cannot be read from here. */
  async outputsLeft(): Promise<OutputsLeft | null> {
    return outputsIn(this.#folders);
  }

  /** What was known of the server before it ever answered this process. */
  remember(inventory: ServerInventory): void {
    this.#inventory ??= inventory;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#inventoryTimer !== null) clearInterval(this.#inventoryTimer);
    this.#socket?.close();
    this.#socket = null;
    await this.#http.close();
  }
}
