import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A text file that was found above a folder. */
export interface FoundText {
  path: string;
  /** The folder that the search found it from. */
  root: string;
  text: string;
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/**
 * Reads a file that lies in a folder or in the nearest one above it.
 * @param name of the file, seen from the folder
 * @throws what the file system says of one that is there and cannot be read
 */
export async function findUpward(folder: string, name: string): Promise<FoundText | null> {
  for (let root = folder; ; root = dirname(root)) {
    const path = join(root, name);
    try {
      return { path, root, text: await readFile(path, 'utf8') };
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    if (dirname(root) === root) return null;
  }
}
