import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from '../../local/places.ts';

const LOCK_STALE_MS = 10_000;
const LOCK_WAIT_MS = 5_000;

/** Folder of a worker's keys, made if it is absent; only its owner can enter. */
export function keyFolder(data: string): string {
  const folder = join(data, 'keys');
  makePrivateFolder(folder);
  return folder;
}

/** Writes a file that only its owner can read, whole or not at all. */
export function writePrivate(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** Takes away what others may do with a file that was copied or restored carelessly. */
export function tightenFile(path: string): void {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

function tryLock(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    if (Date.now() - statSync(path).mtimeMs > LOCK_STALE_MS) rmSync(path, { force: true });
  } catch {
    // Gone meanwhile.
  }
  return false;
}

/** Runs a change of a folder's files while no other process makes one. */
export async function whileLocked<T>(folder: string, change: () => T): Promise<T> {
  const lock = join(folder, 'lock');
  const giveUpAt = Date.now() + LOCK_WAIT_MS + LOCK_STALE_MS;
  while (!tryLock(lock)) {
    if (Date.now() > giveUpAt) throw new Error(`${lock} does not go away; remove it.`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  try {
    return change();
  } finally {
    rmSync(lock, { force: true });
  }
}
