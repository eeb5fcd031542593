import { basename, dirname, resolve } from 'node:path';
import type { Engine } from '../../project/engines/detect.ts';
import { TARGET_NAMES, TARGETS, type TargetName } from '../../pixels/export/targets.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { findGameProject, folderInProject } from './project-root.ts';

/** Endings by which a person means a file, not a folder. */
const FILES = /\.(?:png|apng|gif|webp|json|tres|tsx|tsj|ron|aseprite|ase|meta)$/i;

/** Where an export goes. */
export interface Destination {
  target: TargetName;
  /** Absolute. */
  folder: string;
  /** Base of the file names that `--out FILE` gives. */
  name: string | null;
  /** The folder as the game's project sees it; '' where there is none. */
  inProject: string;
  /** A sentence about what was found, for the person. */
  note: string | null;
}

/**
 * Finds out where to write and in which format.
 * @param to null asks the project that the folder lies in
 * @throws PixelsError `invalid-params` when no format is known or the file's ending is not the format's
 */
export async function destinationOf(
  cwd: string,
  to: TargetName | null,
  out: string | undefined,
): Promise<Destination> {
  const path = resolve(cwd, out ?? '.');
  const isFile = out !== undefined && FILES.test(out);
  const folder = isFile ? dirname(path) : path;
  const project = await findGameProject(folder);
  const target = to ?? (project && targetOf(project.engine));
  if (target === null) {
    throw new PixelsError(
      'invalid-params',
      `No game engine was found from ${folder} upward; choose a format with --to: ${TARGET_NAMES.join(', ')}.`,
    );
  }
  const { ending, title } = TARGETS[target];
  if (isFile && !path.toLowerCase().endsWith(ending)) {
    throw new PixelsError(
      'invalid-params',
      `${title} is written to a file that ends in ${ending}.`,
    );
  }
  const needed = engineOf(target);
  const own = project !== null && project.engine === needed;
  const missing = needed === 'godot' || needed === 'unity';
  return {
    target,
    folder,
    name: isFile ? basename(path).slice(0, -ending.length) : null,
    inProject: own ? folderInProject(project.root, folder) : '',
    note: own
      ? `${title}, for the project in ${project.root}`
      : missing
        ? `No project of the engine was found from ${folder} upward; the files refer to each other as if they lay at its top.`
        : null,
  };
}

/** An engine's own format. */
function targetOf(engine: Engine): TargetName {
  return engine;
}

function engineOf(target: TargetName): Engine | null {
  if (target === 'godot-atlas') return 'godot';
  const own = ['godot', 'unity', 'bevy', 'phaser', 'pixi'] as const;
  return own.find(engine => engine === target) ?? null;
}
