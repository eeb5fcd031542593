import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../local/discovery.ts';
import { encodeRequest } from '../protocol/envelope.ts';
import { PixelsError } from '../protocol/errors.ts';
import type { PixelsEvent } from '../protocol/events.ts';
import {
  METHODS,
  type MethodName,
  type MethodParams,
  type MethodResult,
} from '../protocol/methods.ts';
import { describeIssues } from '../protocol/validate.ts';
import type { Attached, RequestOptions } from './call.ts';
import { fetchArtifact, type FetchOptions, putArtifact, type PutOptions } from './artifacts.ts';
import { Connection, type ConnectionState, type Hello, parseResult } from './connection.ts';
import { EventStream, type Reset, type Subscription } from './event-stream.ts';
import type { Disposer } from './listeners.ts';

type Log = (message: string, error?: unknown) => void;

export interface ConnectOptions {
  endpoint: Endpoint;
  client: {
    name: string;
    version: string;
    /** A fresh one by default; two live clients never share one. */
    id?: string;
  };
  /** Milliseconds to wait for the worker's first answer. */
  connectTimeoutMs?: number;
  /** Resolve at once and go on trying in the background, for a host that shows the state instead of failing. */
  background?: boolean;
  /** Milliseconds of silence after which the worker is pinged, and those it has to answer. */
  pingIntervalMs?: number;
  pingTimeoutMs?: number;
  /** Told of what no caller hears of. */
  log?: Log;
}

const RETRIES = 2;

/**
 * A client of one worker. Requests are typed by method, retried where that is safe, and answered with validated results or a
 * PixelsError; events arrive in order, once each, whatever the connection does.
 */
export class WorkerClient {
  /** Id that the worker knows this client by. */
  readonly id: string;
  readonly #connection: Connection;
  readonly #events: EventStream;

