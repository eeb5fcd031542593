import { readdir, readlink, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Finding } from '../../protocol/system.ts';
import type { Core } from '../core.ts';
import { BUILTIN_SERVER } from '../engines.ts';
import type { LaunchFlags } from '../limits/launch-flags.ts';
import { OUR_FOLDER } from '../comfyui/outputs/names.ts';

const GB = 1e9;
/** Files counted at most; more are told as "more than". */
const MOST_FILES = 50_000;

/**
 * Folder that a ComfyUI writes pictures to, in its own file system: `--output-directory`, else `output` below `--base-directory` or beside its
 * `main.py`.
 * @param cwd folder that its process runs in, for relative paths; null when unknown
 * @returns null when it cannot be told
 */
export function outputDirectory(flags: LaunchFlags, cwd: string | null): string | null {
  const absolute = (path: string): string | null =>
    isAbsolute(path) ? path : cwd === null ? null : resolve(cwd, path);
  const output = flags.values('--output-directory')?.[0];
  if (output !== undefined) return absolute(output);
  const base = flags.values('--base-directory')?.[0] ?? dirname(flags.argv[0] ?? '');
  const folder = base === '' ? null : absolute(base);
  return folder === null ? null : join(folder, 'output');
}

/** Files below a folder and their bytes; null when it cannot be read. */
async function sizeOf(folder: string): Promise<{ files: number; bytes: number } | null> {
  const total = { files: 0, bytes: 0 };
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    let entries;
    try {
      entries = await readdir(next, { withFileTypes: true });
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (next !== folder || missing) continue;
      return null;
    }
    for (const entry of entries) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) {
        total.bytes += await stat(path).then(
          ({ size }) => size,
          () => 0,
        );
        total.files++;
        if (total.files >= MOST_FILES) return total;
      }
    }
  }
  return total;
}

async function folderOf(core: Core, server: string, pid: number | null): Promise<string | null> {
  if (server === BUILTIN_SERVER) return join(core.data, 'builtin', 'output');
  const flags = core.memory.get(server)?.last?.flags;
  if (flags === undefined || pid === null) return null;
  return outputDirectory(flags, await readlink(`/proc/${pid}/cwd`).catch(() => null));
}

/** A ComfyUI has no route that deletes pictures, and none that tells their size. */
export async function outputFindings(
  core: Core,
  server: string,
  pid: number | null,
): Promise<Finding> {
  const check = `outputs ${server}`;
  const folder = await folderOf(core, server, pid);
  const size = folder === null ? null : await sizeOf(join(folder, OUR_FOLDER));
  if (folder === null || size === null) {
    return {
      check,
      level: 'note',
      message: `What is left under ${OUR_FOLDER}/ in its output folder cannot be read from here, and ComfyUI has no route that tells its size.`,
      remedy: `Look there from time to time: pictures that the worker has taken over may be deleted.`,
    };
  }
  const many = size.files >= MOST_FILES ? 'more than ' : '';
  const message = `${many}${size.files} pictures, ${(size.bytes / GB).toFixed(2)} GB, lie in ${join(folder, OUR_FOLDER)}.`;
  return size.bytes < GB
    ? { check, level: 'ok', message, remedy: null }
    : {
        check,
        level: 'warning',
        message,
        remedy:
          'The worker keeps its own copies: while no job runs there, the files may be deleted.',
      };
}
