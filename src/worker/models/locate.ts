import { type BigIntStats, statSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { FileStamp } from './file-table.ts';
import { MODEL_KINDS, type ModelKind } from './facts.ts';
import { candidatePaths } from './roots.ts';
import { sizeOf } from './server-folders.ts';
import type { ServerPlaces } from './server-places.ts';

/** Files looked at together; more would starve others of Node's file threads. */
const AT_ONCE = 4;

/** A model of a server and the file that it is, as far as that can be read here. */
export interface Located {
  kind: ModelKind;
  name: string;
  file: FileStamp | null;
  /** As the file tells, else as the server does. */
  bytes: number | null;
}

function stampFrom(path: string, found: BigIntStats): FileStamp | null {
  if (!found.isFile()) return null;
  return {
    path,
    bytes: Number(found.size),
    mtime: String(found.mtimeNs),
    arrivedAt: Number(found.ctimeMs),
  };
}

/** State of a file now; symbolic links are followed. @returns null when there is no such file */
export async function stampOf(path: string): Promise<FileStamp | null> {
  try {
    const found = await stat(path, { bigint: true });
    return stampFrom(await realpath(path), found);
  } catch {
    return null;
  }
}

/** The same of a path without symbolic links, for those who cannot wait. */
export function stampOfNow(path: string): FileStamp | null {
  try {
    return stampFrom(path, statSync(path, { bigint: true }));
  } catch {
    return null;
  }
}

async function locate(places: ServerPlaces, kind: ModelKind, name: string): Promise<Located> {
  const told = sizeOf(places.sizes[kind], name);
  const paths = places.folders === null ? [] : candidatePaths(places.folders[kind], name);
  for (const path of paths) {
    const file = await stampOf(path);
    if (file !== null) return { kind, name, file, bytes: file.bytes };
  }
  return { kind, name, file: null, bytes: told };
}

/**
 * Behind a tunnel or in a container a server on loopback has another file system. Its folders are believed unless most of the files that
 * both know differ in size.
 */
function areTheServers(places: ServerPlaces, located: readonly Located[]): boolean {
  if (places.configured) return true;
  let same = 0;
  let different = 0;
  for (const { kind, name, file } of located) {
    const told = sizeOf(places.sizes[kind], name);
    if (file === null || told === null) continue;
    if (told === file.bytes) same++;
    else different++;
  }
  return same >= different;
}

/** Finds the files of everything that a server lists. */
export async function locateAll(
  places: ServerPlaces,
  names: Readonly<Record<ModelKind, readonly string[]>>,
): Promise<Located[]> {
  const wanted = MODEL_KINDS.flatMap(kind => names[kind].map(name => ({ kind, name })));
  const located: Located[] = [];
  const entries = wanted.entries();
  async function work(): Promise<void> {
    // All workers draw from the one iterator.
    for (const [place, { kind, name }] of entries) {
      located[place] = await locate(places, kind, name);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (areTheServers(places, located)) return located;
  return located.map(({ kind, name }) => ({
    kind,
    name,
    file: null,
    bytes: sizeOf(places.sizes[kind], name),
  }));
}