  private constructor(id: string, connection: Connection, endpoint: Endpoint, log: Log) {
    this.id = id;
    this.#connection = connection;
    this.#events = new EventStream({
      endpoint,
      clientId: id,
      since: after => this.request('events.since', { after, limit: 1000 }),
      log,
    });
  }

  /**
   * Connects to a worker.
   * @throws PixelsError `disconnected` when it does not answer in time, `key-rejected`, `protocol-mismatch`
   * @throws ZeromqLoadError when ZeroMQ does not load here
   */
  static async connect(options: ConnectOptions): Promise<WorkerClient> {
    const id = options.client.id ?? randomUUID();
    const log: Log = options.log ?? (() => undefined);
    const connection = await Connection.open({
      endpoint: options.endpoint,
      client: { id, name: options.client.name, version: options.client.version },
      pingIntervalMs: options.pingIntervalMs ?? 3_000,
      pingTimeoutMs: options.pingTimeoutMs ?? METHODS.ping.timeoutMs,
      log,
    });
    const client = new WorkerClient(id, connection, options.endpoint, log);
    if (options.background === true) return client;
    try {
      await client.#whenReady(options.connectTimeoutMs ?? 5_000);
    } catch (error) {
      await client.close();
      throw error;
    }
    return client;
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** Why the worker does not answer or refuses us; null when all is well. */
  get problem(): PixelsError | null {
    return this.#connection.problem;
  }

  /** What the worker said of itself when we last connected; null before that. */
  get worker(): Hello | null {
    return this.#connection.hello;
  }

  /** Told of each change of `state`. */
  onState(listener: (state: ConnectionState) => void): Disposer {
    return this.#connection.onState(listener);
  }

  /** Told after each connection to a worker, the first included, what it says of itself. */
  onHello(listener: (hello: Hello) => void): Disposer {
    return this.#connection.onHello(listener);
  }

  /**
   * Calls a method.
   * @throws PixelsError what the worker answers, `invalid-params` before anything is sent, `timeout`, `disconnected`,
   * `cancelled` by the signal
   */
  request<M extends MethodName>(
    method: M,
    params: MethodParams<M>,
    options?: RequestOptions,
  ): Promise<MethodResult<M>> {
    return new Promise((resolve, reject) => {
      this.#call(method, params, [], options, result => resolve(result), reject);
    });
  }

  /** Calls a method with frames beside its parameters, its result, or both. Do not change the frames until it is answered. */
  requestWithFrames<M extends MethodName>(
    method: M,
    params: MethodParams<M>,
    attachments: readonly Uint8Array[] = [],
    options?: RequestOptions,
  ): Promise<Attached<M>> {
    return new Promise((resolve, reject) => {
      this.#call(
        method,
        params,
        attachments,
        options,
        (result, frames) => resolve({ result, frames }),
        reject,
      );
    });
  }

  /**
   * Fetches an artifact whole, in chunks, and checks it against its digest.
   * @throws PixelsError `not-found`, `malformed-message` when the bytes do not agree with the digest
   */
  fetchArtifact(digest: string, options?: FetchOptions): Promise<Uint8Array> {
    return fetchArtifact(this, digest, options);
  }

  /** Uploads bytes in chunks, from where an earlier try ended. @returns their SHA-256 */
  putArtifact(bytes: Uint8Array, options?: PutOptions): Promise<string> {
    return putArtifact(this, bytes, options);
  }

  /**
   * Lets events whose topic starts with one of the prefixes through to the listeners, everything by default. Resolves when
   * nothing is missed any more; read the state after that.
   * @throws PixelsError `timeout` when the worker does not publish to us in time
   */
  subscribe(prefixes?: readonly string[], options?: { timeoutMs?: number }): Promise<Subscription> {
    return this.#events.subscribe(prefixes, options);
  }

  /** Told of each subscribed event: journaled ones in order and once each, lossy ones as they come. */
  onEvent(listener: (event: PixelsEvent) => void): Disposer {
    return this.#events.onEvent(listener);
  }

  /** Told when events are missing for good, since the worker's journal is another or was shortened: read the state anew. */
  onReset(listener: (reset: Reset) => void): Disposer {
    return this.#events.onReset(listener);
  }

  /** Ends the connection; what is under way fails with `disconnected`. */
  async close(): Promise<void> {
    await Promise.all([this.#events.close(), this.#connection.close()]);
  }

  #call<M extends MethodName>(
    method: M,
    params: MethodParams<M>,
    attachments: readonly Uint8Array[],
    options: RequestOptions | undefined,
    resolve: (result: MethodResult<M>, frames: readonly Uint8Array[]) => void,
    reject: (error: Error) => void,
  ): void {
    const shape = METHODS[method];
    const { requests } = this.#connection;
    const id = requests.nextId();
    const body = encodeRequest(id, method, params);
    requests.add({
      method,
      id,
      frames: attachments.length === 0 ? [body] : [body, ...attachments],
      timeoutMs: options?.timeoutMs ?? shape.timeoutMs,
      retries: shape.idempotent && options?.retry !== false ? RETRIES : 0,
      early: false,
      brief: !('attachments' in shape),
      signal: options?.signal,
      resolve: answer => {
        const result = parseResult(method, answer);
        if (result instanceof PixelsError) reject(result);
        else resolve(result, answer.frames);
      },
      reject,
    });
    // The worker checks the parameters with the same schema, so they are checked here while they travel: a wrong request fails
    // here at once and changes nothing there.
    const checked = shape.params.safeParse(params);
    if (checked.success) return;
    const { sentence, issues } = describeIssues(checked.error);
    const message = `The parameters of ${method} are not valid: ${sentence}.`;
    requests.withdraw(id, new PixelsError('invalid-params', message, { issues }));
  }

  #whenReady(timeoutMs: number): Promise<void> {
    const connection = this.#connection;
    return new Promise((resolve, reject) => {
      const settle = (error?: PixelsError): void => {
        clearTimeout(timer);
        forget();
        if (error === undefined) resolve();
        else reject(error);
      };
      const look = (): void => {
        if (connection.state === 'ready') settle();
        else if (connection.state === 'rejected' || connection.state === 'closed') {
          settle(connection.problem ?? new PixelsError('disconnected', 'The client was closed.'));
        }
      };
      const timer = setTimeout(() => settle(unreachable(timeoutMs, connection.problem)), timeoutMs);
      const forget = connection.onState(look);
      look();
    });
  }
}

function unreachable(timeoutMs: number, problem: PixelsError | null): PixelsError {
  return new PixelsError(
    'disconnected',
    `The worker did not answer within ${timeoutMs} ms. Check that it runs and that the address is right.`,
    problem === null ? undefined : { problem: problem.message },
    problem === null ? undefined : { cause: problem },
  );
}
