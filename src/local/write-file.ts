import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/**
 * Writes a new file, its folder included. A name that is taken gets `-2`, `-3` … unless `force` replaces it.
 * @returns the path it was written to
 */
export async function writeNewFile(
  folder: string,
  name: string,
  ending: string,
  bytes: Uint8Array,
  force: boolean,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  if (force) {
    const path = join(folder, `${name}${ending}`);
    await replaceFile(path, bytes);
    return path;
  }
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}${ending}`);
    try {
      // Claims the name and fails when it exists, so that two commands cannot pick the same.
      const file = await open(path, 'wx');
      try {
        await file.writeFile(bytes);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await file.close();
      }
      return path;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
}

/**
 * Replaces a file whole or not at all: that which a link points to, not the link. A device or a pipe, such as /dev/stdout, is written to.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there !== null && !there.isFile() && !there.isDirectory()) {
    await writeFile(path, bytes);
    return;
  }
  const file = there === null ? path : await realpath(path);
  const draft = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    await writeFile(draft, bytes);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
