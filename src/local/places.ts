import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Longest path that `bind` takes for a Unix socket on every system we run on (macOS: 104 with the closing zero). */
export const MAX_SOCKET_PATH = 103;

/**
 * Folder of a worker's durable data: journal, artifacts, keys, user workflows.
 * `DGX_PIXELS_DATA` wins, then the system's custom (`XDG_DATA_HOME`, `Library/Application Support`, `LOCALAPPDATA`).
 */
export function dataFolder(environment: Environment = process.env): string {
  const chosen = environment['DGX_PIXELS_DATA'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (process.platform === 'win32') {
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'dgx-pixels');
  }
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'dgx-pixels');
  }
  const data = environment['XDG_DATA_HOME'];
  return join(
    data !== undefined && data !== '' ? data : join(homedir(), '.local', 'share'),
    'dgx-pixels',
  );
}

/**
 * Private folder (0700) of the sockets and the discovery file of the workers of one user, one per data folder: short, because
 * socket paths are limited to about a hundred bytes. `DGX_PIXELS_RUNTIME` wins, then `XDG_RUNTIME_DIR`, then the
 * temporary folder.
 */
export function runtimeFolder(
  data: string = dataFolder(),
  environment: Environment = process.env,
): string {
  const chosen = environment['DGX_PIXELS_RUNTIME'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  const tag = createHash('sha256').update(resolve(data)).digest('hex').slice(0, 10);
  const run = environment['XDG_RUNTIME_DIR'];
  if (run !== undefined && run !== '') return join(run, `dgx-pixels-${tag}`);
  const user =
    process.platform === 'win32' ? userInfo().username.slice(0, 12) : String(userInfo().uid);
  return join(tmpdir(), `dgx-pixels-${user}-${tag}`);
}

/**
 * Makes a folder that only its owner can read, and refuses one that belongs to somebody else: a folder in a shared temporary
 * directory may have been planted.
 * @throws Error with a sentence for a person
 */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const stat = lstatSync(path);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw new Error(
      `${path} is not a folder of yours; remove it or set DGX_PIXELS_RUNTIME to a private folder.`,
    );
  }
  if ((stat.mode & 0o077) !== 0) chmodSync(path, 0o700);
}
