import { encodeEvent, isJournaledType, topicOf } from '../../protocol/event-frames.ts';
import type { EventType } from '../../protocol/events.ts';
import { ClientRegistry } from './client-registry.ts';
import { makeDispatcher } from './dispatch.ts';
import type { Handlers } from './handlers.ts';
import { Listener } from './listener.ts';
import { SILENT_LOG, type ServerLog } from './log.ts';
import { refuseOpenEndpoint } from './loopback.ts';
import { closeDomain, openDomain, type ZapDomain } from './zap.ts';

export interface ListenerOptions {
  /** Endpoint of requests, e.g. `ipc:///run/user/1000/dgx-pixels/requests` or `tcp://127.0.0.1:*`. */
  requests: string;
  /** Endpoint of events. */
  events: string;
  /** The server's keys. With them only clients of the allow-list get in. */
  curve?: { publicKey: string; secretKey: string };
}

export interface ServerOptions {
  listeners: readonly ListenerOptions[];
  handlers: Handlers;
  /** Whether a client key (Z85) may connect to listeners with CURVE; without it none may. */
  allowed?: (publicKey: string) => boolean;
  /** Told of each key that was let in, once per connection. */
  onAccepted?: (publicKey: string) => void;
  /** Sequence number of the newest journaled event. */
  currentSeq: () => number;
  /** Changes with every start of the worker; at most 40 characters. */
  instance: string;
  log?: ServerLog;
  /** Called when the number of clients changes. */
  onClients?: (count: number) => void;
  /** Checks what handlers return as well; for tests. */
  checkResults?: boolean;
}

export interface PixelsServer {
  /** What was bound, with real ports, in the order of the listeners. */
  readonly endpoints: readonly { requests: string; events: string }[];
  /**
   * Publishes an event to every subscriber; never waits.
   * @param subject job id, or null
   * @throws PixelsError `too-large` when the body exceeds LIMITS.eventBytes
   */
  publish(type: EventType, subject: string | null, body: object, image?: Uint8Array): void;
  /** Distinct clients heard of within the last 15 s. */
  clients(): number;
  /** Unix time in milliseconds of the last request, pings included; the server's start before the first. */
  lastCallAt(): number;
  /** Cuts off clients whose key is no longer allowed; done by itself four times a second as well. */
  recheckKeys(): Promise<void>;
  /** Stops listening. Replies under way get a moment to leave. */
  close(): Promise<void>;
}

const ALIVE_MS = 1_000;
const RECHECK_MS = 250;
const READY_PREFIX = 'ready/';

let domainCount = 0;

/**
 * Binds every listener and answers requests until closed.
 * @throws PixelsError `not-allowed` for an endpoint open to other machines without CURVE, `conflict` for a taken socket file;
 * ZeromqLoadError; libzmq's error (`code` EADDRINUSE) for a taken port
 */
export async function startServer(options: ServerOptions): Promise<PixelsServer> {
  const { handlers, currentSeq, instance, log = SILENT_LOG } = options;
  for (const { requests, events, curve } of options.listeners) {
    refuseOpenEndpoint(requests, curve !== undefined);
    refuseOpenEndpoint(events, curve !== undefined);
  }

  const registry = new ClientRegistry();
  let lastCallAt = Date.now();
  let lastCount = 0;

  function countClients(): number {
    const count = registry.count(Date.now());
    if (count !== lastCount) {
      lastCount = count;
      options.onClients?.(count);
    }
    return count;
  }

  function noteRequest(identity: Buffer): void {
    lastCallAt = Date.now();
    registry.note(identity, lastCallAt);
  }

  function noteHello(client: string, identity: Buffer): void {
    registry.introduce(identity, client, Date.now());
    countClients();
  }

  const dispatch = makeDispatcher({
    handlers,
    log,
    onHello: noteHello,
    ...(options.checkResults === undefined ? {} : { checkResults: options.checkResults }),
  });

  const domain: ZapDomain = {
    name: `dgx-pixels-${process.pid}-${++domainCount}`,
    allowed: options.allowed ?? (() => false),
    accepted: new Set(),
    onAccepted: options.onAccepted ?? (() => undefined),
    log,
  };
  const guarded = options.listeners.some(({ curve }) => curve !== undefined);
  if (guarded) await openDomain(domain);

  const listeners: Listener[] = [];
  const curveListeners: Listener[] = [];
  const timers: NodeJS.Timeout[] = [];
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    for (const timer of timers) clearInterval(timer);
    await rechecking;
    await Promise.all(listeners.map(listener => listener.close()));
    if (guarded) closeDomain(domain);
  }

  function onSubscription(
    topic: string,
    publish: (frames: Uint8Array[], lossy: boolean) => void,
  ): void {
    if (!topic.startsWith(READY_PREFIX)) return;
    try {
      const body = { seq: currentSeq(), instance };
      publish(encodeEvent('ready', topic.slice(READY_PREFIX.length), body), false);
    } catch (error) {
      log.warn({ err: error }, 'cannot greet a subscriber');
    }
  }

  let rechecking: Promise<void> | undefined;

  async function reopenIfRevoked(): Promise<void> {
    const revoked = [...domain.accepted].filter(key => !domain.allowed(key));
    if (revoked.length === 0) return;
    log.info({ revoked }, 'cut off revoked keys');
    domain.accepted.clear();
    await Promise.all(curveListeners.map(listener => listener.reopen()));
  }

  function recheckKeys(): Promise<void> {
    rechecking ??= reopenIfRevoked()
      .catch((error: unknown) => log.error({ err: error }, 'cannot listen again'))
      .finally(() => {
        rechecking = undefined;
      });
    return rechecking;
  }

  function publish(
    type: EventType,
    subject: string | null,
    body: object,
    image?: Uint8Array,
  ): void {
    const lossy = !isJournaledType(type);
    // Progress that nobody watches is not even encoded.
    const topic = topicOf(type, subject);
    const audience = lossy
      ? listeners.filter(listener => listener.hasSubscriber(topic))
      : listeners;
    if (audience.length === 0) return;
    const frames = encodeEvent(type, subject, body, image);
    for (const listener of audience) listener.publish(frames, lossy);
  }

  try {
    for (const { requests, events, curve } of options.listeners) {
      const listener = await Listener.open({
        requests,
        events,
        ...(curve === undefined
          ? {}
          : { curve: { secretKey: curve.secretKey, zapDomain: domain.name } }),
        dispatch,
        onSubscription,
        onRequest: noteRequest,
        log,
      });
      listeners.push(listener);
      if (curve !== undefined) curveListeners.push(listener);
    }
  } catch (error) {
    await close();
    throw error;
  }

  timers.push(
    setInterval(() => {
      publish('worker.alive', null, { seq: currentSeq(), now: Date.now() });
      countClients();
    }, ALIVE_MS),
  );
  if (guarded) timers.push(setInterval(() => void recheckKeys(), RECHECK_MS));

  return {
    get endpoints() {
      return listeners.map(listener => listener.endpoints);
    },
    publish,
    clients: countClients,
    lastCallAt: () => lastCallAt,
    recheckKeys,
    close: () => (closing ??= close()),
  };
}
