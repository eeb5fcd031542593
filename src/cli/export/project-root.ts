import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Engine } from '../../project/engines/detect.ts';
import { findProject } from '../../project/engines/find-project.ts';

export interface GameProject {
  engine: Engine;
  /** Absolute folder of the project. */
  root: string;
}

async function textAt(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

function* upward(folder: string): Generator<string> {
  let at = folder;
  for (; dirname(at) !== at; at = dirname(at)) yield at;
  yield at;
}

/** The game project that a folder lies in: the nearest upward. */
export async function findGameProject(folder: string): Promise<GameProject | null> {
  return findProject(upward(folder), (root, path) => textAt(join(root, path)));
}

/** The folder as seen from the project's, with `/`. */
export function folderInProject(root: string, folder: string): string {
  return relative(root, folder).split(sep).join('/');
}
