import type { Endpoint } from '../local/discovery.ts';
import { encodeRequest } from '../protocol/envelope.ts';
import { PixelsError } from '../protocol/errors.ts';
import {
  METHODS,
  type MethodName,
  type MethodParams,
  type MethodResult,
} from '../protocol/methods.ts';
import { type Disposer, Listeners } from './listeners.ts';
import { Requests, type Answer } from './requests.ts';
import {
  type ConnectionEvent,
  loadZeromq,
  makeRequestSocket,
  type RequestSocket,
  watchConnection,
} from './zmq.ts';

/**
 * `ready`: the worker answers. `reconnecting`: the connection broke and is tried again. `unresponsive`: connected, but the
 * worker's loop does not answer. `rejected`: our key or protocol is refused; not tried again. `closed`: by us.
 */
export type ConnectionState =
  'connecting' | 'ready' | 'reconnecting' | 'unresponsive' | 'rejected' | 'closed';

export type Hello = MethodResult<'hello'>;

export interface ConnectionOptions {
  endpoint: Endpoint;
  client: { id: string; name: string; version: string };
  pingIntervalMs: number;
  pingTimeoutMs: number;
  log: (message: string, error?: unknown) => void;
}

/** How often a handshake may fail without saying why before our keys are to blame: a dying worker fails it once. */
const UNEXPLAINED_FAILURES = 3;

/** The request socket with its state: says hello on every connection, pings, and gives up when it is refused. */
export class Connection {
  readonly requests: Requests;
  readonly #options: ConnectionOptions;
  readonly #socket: RequestSocket;
  readonly #states: Listeners<ConnectionState>;
  readonly #hellos: Listeners<Hello>;
  #state: ConnectionState = 'connecting';
  #problem: PixelsError | null = null;
  #hello: Hello | null = null;
  /** Counts connections, so that answers of an earlier one are not taken for this one's. */
  #generation = 0;
  /** The generation whose hello was answered. */
  #introduced = -1;
  #unexplained = 0;
  #heardAt = 0;
  #pingTimer: NodeJS.Timeout | undefined;
  #loops: Promise<unknown>[] = [];

  private constructor(socket: RequestSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const onError = (error: unknown): void => options.log('a listener failed', error);
    this.#states = new Listeners(onError);
    this.#hellos = new Listeners(onError);
    this.requests = new Requests(
      (frames, id) => this.#send(frames, id),
      error => options.log('the worker sent a reply that belongs to no request', error),
    );
  }

  /** Starts to connect. @throws ZeromqLoadError */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const zeromq = await loadZeromq();
    const connection = new Connection(makeRequestSocket(zeromq, options.endpoint), options);
    connection.#start();
    return connection;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Why the state is `rejected`, or why `ready` was not reached yet; null when all is well. */
  get problem(): PixelsError | null {
    return this.#problem;
  }

  /** What the worker last said of itself. */
  get hello(): Hello | null {
    return this.#hello;
  }

  onState(listener: (state: ConnectionState) => void): Disposer {
    return this.#states.add(listener);
  }

  /** Told of every answer to `hello`, so at the first connection and after each new one. */
  onHello(listener: (hello: Hello) => void): Disposer {
    return this.#hellos.add(listener);
  }

  async close(): Promise<void> {
    if (this.#state !== 'closed') {
      const error = new PixelsError('disconnected', 'The connection to the worker was closed.');
      this.#shut('closed', error);
    }
    await Promise.all(this.#loops);
  }

  #start(): void {
    const { endpoint } = this.#options;
    this.#loops = [watchConnection(this.#socket, event => this.#observe(event)), this.#read()];
    this.#socket.connect(endpoint.requests);
  }

  #send(frames: Uint8Array[], id: number): void {
    if (this.#isOver()) return;
    const message = frames.length === 1 ? frames[0] : frames;
    if (message !== undefined) this.#socket.send(message).catch(() => this.requests.refused(id));
  }

