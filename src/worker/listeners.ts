import { join } from 'node:path';
import { PixelsError } from '../protocol/errors.ts';
import type { Endpoint } from '../local/discovery.ts';
import { MAX_SOCKET_PATH } from '../local/places.ts';
import { watchAllowList } from './access/allow-list-watch.ts';
import { makeKeyPair } from './access/key-pair.ts';
import { loadServerKeys } from './access/server-keys.ts';
import type { Config } from './config.ts';
import type { ListenerOptions } from './server/server.ts';

export interface Listeners {
  /** The local one first. */
  listeners: ListenerOptions[];
  /** How local clients get in; addresses are completed once they are bound. */
  local: Endpoint;
  allowed: (publicKey: string) => boolean;
  /** A paired client has connected. */
  onAccepted: (publicKey: string) => void;
  closeKeys: () => void;
}

/**
 * Where the worker listens: Unix sockets in the private folder for clients of the same user, or loopback TCP with keys of this very start where
 * there are none (Windows); and, as configured, an address for other machines.
 * @throws PixelsError `invalid-params` when the socket folder's path is too long
 */
export function openListeners(config: Config, data: string, runtime: string): Listeners {
  const { listen } = config;
  const transport = listen.local ?? (process.platform === 'win32' ? 'tcp' : 'ipc');
  const needsKeys = transport === 'tcp' || listen.curve;
  const serverKeys = needsKeys ? loadServerKeys(data) : null;
  const list = listen.curve ? watchAllowList(data) : null;
  const localKeys = transport === 'tcp' ? makeKeyPair() : null;
  const listeners: ListenerOptions[] = [];
  let local: Endpoint;
  if (localKeys !== null && serverKeys !== null) {
    const curve = { publicKey: serverKeys.publicKey, secretKey: serverKeys.secretKey };
    local = {
      requests: 'tcp://127.0.0.1:*',
      events: 'tcp://127.0.0.1:*',
      curve: { server: serverKeys.publicKey, ...localKeys },
    };
    listeners.push({ requests: local.requests, events: local.events, curve });
  } else {
    const requests = join(runtime, 'requests');
    if (requests.length > MAX_SOCKET_PATH) {
      throw new PixelsError(
        'invalid-params',
        `The path of the socket folder is too long (${runtime}); set DGX_PIXELS_RUNTIME to a shorter one.`,
        { runtime },
      );
    }
    local = { requests: `ipc://${requests}`, events: `ipc://${join(runtime, 'events')}` };
    listeners.push({ requests: local.requests, events: local.events });
  }
  if (listen.requests !== undefined) {
    if (listen.events === undefined) {
      throw new PixelsError('invalid-params', 'listen.requests needs listen.events beside it.');
    }
    listeners.push({
      requests: listen.requests,
      events: listen.events,
      ...(listen.curve && serverKeys !== null
        ? { curve: { publicKey: serverKeys.publicKey, secretKey: serverKeys.secretKey } }
        : {}),
    });
  }
  return {
    listeners,
    local,
    allowed: key => key === localKeys?.publicKey || list?.allowed(key) === true,
    onAccepted: key => list?.noteSeen(key),
    closeKeys: () => list?.close(),
  };
}
