import type { Dealer, Event, Subscriber } from 'zeromq';
import type { Endpoint } from '../local/discovery.ts';
import { ZeromqLoadError } from '../local/zeromq-load-error.ts';
import { LIMITS } from '../protocol/limits.ts';

type Zeromq = typeof import('zeromq');
export type RequestSocket = Dealer;
export type EventSocket = Subscriber;
export type ConnectionEvent = Event;

/** Events that may wait in a subscriber before further ones are dropped and caught up with later. */
const EVENT_BACKLOG = 4000;
const HEARTBEAT_MS = 2_000;
const SILENCE_MS = 6_000;

let loading: Promise<Zeromq> | undefined;

/**
 * Loads ZeroMQ at first use: tens of milliseconds that an editor should not spend when it starts.
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

function transportOptions(address: string, curve: Endpoint['curve']) {
  return {
    ipv6: address.includes('['),
    linger: 0,
    maxMessageSize: LIMITS.messageBytes,
    connectTimeout: 5_000,
    handshakeInterval: 5_000,
    reconnectInterval: 100,
    reconnectMaxInterval: 2_000,
    heartbeatInterval: HEARTBEAT_MS,
    heartbeatTimeout: SILENCE_MS,
    heartbeatTimeToLive: SILENCE_MS,
    ...(curve === undefined
      ? {}
      : {
          curveServerKey: curve.server,
          curvePublicKey: curve.publicKey,
          curveSecretKey: curve.secretKey,
        }),
  };
}

/**
 * Socket for requests, not yet connected. It takes a message only while a connection stands and never makes a send wait: what
 * cannot be sent stays with us, where it can be withdrawn.
 */
export function makeRequestSocket(zeromq: Zeromq, endpoint: Endpoint): RequestSocket {
  return new zeromq.Dealer({
    ...transportOptions(endpoint.requests, endpoint.curve),
    immediate: true,
    sendTimeout: 0,
  });
}

/** Socket for events, not yet connected or subscribed. */
export function makeEventSocket(zeromq: Zeromq, endpoint: Endpoint): EventSocket {
  return new zeromq.Subscriber({
    ...transportOptions(endpoint.events, endpoint.curve),
    receiveHighWaterMark: EVENT_BACKLOG,
  });
}

/** Reports what libzmq's monitor tells of a socket, until the socket is closed. Call it before connecting. */
export async function watchConnection(
  socket: RequestSocket | EventSocket,
  listener: (event: ConnectionEvent) => void,
): Promise<void> {
  const observer = socket.events;
  while (!observer.closed) {
    try {
      const event = (await observer.receive()) as ConnectionEvent | undefined;
      if (event === undefined || event.type === 'end') return;
      if (!socket.closed) listener(event);
    } catch {
      return;
    }
  }
}
