import { decodeReply } from '../protocol/envelope.ts';
import { PixelsError } from '../protocol/errors.ts';
import { Alarm } from './alarm.ts';
import { Vigil } from './vigil.ts';

/** What a reply brought. */
export interface Answer {
  result: unknown;
  frames: readonly Uint8Array[];
}

export interface RequestSpec {
  method: string;
  id: number;
  /** Body and attachments as they travel. */
  frames: Uint8Array[];
  timeoutMs: number;
  /** Further attempts when no answer comes. Zero means that it is never sent twice. */
  retries: number;
  /** Sent before the worker has answered `hello`. */
  early: boolean;
  /** The answer is small, so it may come within microseconds. */
  brief: boolean;
  signal: AbortSignal | undefined;
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

interface Pending {
  readonly spec: RequestSpec;
  /** `waiting` for a connection or its turn, `pausing` before the next attempt, `sent`. */
  state: 'waiting' | 'pausing' | 'sent';
  attempt: number;
  /** When its state ends without an answer, in `performance.now()` terms. */
  deadline: number;
  onAbort: (() => void) | undefined;
}

/** Requests under way at once: so many that replies never fill the worker's socket. */
const WINDOW = 256;
const NONE: readonly Uint8Array[] = [];
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** Requests without an answer yet: sends them when it can, again when it may, and gives up when it must. Knows no sockets. */
export class Requests {
  readonly #send: (frames: Uint8Array[], id: number) => void;
  readonly #onStrayReply: (error: unknown) => void;
  readonly #pending = new Map<number, Pending>();
  readonly #alarm = new Alarm(() => this.#expire());
  readonly #vigil = new Vigil();
  #queue: Pending[] = [];
  #sent = 0;
  #open = false;
  #ended: PixelsError | undefined;
  #lastId = 0;

