import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that takes no files or few, until it is disposed of. */
export interface OddFolder extends Disposable {
  path: string;
}

/** A folder that cannot be written to; null where that cannot be had: root writes everywhere and may not mount everywhere. */
export function readOnlyFolder(path: string): OddFolder | null {
  mkdirSync(path, { recursive: true });
  if (process.getuid?.() !== 0) {
    chmodSync(path, 0o500);
    return { path, [Symbol.dispose]: () => chmodSync(path, 0o700) };
  }
  return mounted(path, 'ro') ? { path, [Symbol.dispose]: () => unmount(path) } : null;
}

/** A folder on a disk without a free block, and what makes room there; null where it cannot be mounted. */
export function fullFolder(path: string): (OddFolder & { makeRoom: () => void }) | null {
  mkdirSync(path, { recursive: true });
  if (process.getuid?.() !== 0 || !mounted(path, 'size=256k')) return null;
  const filler = join(path, 'filler');
  const { bavail, bsize } = statfsSync(path);
  writeFileSync(filler, new Uint8Array(bavail * bsize));
  return {
    path,
    makeRoom: () => rmSync(filler),
    [Symbol.dispose]: () => unmount(path),
  };
}

function mounted(path: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Lazily: the editor's file watcher may still look at it. */
function unmount(path: string): void {
  execFileSync('umount', ['-l', path], { stdio: 'ignore' });
}
