import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { detectEngine, type Engine } from '../../project/engines/detect.ts';

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

/** The game project that a folder lies in: the nearest upward. */
export async function findGameProject(folder: string): Promise<GameProject | null> {
  for (let at = folder; ; at = dirname(at)) {
    const engine = await detectEngine(path => textAt(join(at, path)));
    if (engine !== null) return { engine, root: at };
    if (dirname(at) === at) return null;
  }
}

/** The folder as seen from the project's, with `/`. */
export function folderInProject(root: string, folder: string): string {
  return relative(root, folder).split(sep).join('/');
}