  /**
   * @param send hands a message to the socket; calls `refused(id)` later when the socket did not take it
   * @param onStrayReply told of replies that belong to no request
   */
  constructor(
    send: (frames: Uint8Array[], id: number) => void,
    onStrayReply: (error: unknown) => void,
  ) {
    this.#send = send;
    this.#onStrayReply = onStrayReply;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  add(spec: RequestSpec): void {
    if (this.#ended !== undefined) {
      spec.reject(this.#ended);
      return;
    }
    if (spec.signal?.aborted === true) {
      spec.reject(cancelled(spec.method));
      return;
    }
    const pending: Pending = {
      spec,
      state: 'waiting',
      attempt: 0,
      deadline: 0,
      onAbort: undefined,
    };
    // The message leaves first; what is left to do here is done while it travels.
    if (spec.early || (this.#open && this.#queue.length === 0 && this.#sent < WINDOW)) {
      this.#dispatch(pending);
    } else {
      this.#queue.push(pending);
    }
    this.#pending.set(spec.id, pending);
    pending.deadline = performance.now() + spec.timeoutMs;
    this.#alarm.by(pending.deadline);
    if (spec.signal !== undefined) {
      pending.onAbort = () => this.#fail(pending, cancelled(spec.method));
      spec.signal.addEventListener('abort', pending.onAbort, { once: true });
    }
  }

  /** Gives a request up; its answer is ignored. */
  withdraw(id: number, error: PixelsError): void {
    const pending = this.#pending.get(id);
    if (pending !== undefined) this.#fail(pending, error);
  }

  /** The connection stands and the worker knows us. */
  open(): void {
    this.#open = true;
    this.#flush();
  }

  /** The connection is gone: what may be sent twice waits for the next one, the rest fails. */
  disconnected(): void {
    this.#open = false;
    for (const pending of [...this.#pending.values()]) {
      if (pending.state !== 'sent') continue;
      const { method, retries, early } = pending.spec;
      if (retries > 0 && !early) this.#requeue(pending);
      else this.#fail(pending, disconnected(method, true));
    }
  }

  /** The socket did not take the message. */
  refused(id: number): void {
    const pending = this.#pending.get(id);
    if (pending?.state !== 'sent') return;
    this.#open = false;
    if (pending.spec.early) this.#fail(pending, disconnected(pending.spec.method, false));
    else this.#requeue(pending);
  }

  /** Takes a reply's frames. */
  answer(frames: readonly Uint8Array[]): void {
    let pending: Pending | undefined;
    try {
      const reply = decodeReply(frames[0] ?? new Uint8Array(0));
      pending = this.#pending.get(reply.id);
      if (pending === undefined) {
        if (!reply.ok && reply.id === 0) throw PixelsError.fromWire(reply.error);
        return;
      }
      this.#remove(pending);
      if (reply.ok) {
        pending.spec.resolve({
          result: reply.result,
          frames: frames.length > 1 ? frames.slice(1) : NONE,
        });
      } else pending.spec.reject(PixelsError.fromWire(reply.error));
    } catch (error) {
      this.#onStrayReply(error);
    }
    if (this.#queue.length > 0) this.#flush();
  }

  /** Fails everything, now and from now on. */
  end(error: PixelsError): void {
    this.#ended ??= error;
    this.#open = false;
    for (const pending of [...this.#pending.values()]) this.#fail(pending, error);
    this.#queue = [];
    this.#alarm.clear();
  }

  #dispatch(pending: Pending): void {
    pending.state = 'sent';
    this.#sent++;
    this.#send(pending.spec.frames, pending.spec.id);
    if (pending.spec.brief) this.#vigil.begin();
  }

  #flush(): void {
    while (this.#open && this.#sent < WINDOW) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      if (next.state === 'waiting' && this.#pending.has(next.spec.id)) this.#dispatch(next);
    }
  }

  #requeue(pending: Pending): void {
    if (pending.state === 'sent') this.#sent--;
    pending.state = 'waiting';
    this.#queue.push(pending);
  }

  #remove(pending: Pending): void {
    if (!this.#pending.delete(pending.spec.id)) return;
    if (pending.state === 'sent' && --this.#sent === 0) this.#vigil.end();
    if (pending.onAbort !== undefined) {
      pending.spec.signal?.removeEventListener('abort', pending.onAbort);
    }
  }

  #fail(pending: Pending, error: PixelsError): void {
    this.#remove(pending);
    pending.spec.reject(error);
    if (this.#queue.length > 0) this.#flush();
  }

  #expire(): void {
    const now = performance.now();
    for (const pending of [...this.#pending.values()]) {
      if (pending.deadline <= now) this.#overdue(pending, now);
    }
    for (const { deadline } of this.#pending.values()) this.#alarm.by(deadline);
  }

  #overdue(pending: Pending, now: number): void {
    if (pending.state === 'pausing') {
      pending.deadline = now + pending.spec.timeoutMs;
      this.#requeue(pending);
      this.#flush();
      return;
    }
    if (pending.attempt >= pending.spec.retries) {
      this.#fail(
        pending,
        pending.state === 'sent'
          ? timedOut(pending.spec)
          : disconnected(pending.spec.method, false),
      );
      return;
    }
    pending.attempt++;
    if (pending.state === 'waiting') {
      pending.deadline = now + pending.spec.timeoutMs;
      return;
    }
    this.#sent--;
    pending.state = 'pausing';
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (pending.attempt - 1));
    pending.deadline = now + pause * (0.75 + Math.random() / 2);
  }
}

function cancelled(method: string): PixelsError {
  return new PixelsError('cancelled', `${method} was cancelled by the caller.`);
}

function timedOut({ method, timeoutMs, retries }: RequestSpec): PixelsError {
  const times = retries > 0 ? `, ${retries + 1} times` : '';
  return new PixelsError(
    'timeout',
    `The worker did not answer ${method} within ${timeoutMs} ms${times}. It may be busy or hung; try again.`,
    { method, timeoutMs },
  );
}

function disconnected(method: string, sent: boolean): PixelsError {
  return new PixelsError(
    'disconnected',
    sent
      ? `The connection to the worker broke before ${method} was answered; it may or may not have been done.`
      : `The worker cannot be reached; ${method} was not sent. Check that it runs.`,
    { method, sent },
  );
}
