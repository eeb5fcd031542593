import type { Dispatcher } from './dispatch.ts';
import { EventQueue } from './event-queue.ts';
import { protectPath, refuseTakenPath } from './ipc-path.ts';
import type { ServerLog } from './log.ts';
import {
  type CurveServer,
  type EventSocket,
  isClosed,
  loadZeromq,
  makeEventSocket,
  makeRequestSocket,
  type RequestSocket,
} from './zmq.ts';

export interface ListenerSettings {
  requests: string;
  events: string;
  curve?: CurveServer;
  dispatch: Dispatcher;
  /** A subscriber came to this topic. */
  onSubscription: (topic: string, publish: (frames: Uint8Array[], lossy: boolean) => void) => void;
  /** Told after each request who made it. */
  onRequest: (identity: Buffer) => void;
  log: ServerLog;
}

const SUBSCRIBE = 1;
const UNSUBSCRIBE = 0;
const REBIND_ATTEMPTS = 250;

function ignore(): void {
  // A reply or event that cannot be sent has nobody left to read it.
}

function sendQuietly(socket: RequestSocket | EventSocket, frames: Uint8Array[]): void {
  if (!isClosed(socket)) socket.send(frames).catch(ignore);
}

async function bindPatiently(
  socket: RequestSocket | EventSocket,
  endpoint: string,
  attempts: number,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      await socket.bind(endpoint);
      protectPath(endpoint);
      return socket.lastEndpoint ?? endpoint;
    } catch (error) {
      if (attempt >= attempts) throw error;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}

/** One pair of bound sockets: requests in, events out. */
export class Listener {
  readonly #settings: ListenerSettings;
  #requests: RequestSocket | undefined;
  #events: EventSocket | undefined;
  #queue: EventQueue | undefined;
  #loops: Promise<void>[] = [];
  #endpoints: { requests: string; events: string };
  #closed = false;
  /** Topics that somebody is subscribed to here. */
  readonly #topics = new Set<string>();

  private constructor(settings: ListenerSettings) {
    this.#settings = settings;
    this.#endpoints = { requests: settings.requests, events: settings.events };
  }

  /** @throws PixelsError `conflict` for a socket file somebody listens on; libzmq's error for a taken port */
  static async open(settings: ListenerSettings): Promise<Listener> {
    const listener = new Listener(settings);
    await refuseTakenPath(settings.requests);
    await refuseTakenPath(settings.events);
    await listener.#open(1);
    return listener;
  }

  /** Endpoints with the ports really bound. */
  get endpoints(): { requests: string; events: string } {
    return this.#endpoints;
  }

  publish(frames: Uint8Array[], lossy: boolean): void {
    this.#queue?.push(frames, lossy);
  }

  /** Whether anybody is subscribed to a topic or a beginning of it. */
  hasSubscriber(topic: string): boolean {
    for (const subscribed of this.#topics) if (topic.startsWith(subscribed)) return true;
    return false;
  }

  /** Cuts every connection and listens again on the same endpoints: peers shake hands anew, with what is allowed now. */
  async reopen(): Promise<void> {
    await this.#shut(0);
    while (!this.#closed && this.#requests === undefined) {
      try {
        await this.#open(REBIND_ATTEMPTS);
      } catch (error) {
        this.#settings.log.error({ err: error, ...this.#endpoints }, 'cannot listen again yet');
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queue?.flush();
    await this.#shut(null);
  }

  async #open(attempts: number): Promise<void> {
    const { curve } = this.#settings;
    const { requests, events } = this.#endpoints;
    const zeromq = await loadZeromq();
    const requestSocket = makeRequestSocket(zeromq, requests, curve);
    const eventSocket = makeEventSocket(zeromq, events, curve);
    try {
      this.#endpoints = {
        requests: await bindPatiently(requestSocket, requests, attempts),
        events: await bindPatiently(eventSocket, events, attempts),
      };
    } catch (error) {
      requestSocket.close();
      eventSocket.close();
      throw error;
    }
    const queue = new EventQueue(frames => sendQuietly(eventSocket, frames));
    this.#requests = requestSocket;
    this.#events = eventSocket;
    this.#queue = queue;
    this.#loops = [
      serveRequests(requestSocket, this.#settings),
      this.#serveSubscriptions(eventSocket, queue),
    ];
    if (this.#closed) await this.#shut(0);
  }

  async #shut(linger: number | null): Promise<void> {
    for (const socket of [this.#requests, this.#events]) {
      if (socket === undefined || socket.closed) continue;
      if (linger !== null) socket.linger = linger;
      socket.close();
    }
    this.#requests = undefined;
    this.#events = undefined;
    this.#queue = undefined;
    this.#topics.clear();
    await Promise.all(this.#loops);
  }

  async #serveSubscriptions(socket: EventSocket, queue: EventQueue): Promise<void> {
    const publish = (frames: Uint8Array[], lossy: boolean): void => queue.push(frames, lossy);
    while (!isClosed(socket)) {
      try {
        const [frame] = await socket.receive();
        if (frame === undefined || frame.byteLength === 0) continue;
        const topic = frame.toString('utf8', 1);
        if (frame[0] === SUBSCRIBE) {
          this.#topics.add(topic);
          this.#settings.onSubscription(topic, publish);
        } else if (frame[0] === UNSUBSCRIBE) this.#topics.delete(topic);
      } catch (error) {
        if (!isClosed(socket))
          this.#settings.log.error({ err: error }, 'cannot read a subscription');
      }
    }
  }
}

/** Answers requests one after another as they arrive; those whose handler waits are answered when it is done. */
async function serveRequests(
  socket: RequestSocket,
  { dispatch, onRequest, log }: ListenerSettings,
): Promise<void> {
  for (;;) {
    try {
      const frames = await socket.receive();
      const identity = frames.shift();
      if (identity === undefined) continue;
      const reply = dispatch(frames, identity);
      if (reply instanceof Promise) {
        void reply.then(late => sendQuietly(socket, [identity, ...late]));
      } else {
        sendQuietly(socket, [identity, ...reply]);
      }
      onRequest(identity);
    } catch (error) {
      if (isClosed(socket)) return;
      log.error({ err: error }, 'cannot read a request');
    }
  }
}
