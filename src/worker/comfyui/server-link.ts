import { isDeepStrictEqual } from 'node:util';
import { PixelsError } from '../../protocol/errors.ts';
import type { ServerStatus } from '../../protocol/system.ts';
import type { Log } from '../log.ts';
import { ComfyApi } from './api.ts';
import type { ComfyMessage } from './frames.ts';
import { type ComfyAddress, ComfyHttp } from './http.ts';
import { inventoryOf, type ServerInventory } from './inventory.ts';
import { type ComfySocket, openComfySocket } from './socket.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 10_000;
const INVENTORY_MS = 60_000;

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
  #retryMs = FIRST_RETRY_MS;
  #timer: NodeJS.Timeout | null = null;
  #inventoryTimer: NodeJS.Timeout | null = null;
  #closed = false;
  #lastMessageAt = 0;

  constructor(name: string, address: ComfyAddress, log: Log) {
    this.name = name;
    this.url = address.url;
    this.#address = address;
    this.#log = log;
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
      if (!(await this.api.hasJobsRoute())) {
        throw new PixelsError(
          'engine-rejected',
          `ComfyUI ${stats.version} at ${this.url} has no /api/jobs, which durable jobs need; update it to 0.33 or newer.`,
        );
      }
      this.#version = stats.version;
      this.#builtin = stats.builtin;
      await this.refreshInventory();
      const socket = await openComfySocket(
        this.#address,
        message => {
          this.#lastMessageAt = Date.now();
          if (message.kind !== 'other') this.#listener?.message(message);
        },
        why => {
          if (this.#socket === socket) this.#lost(why);
        },
      );
      if (this.#isClosed()) {
        socket.close();
        return;
      }
      this.#socket = socket;
      this.#retryMs = FIRST_RETRY_MS;
      this.#become('ready', null);
      this.#inventoryTimer ??= setInterval(() => {
        if (this.#state === 'ready') void this.refreshInventory().catch(() => undefined);
      }, INVENTORY_MS);
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
    this.#become('connecting', `The event socket of ${this.url} ${why}.`);
    this.#later();
  }

  /** Reads models and node classes again. */
  async refreshInventory(): Promise<void> {
    const inventory = inventoryOf(await this.api.objectInfo());
    const changed = !isDeepStrictEqual(inventory, this.#inventory);
    this.#inventory = inventory;
    if (changed) this.#listener?.inventoryChanged();
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
