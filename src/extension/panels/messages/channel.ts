import { type Envelope, openEnvelope, seal } from './envelope.ts';
import { describeError, MessageError } from './message-error.ts';
import type {
  Handlers,
  NoticeName,
  ParamsArgument,
  ParamsOf,
  RequestName,
  ResultOf,
  Side,
} from './shape.ts';

/** Posts a message; buffers in `transfer` are handed over instead of copied where the host can. */
export type Post = (message: Envelope, transfer?: readonly ArrayBuffer[]) => void;

export interface RequestSettings {
  signal?: AbortSignal;
  /** Milliseconds to wait for the answer; 30 s unless told otherwise, `Infinity` for what a person decides. */
  timeoutMs?: number;
  transfer?: readonly ArrayBuffer[];
}

interface Pending {
  settle: (outcome: { result: unknown } | { error: MessageError }) => void;
}

const TIMEOUT_MS = 30_000;

/**
 * One end of the line between a panel's host and its page, the same on both sides. A request is answered once, with a result or
 * an error, whatever its handler does; after the page was loaded anew, what belongs to the old load is dropped.
 */
export class Channel<Theirs extends Side, Ours extends Side> {
  readonly #post: Post;
  readonly #handlers: Handlers<Ours>;
  readonly #pending = new Map<number, Pending>();
  readonly #answering = new Map<number, AbortController>();
  #instance: string | null;
  #adopts: boolean;
  #lastId = 0;
  #closed = false;

  /** @param instance names this load of the page; null on the host's side, which takes it from what it hears */
  constructor(post: Post, handlers: Handlers<Ours>, instance: string | null) {
    this.#post = post;
    this.#handlers = handlers;
    this.#instance = instance;
    this.#adopts = instance === null;
  }

  /** The page's load that is spoken to; null before the page has said anything. */
  get instance(): string | null {
    return this.#instance;
  }

  /**
   * Asks the other side.
   * @throws MessageError what its handler threw, or `timeout`, `cancelled`, `not-listening`, `closed`
   */
  request<K extends RequestName<Theirs>>(
    name: K,
    ...rest: [...ParamsArgument<Theirs, K>, settings?: RequestSettings | undefined]
  ): Promise<ResultOf<Theirs, K>> {
    const [params, settings]: readonly unknown[] = rest;
    return this.#ask(name, params, settings ?? {}) as Promise<ResultOf<Theirs, K>>;
  }

  /** Tells the other side something that needs no answer. @returns false when nobody listens */
  notify<K extends NoticeName<Theirs>>(
    name: K,
    value: Theirs['notices'][K],
    transfer?: readonly ArrayBuffer[],
  ): boolean {
    if (this.#closed || this.#instance === null) return false;
    this.#post(seal(this.#instance, { kind: 'notice', name, value }), transfer);
    return true;
  }

  /** Takes whatever was posted. @returns whether it was for this end */
  receive(data: unknown): boolean {
    const message = openEnvelope(data);
    if (message === null || this.#closed) return false;
    if (message.instance !== this.#instance) {
      if (!this.#adopts) return false;
      this.forgetPage();
      this.#instance = message.instance;
    }
    this.#take(message);
    return true;
  }

  /** The page is gone or will be loaded anew: what was asked of it fails, what it asked is cancelled. */
  forgetPage(): void {
    this.#abandon(new MessageError('not-listening', 'The panel was closed or loaded again.'));
    if (this.#adopts) this.#instance = null;
  }

  /** Ends this side for good. */
  close(): void {
    this.#closed = true;
    this.#abandon(new MessageError('closed', 'The panel was closed.'));
  }

  #abandon(error: MessageError): void {
    for (const pending of [...this.#pending.values()]) pending.settle({ error });
    for (const controller of this.#answering.values()) controller.abort(error);
    this.#answering.clear();
  }

  #ask(name: string, params: unknown, settings: RequestSettings): Promise<unknown> {
    const { signal, timeoutMs = TIMEOUT_MS, transfer } = settings;
    const instance = this.#instance;
    return new Promise((resolve, reject) => {
      const refusal = this.#closed
        ? new MessageError('closed', 'The panel was closed.')
        : signal?.aborted === true
          ? cancelled(name)
          : null;
      if (instance === null || refusal !== null) {
        reject(refusal ?? new MessageError('not-listening', 'The panel is not shown.'));
        return;
      }
      const id = ++this.#lastId;
      const giveUp = (error: MessageError): void => {
        pending.settle({ error });
        this.#post(seal(instance, { kind: 'cancel', id }));
      };
      const onAbort = (): void => giveUp(cancelled(name));
      const timer = Number.isFinite(timeoutMs)
        ? setTimeout(() => giveUp(late(name, timeoutMs)), timeoutMs)
        : undefined;
      const pending: Pending = {
        settle: outcome => {
          if (!this.#pending.delete(id)) return;
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.result);
        },
      };
      this.#pending.set(id, pending);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#post(seal(instance, { kind: 'request', id, name, params }), transfer);
    });
  }

  #take(message: Envelope): void {
    switch (message.kind) {
      case 'request':
        void this.#answer(message.id, message.name, message.params, message.instance);
        return;
      case 'reply':
        this.#pending.get(message.id)?.settle({ result: message.result });
        return;
      case 'error': {
        const error = new MessageError(message.code, message.message);
        this.#pending.get(message.id)?.settle({ error });
        return;
      }
      case 'cancel':
        this.#answering.get(message.id)?.abort(cancelled('The request'));
        return;
      case 'notice': {
        const { name, value } = message;
        if (!Object.hasOwn(this.#handlers.notices, name)) return;
        this.#handlers.notices[name as NoticeName<Ours>](value as Ours['notices'][string]);
      }
    }
  }

  async #answer(id: number, name: string, params: unknown, instance: string): Promise<void> {
    const controller = new AbortController();
    this.#answering.set(id, controller);
    let answer: Envelope;
    try {
      if (!Object.hasOwn(this.#handlers.requests, name)) {
        throw new MessageError('unknown-request', `Nothing here answers the request ${name}.`);
      }
      const handler = this.#handlers.requests[name as RequestName<Ours>];
      const result = await handler(params as ParamsOf<Ours, RequestName<Ours>>, controller.signal);
      answer = seal(instance, { kind: 'reply', id, result });
    } catch (error) {
      answer = seal(instance, { kind: 'error', id, ...describeError(error) });
    }
    // Only the load of the page that asked hears the answer.
    if (this.#answering.get(id) !== controller) return;
    this.#answering.delete(id);
    this.#post(answer);
  }
}

function cancelled(name: string): MessageError {
  return new MessageError('cancelled', `${name} was cancelled.`);
}

function late(name: string, timeoutMs: number): MessageError {
  return new MessageError('timeout', `${name} was not answered within ${timeoutMs} ms.`);
}
