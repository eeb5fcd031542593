import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { replaceFile } from '../../local/write-file.ts';
import type { ExportAction, ExportPlan } from '../../project/sheets/plan-export.ts';
import { PixelsError } from '../../protocol/errors.ts';

export interface WrittenFile {
  path: string;
  action: ExportAction;
}

/**
 * A file's bytes; null when there is none.
 * @throws PixelsError `conflict` for what cannot be read
 */
export async function bytesAt(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new PixelsError('conflict', `${path} is in the way and cannot be read.`, undefined, {
      cause: error,
    });
  }
}

/**
 * Writes an export's files, or none.
 * @throws PixelsError `conflict` when something would be lost, unless `force`
 */
export async function writeExport(
  folder: string,
  { files }: ExportPlan,
  force: boolean,
): Promise<WrittenFile[]> {
  const foreign = files.filter(({ action }) => action === 'replaced').map(({ path }) => path);
  if (foreign.length > 0 && !force) {
    const names = foreign.map(path => basename(path));
    throw new PixelsError(
      'conflict',
      `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and others' : ''} would be replaced, but no export wrote ${names.length === 1 ? 'it' : 'them'}; choose another --name or folder, or replace with --force.`,
      { files: foreign.map(path => join(folder, path)) },
    );
  }
  for (const { path, bytes, action } of files) {
    if (action === 'unchanged') continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await replaceFile(join(folder, path), bytes);
  }
  return files.map(({ path, action }) => ({ path: join(folder, path), action }));
}
