import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

export interface Disk {
  /** The folder that was asked about. */
  path: string;
  totalBytes: number;
  /** Bytes that this user may still write. */
  freeBytes: number;
}

/**
 * Space of the file system a folder lies on, or will lie on: the nearest folder above it that exists is asked.
 * @throws when not even the root can be asked
 */
export async function readDisk(path: string): Promise<Disk> {
  let folder = resolve(path);
  for (;;) {
    try {
      const { bsize, blocks, bavail } = await statfs(folder);
      return { path, totalBytes: blocks * bsize, freeBytes: bavail * bsize };
    } catch (error) {
      const parent = dirname(folder);
      if (parent === folder) throw error;
      folder = parent;
    }
  }
}