  async #read(): Promise<void> {
    const socket = this.#socket;
    for (;;) {
      try {
        const frames = await socket.receive();
        if (this.#state === 'unresponsive' && this.#introduced === this.#generation) {
          this.#enter('ready');
        }
        this.requests.answer(frames);
        // Who waited for this answer goes on first: the next request leaves before we listen again.
        await Promise.resolve();
        this.#heardAt = performance.now();
      } catch (error) {
        if (socket.closed) return;
        this.#options.log('cannot read a reply', error);
      }
    }
  }

  #observe(event: ConnectionEvent): void {
    switch (event.type) {
      case 'handshake':
        this.#unexplained = 0;
        this.#generation++;
        void this.#introduce(this.#generation);
        break;
      case 'disconnect':
        this.#lost();
        break;
      case 'handshake:error:auth':
        if (event.error.status === 400) this.#reject(keyRejected());
        break;
      case 'handshake:error:protocol':
        // libzmq does not try again after this.
        this.#reject(
          event.error.code === 'ERR_ZMTP_MECHANISM_MISMATCH'
            ? mechanismMismatch(this.#options.endpoint.curve !== undefined)
            : notAWorker(this.#options.endpoint.requests),
        );
        break;
      case 'handshake:error:other':
        if (this.#options.endpoint.curve === undefined) break;
        this.#unexplained++;
        if (this.#unexplained >= UNEXPLAINED_FAILURES) this.#reject(keyRejected());
        break;
      default:
    }
  }

  #lost(): void {
    this.#generation++;
    clearTimeout(this.#pingTimer);
    if (this.#state !== 'connecting' && !this.#isOver()) this.#enter('reconnecting');
    this.requests.disconnected();
  }

  async #introduce(generation: number): Promise<void> {
    for (let attempt = 0; generation === this.#generation && !this.#isOver(); attempt++) {
      try {
        const hello = await this.#ask('hello', { client: this.#options.client });
        if (generation !== this.#generation) return;
        this.#hello = hello;
        this.#introduced = generation;
        this.#problem = null;
        this.#enter('ready');
        this.requests.open();
        this.#hellos.tell(hello);
        this.#schedulePing(generation);
        return;
      } catch (error) {
        if (generation !== this.#generation || this.#isOver()) return;
        if (PixelsError.is(error, 'protocol-mismatch')) {
          this.#reject(error);
          return;
        }
        if (PixelsError.is(error)) this.#problem = error;
        if (PixelsError.is(error, 'timeout')) this.#hung();
        else if (!PixelsError.is(error, 'disconnected')) await pause(500);
      }
    }
  }

  #schedulePing(generation: number): void {
    clearTimeout(this.#pingTimer);
    if (this.#isOver()) return;
    const { pingIntervalMs } = this.#options;
    const quiet = performance.now() - this.#heardAt;
    const wait = Math.max(pingIntervalMs / 10, pingIntervalMs - quiet);
    this.#pingTimer = setTimeout(() => void this.#ping(generation), wait);
  }

  async #ping(generation: number): Promise<void> {
    if (generation !== this.#generation) return;
    if (performance.now() - this.#heardAt >= this.#options.pingIntervalMs * 0.9) {
      const askedAt = performance.now();
      try {
        await this.#ask('ping', {});
      } catch (error) {
        if (PixelsError.is(error, 'timeout') && this.#heardAt < askedAt) this.#hung();
      }
    }
    if (generation === this.#generation) this.#schedulePing(generation);
  }

  #hung(): void {
    if (!this.#isOver()) this.#enter('unresponsive');
  }

  #ask<M extends 'hello' | 'ping'>(method: M, params: MethodParams<M>): Promise<MethodResult<M>> {
    const id = this.requests.nextId();
    return new Promise((resolve, reject) => {
      this.requests.add({
        method,
        id,
        frames: [encodeRequest(id, method, params)],
        timeoutMs: this.#options.pingTimeoutMs,
        retries: 0,
        early: true,
        brief: true,
        signal: undefined,
        resolve: answer => {
          const parsed = parseResult(method, answer);
          if (parsed instanceof PixelsError) reject(parsed);
          else resolve(parsed);
        },
        reject,
      });
    });
  }

  #reject(error: PixelsError): void {
    if (!this.#isOver()) this.#shut('rejected', error);
  }

  #shut(state: 'rejected' | 'closed', error: PixelsError): void {
    this.#generation++;
    this.#problem = error;
    clearTimeout(this.#pingTimer);
    if (!this.#socket.closed) this.#socket.close();
    this.#enter(state);
    this.requests.end(error);
  }

  #isOver(): boolean {
    return this.#state === 'rejected' || this.#state === 'closed';
  }

  #enter(state: ConnectionState): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    this.#states.tell(state);
  }
}

/** The validated result of a method, or the error that says what is wrong with it. */
export function parseResult<M extends MethodName>(
  method: M,
  answer: Answer,
): MethodResult<M> | PixelsError {
  const parsed = METHODS[method].result.safeParse(answer.result);
  if (parsed.success) return parsed.data as MethodResult<M>;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  return new PixelsError(
    'malformed-message',
    `The worker's answer to ${method} is not what its protocol promises (at "${where}").`,
    { method },
  );
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

function keyRejected(): PixelsError {
  return new PixelsError(
    'key-rejected',
    'The worker refuses this key. It may have been revoked, or the worker has new keys: pair again with `dgx-pixels pair`.',
  );
}

function mechanismMismatch(curve: boolean): PixelsError {
  return new PixelsError(
    'key-rejected',
    curve
      ? 'The worker at this address uses no keys: connect without them, or pair again with the right address.'
      : 'The worker at this address wants a key: connect with the string that `dgx-pixels pair` prints.',
  );
}

function notAWorker(address: string): PixelsError {
  return new PixelsError(
    'protocol-mismatch',
    `Something else than a worker listens at ${address}. Check address and port.`,
    { address },
  );
}
