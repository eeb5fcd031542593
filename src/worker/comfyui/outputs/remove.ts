import { createHash } from 'node:crypto';
import { lstat, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isOurName } from './names.ts';

/** A picture that is safe in the store. */
export interface TakenOutput {
  filename: string;
  /** SHA-256 of its bytes, hex. */
  sha256: string;
}

async function holds(path: string, sha256: string): Promise<boolean> {
  const facts = await lstat(path);
  if (!facts.isFile()) return false;
  return (
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex') === sha256
  );
}

/**
 * Removes a run's pictures from an engine's folder. A file goes only when it bears the run's prompt id and has the very bytes that are safe in
 * the store; links, other folders and other people's files are never touched.
 * @param folders where our files may lie
 * @returns how many files went
 */
export async function removeOutputs(
  folders: readonly string[],
  promptId: string,
  taken: readonly TakenOutput[],
): Promise<number> {
  let removed = 0;
  for (const { filename, sha256 } of taken) {
    if (!isOurName(filename) || !filename.startsWith(`${promptId}_`)) continue;
    for (const folder of folders) {
      try {
        const isFolder = (await lstat(folder)).isDirectory();
        const path = join(folder, filename);
        if (!isFolder || !(await holds(path, sha256))) continue;
        await unlink(path);
        removed++;
        break;
      } catch {
        // Not there, or not ours to remove.
      }
    }
  }
  return removed;
}
