import { chmodSync } from 'node:fs';
import { connect } from 'node:net';
import { PixelsError } from '../../protocol/errors.ts';

/** Path of an `ipc://` endpoint's socket file; null for other transports and for abstract names. */
export function ipcPathOf(endpoint: string): string | null {
  const path = endpoint.startsWith('ipc://') ? endpoint.slice('ipc://'.length) : '';
  return path === '' || path === '*' || path.startsWith('@') ? null : path;
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const probe = connect(path);
    const settle = (answered: boolean): void => {
      probe.destroy();
      resolve(answered);
    };
    probe.once('connect', () => settle(true));
    probe.once('error', () => settle(false));
    probe.setTimeout(1_000, () => settle(true));
  });
}

/**
 * libzmq takes over a socket file even while another process listens on it, so that one is asked first.
 * @throws PixelsError `conflict` when somebody answers there
 */
export async function refuseTakenPath(endpoint: string): Promise<void> {
  const path = ipcPathOf(endpoint);
  if (path === null || !(await isAnswered(path))) return;
  throw new PixelsError(
    'conflict',
    `Another worker listens on ${path}. Stop it, or start this one with another data folder.`,
    { endpoint },
  );
}

/** Lets only the owner connect to a socket file. */
export function protectPath(endpoint: string): void {
  const path = ipcPathOf(endpoint);
  if (path !== null && process.platform !== 'win32') chmodSync(path, 0o600);
}
