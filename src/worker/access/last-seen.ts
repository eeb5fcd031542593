import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { writePrivate } from './key-folder.ts';

const lastSeenSchema = z.record(z.string(), z.number());

function lastSeenPath(folder: string): string {
  return join(folder, 'last-seen.json');
}

/** When each key last connected, by public key. Kept apart from the allow-list: only the worker writes it. */
export function readLastSeen(folder: string): Record<string, number> {
  try {
    return lastSeenSchema.parse(JSON.parse(readFileSync(lastSeenPath(folder), 'utf8')));
  } catch {
    return {};
  }
}

/** Replaces what is known of the given keys. */
export function writeLastSeen(folder: string, seen: Readonly<Record<string, number>>): void {
  const all = { ...readLastSeen(folder), ...seen };
  writePrivate(lastSeenPath(folder), `${JSON.stringify(all, null, 2)}\n`);
}
