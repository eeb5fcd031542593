import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ExportFile } from '../../pixels/export/file.ts';
import { isSealed } from '../../pixels/export/seal.ts';
import { equalImages } from '../../pixels/image.ts';
import { decodePng } from '../../pixels/png/decode.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { replaceFile } from '../../local/write-file.ts';
import { nodeZlib } from '../preview/zlib.ts';

export type Written = 'written' | 'merged' | 'replaced' | 'unchanged';

export interface WrittenFile {
  path: string;
  action: Written;
}

async function bytesAt(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new PixelsError('conflict', `${path} is in the way and cannot be read.`, undefined, {
      cause: error,
    });
  }
}

/** The texts that an export builds on, by path in the folder. */
export async function readExisting(
  folder: string,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const bytes = await bytesAt(join(folder, path));
    if (bytes !== null) found.set(path, new TextDecoder().decode(bytes));
  }
  return found;
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Whether both are PNG files that show the same, as a sheet that is exported beside itself does. */
function samePicture(a: Uint8Array, b: Uint8Array): boolean {
  try {
    return equalImages(decodePng(a, nodeZlib).image, decodePng(b, nodeZlib).image);
  } catch {
    return false;
  }
}

/**
 * Writes an export's files, or none: what lies there is replaced only when it was merged, shows the same, or is as an earlier export
 * left it.
 * @param merged texts that the new ones were built on
 * @throws PixelsError `conflict` unless `force`
 */
export async function writeExport(
  folder: string,
  files: readonly ExportFile[],
  merged: ReadonlyMap<string, string>,
  force: boolean,
): Promise<WrittenFile[]> {
  const plans: { path: string; bytes: Uint8Array; action: Written }[] = [];
  for (const file of files) {
    const path = join(folder, file.path);
    const bytes = 'text' in file ? new TextEncoder().encode(file.text) : file.bytes;
    const present = await bytesAt(path);
    plans.push({ path, bytes, action: actionFor(present, bytes, merged.has(file.path), force) });
  }
  const foreign = plans.filter(({ action }) => action === 'replaced');
  if (foreign.length > 0 && !force) {
    const names = foreign.map(({ path }) => basename(path));
    throw new PixelsError(
      'conflict',
      `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and others' : ''} would be replaced, but no export wrote ${names.length === 1 ? 'it' : 'them'}; choose another --name or folder, or replace with --force.`,
      { files: foreign.map(({ path }) => path) },
    );
  }
  for (const { path, bytes, action } of plans) {
    if (action === 'unchanged') continue;
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, bytes);
  }
  return plans.map(({ path, action }) => ({ path, action }));
}

function actionFor(
  present: Uint8Array | null,
  bytes: Uint8Array,
  merged: boolean,
  force: boolean,
): Written {
  if (present === null) return 'written';
  if (equalBytes(present, bytes)) return 'unchanged';
  if (merged) return 'merged';
  if (isSealed(present)) return 'written';
  return samePicture(present, bytes) && !force ? 'unchanged' : 'replaced';
}
