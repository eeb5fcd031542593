import { existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isOurName } from './names.ts';

/** Pictures of ours that lie in an engine's output folder. */
export interface OutputsLeft {
  /** The folder that was read. */
  folder: string;
  count: number;
  bytes: number;
}

/** What a folder holds: nothing when only the one above it is there, since it is made with the first picture. */
async function namesIn(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder);
  } catch {
    const above = await lstat(dirname(folder)).catch(() => null);
    return above?.isDirectory() === true && !existsSync(folder) ? [] : null;
  }
}

/**
 * Counts our pictures in the first folder that can be read.
 * @returns null when none can
 */
export async function outputsIn(folders: readonly string[]): Promise<OutputsLeft | null> {
  for (const folder of folders) {
    const names = await namesIn(folder);
    if (names === null) continue;
    let [count, bytes] = [0, 0];
    for (const name of names.filter(isOurName)) {
      const facts = await lstat(join(folder, name)).catch(() => null);
      if (facts?.isFile() !== true) continue;
      count++;
      bytes += facts.size;
    }
    return { folder, count, bytes };
  }
  return null;
}
