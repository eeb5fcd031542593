import type { Endpoint } from '../local/discovery.ts';
import { PixelsError } from '../protocol/errors.ts';
import { isJournaledType, topicOf } from '../protocol/event-frames.ts';
import {
  JOURNALED_EVENTS,
  type JournaledEvent,
  LOSSY_EVENTS,
  type PixelsEvent,
} from '../protocol/events.ts';
import type { MethodResult } from '../protocol/methods.ts';
import { EventReader } from './event-reader.ts';
import { type Disposer, Listeners } from './listeners.ts';
import { Sequencer } from './sequencer.ts';
import { type EventSocket, loadZeromq, makeEventSocket, watchConnection } from './zmq.ts';

export interface Reset {
  seq: number;
  instance: string;
}

/** What `subscribe` gives: where the events begin, and how to end it. */
export interface Subscription {
  /** Sequence number of the last event before the first that can come. */
  seq: number;
  instance: string;
  dispose: Disposer;
}

export interface EventStreamOptions {
  endpoint: Endpoint;
  clientId: string;
  since: (after: number) => Promise<MethodResult<'events.since'>>;
  log: (message: string, error?: unknown) => void;
}

const READY_TIMEOUT_MS = 10_000;
const OWN_TYPES = ['worker.alive', 'ready'];

/** Topics the socket is subscribed to whatever a caller wants: sequence numbers run through all journaled types. */
function standingTopics(clientId: string): string[] {
  return [...Object.keys(JOURNALED_EVENTS), 'worker.alive', topicOf('ready', clientId)];
}

/** What to ask of the publisher, beside the standing topics, to receive the lossy events that a prefix selects. */
function lossyTopics(prefix: string): string[] {
  const types = Object.keys(LOSSY_EVENTS).filter(type => !OWN_TYPES.includes(type));
  const [type = ''] = prefix.split('/');
  if (prefix.includes('/')) return types.includes(type) ? [prefix] : [];
  return types.filter(name => name.startsWith(prefix));
}

/** The event socket: orders what comes and fills gaps. It opens with the first subscription. */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #events: Listeners<PixelsEvent>;
  readonly #resets: Listeners<Reset>;
  readonly #sequencer: Sequencer;
  readonly #reader = new EventReader();
  readonly #prefixes = new Map<object, readonly string[]>();
  #socket: EventSocket | undefined;
  #opening: Promise<void> | undefined;
  #loops: Promise<unknown>[] = [];
  #instance: string | null = null;
  #waiting = new Set<() => void>();
  #closed = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    const onError = (error: unknown): void => options.log('a listener failed', error);
    this.#events = new Listeners(onError);
    this.#resets = new Listeners(onError);
    this.#sequencer = new Sequencer({
      since: options.since,
      deliver: event => this.#deliver(event),
      reset: seq => this.#resets.tell({ seq, instance: this.#instance ?? '' }),
      log: (message, error) => {
        if (!this.#closed) options.log(message, error);
      },
    });
  }

  onEvent(listener: (event: PixelsEvent) => void): Disposer {
    return this.#events.add(listener);
  }

  onReset(listener: (reset: Reset) => void): Disposer {
    return this.#resets.add(listener);
  }

  async subscribe(
    prefixes: readonly string[] = [''],
    { timeoutMs = READY_TIMEOUT_MS }: { timeoutMs?: number } = {},
  ): Promise<Subscription> {
    const key = {};
    this.#prefixes.set(key, prefixes);
    const topics = prefixes.flatMap(lossyTopics);
    let subscribed = false;
    const dispose = (): void => {
      if (!this.#prefixes.delete(key) || this.#socket?.closed !== false) return;
      if (subscribed) this.#socket.unsubscribe(...topics);
    };
    try {
      if (this.#closed) throw closedError();
      await (this.#opening ??= this.#open());
      subscribed = topics.length > 0 && this.#socket?.closed === false;
      if (subscribed) this.#socket?.subscribe(...topics);
      if (this.#instance === null) await this.#whenReady(timeoutMs);
    } catch (error) {
      dispose();
      if (this.#socket === undefined) this.#opening = undefined;
      throw error;
    }
    return { seq: this.#sequencer.last ?? 0, instance: this.#instance ?? '', dispose };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening?.catch(() => undefined);
    if (this.#socket?.closed === false) this.#socket.close();
    for (const wake of this.#waiting) wake();
    await Promise.all(this.#loops);
  }

  async #open(): Promise<void> {
    const { endpoint, clientId } = this.#options;
    const zeromq = await loadZeromq();
    if (this.#closed) throw closedError();
    const socket = makeEventSocket(zeromq, endpoint);
    this.#socket = socket;
    this.#loops = [watchConnection(socket, event => this.#observe(event.type)), this.#read(socket)];
    socket.subscribe(...standingTopics(clientId));
    socket.connect(endpoint.events);
  }

  /** libzmq repeats our subscriptions in alphabetical order; asked once more, `ready` comes after all of them. */
  #observe(type: string): void {
    const socket = this.#socket;
    if (type !== 'handshake' || socket?.closed !== false) return;
    const topic = topicOf('ready', this.#options.clientId);
    socket.unsubscribe(topic);
    socket.subscribe(topic);
  }

  #whenReady(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        if (this.#closed) reject(closedError());
        else resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(wake);
        reject(
          new PixelsError('timeout', `The worker's events did not arrive within ${timeoutMs} ms.`, {
            endpoint: this.#options.endpoint.events,
          }),
        );
      }, timeoutMs);
      this.#waiting.add(wake);
    });
  }

  async #read(socket: EventSocket): Promise<void> {
    for (;;) {
      try {
        const frames = await socket.receive();
        this.#take(this.#reader.read(frames));
      } catch (error) {
        if (socket.closed) return;
        this.#options.log('cannot read an event', error);
      }
    }
  }

  #take(event: PixelsEvent | null): void {
    if (event === null) return;
    if (isJournaled(event)) this.#sequencer.accept(event);
    else if (event.type === 'ready') this.#greet(event.seq, event.instance);
    else if (event.type === 'worker.alive') this.#sequencer.notice(event.seq);
    else this.#deliver(event);
  }

  #greet(seq: number, instance: string): void {
    const earlier = this.#instance;
    const { last } = this.#sequencer;
    this.#instance = instance;
    if (last === null) this.#sequencer.start(seq);
    else if (earlier !== instance && seq < last) {
      this.#sequencer.start(seq);
      this.#resets.tell({ seq, instance });
    } else this.#sequencer.notice(seq);
    for (const wake of [...this.#waiting]) wake();
  }

  #deliver(event: PixelsEvent): void {
    if (this.#isWanted(event)) this.#events.tell(event);
  }

  #isWanted(event: PixelsEvent): boolean {
    for (const prefixes of this.#prefixes.values()) {
      for (const prefix of prefixes) {
        if (prefix === '' || topicOf(event.type, event.job).startsWith(prefix)) return true;
      }
    }
    return false;
  }
}

function isJournaled(event: PixelsEvent): event is JournaledEvent {
  return isJournaledType(event.type);
}

function closedError(): PixelsError {
  return new PixelsError('disconnected', 'The client was closed.');
}
