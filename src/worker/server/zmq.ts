import type { Reply, Router, XPublisher } from 'zeromq';
import { ZeromqLoadError } from '../../local/zeromq-load-error.ts';
import { LIMITS } from '../../protocol/limits.ts';

type Zeromq = typeof import('zeromq');
export type RequestSocket = Router;
export type EventSocket = XPublisher;
export type ZapSocket = Reply;

/** What makes a listener check its peers' keys. */
export interface CurveServer {
  secretKey: string;
  /** Names our ZAP rules to libzmq. */
  zapDomain: string;
}

/** Events one subscriber may lag behind before it misses some; it learns of that by their sequence numbers. */
const EVENT_BACKLOG = 4000;
/** Replies waiting for one client; well above what our client keeps in flight. */
const REPLY_BACKLOG = 2000;
const HEARTBEAT_MS = 2_000;
const SILENCE_MS = 6_000;

let loading: Promise<Zeromq> | undefined;

/**
 * Loads ZeroMQ at first use.
 * @throws ZeromqLoadError when this machine has no binary for it
 */
export function loadZeromq(): Promise<Zeromq> {
  loading ??= import('zeromq').then(
    zeromq => {
      zeromq.context.blocky = false;
      return zeromq;
    },
    (cause: unknown) => {
      loading = undefined;
      throw new ZeromqLoadError(cause);
    },
  );
  return loading;
}

function transportOptions(endpoint: string, curve: CurveServer | undefined) {
  return {
    ipv6: endpoint.includes('['),
    maxMessageSize: LIMITS.messageBytes,
    handshakeInterval: 5_000,
    heartbeatInterval: HEARTBEAT_MS,
    heartbeatTimeout: SILENCE_MS,
    heartbeatTimeToLive: SILENCE_MS,
    // A send that cannot be taken at once fails instead of pending: two sends are never under way on one socket.
    sendTimeout: 0,
    ...(curve === undefined
      ? {}
      : { curveServer: true, curveSecretKey: curve.secretKey, zapDomain: curve.zapDomain }),
  };
}

/** Socket for requests. What is sent to a peer that is gone is dropped by libzmq without a word. */
export function makeRequestSocket(
  zeromq: Zeromq,
  endpoint: string,
  curve: CurveServer | undefined,
): RequestSocket {
  return new zeromq.Router({
    ...transportOptions(endpoint, curve),
    mandatory: false,
    linger: 500,
    sendHighWaterMark: REPLY_BACKLOG,
  });
}

/** Socket for events. It reports every subscription, also to a topic that somebody else subscribed to before. */
export function makeEventSocket(
  zeromq: Zeromq,
  endpoint: string,
  curve: CurveServer | undefined,
): EventSocket {
  return new zeromq.XPublisher({
    ...transportOptions(endpoint, curve),
    verbosity: 'allSubs',
    linger: 200,
    sendHighWaterMark: EVENT_BACKLOG,
  });
}

/** Socket on which libzmq asks about keys. */
export function makeZapSocket(zeromq: Zeromq): ZapSocket {
  return new zeromq.Reply({ linger: 0 });
}

/** Whether a socket was closed meanwhile; a question of its own, since the compiler takes the answer for constant. */
export function isClosed(socket: RequestSocket | EventSocket | ZapSocket): boolean {
  return socket.closed;
}
