import { isAbsolute, relative } from 'node:path';

/** A path as it is shortest to read from a folder. */
export function shortPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below === '' || below.startsWith('..') || isAbsolute(below) ? path : below;
}
