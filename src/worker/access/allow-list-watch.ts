import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';
import { allowListPath, readAllowList } from './allow-list.ts';
import { keyFolder } from './key-folder.ts';
import { writeLastSeen } from './last-seen.ts';

export interface AllowList {
  /** Whether this key may connect, by the file as it is now. */
  allowed(publicKey: string): boolean;
  /** Notes that this key connected. */
  noteSeen(publicKey: string): void;
  /** Stops watching and writes down who was seen. */
  close(): void;
}

export interface WatchOptions {
  /** Told when the list changed. */
  onChange?: () => void;
  /** Told when the file cannot be understood; the list read last stays in force. */
  onProblem?: (error: unknown) => void;
}

/** Where the system reports no changes, the file's time and size are looked at this often. */
const POLL_MS = 500;
const SEEN_FLUSH_MS = 10_000;

function stampOf(path: string): string {
  try {
    const { mtimeNs, size, ino } = statSync(path, { bigint: true });
    return `${mtimeNs}/${size}/${ino}`;
  } catch {
    return 'absent';
  }
}

/**
 * The allow-list as a running worker uses it: it follows the file, so that `pair` and `revoke` in another process take effect
 * within a second.
 * @throws PixelsError `conflict` when the file cannot be understood at the start
 */
export function watchAllowList(data: string, options: WatchOptions = {}): AllowList {
  const path = allowListPath(data);
  const folder = keyFolder(data);
  let stamp = stampOf(path);
  let keys = new Set(readAllowList(path).map(client => client.publicKey));
  let seen: Record<string, number> = {};

  function reload(): void {
    const now = stampOf(path);
    if (now === stamp) return;
    try {
      keys = new Set(readAllowList(path).map(client => client.publicKey));
      stamp = now;
    } catch (error) {
      stamp = now;
      options.onProblem?.(error);
      return;
    }
    options.onChange?.();
  }

  function flushSeen(): void {
    if (Object.keys(seen).length === 0) return;
    try {
      writeLastSeen(folder, seen);
      seen = {};
    } catch (error) {
      options.onProblem?.(error);
    }
  }

  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name === null || name === basename(path)) reload();
    });
    // Polling goes on without it.
    watcher.on('error', () => watcher?.close());
  } catch {
    watcher = undefined;
  }
  const polling = setInterval(reload, POLL_MS);
  const flushing = setInterval(flushSeen, SEEN_FLUSH_MS);
  polling.unref();
  flushing.unref();

  return {
    allowed: publicKey => keys.has(publicKey),
    noteSeen: publicKey => {
      seen[publicKey] = Date.now();
    },
    close: () => {
      clearInterval(polling);
      clearInterval(flushing);
      watcher?.close();
      flushSeen();
    },
  };
}
