import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { MODEL_KINDS, type ModelKind } from './facts.ts';

const folderSchema = z.string().min(1);

/** Folders with model files: ComfyUI's `models` folders, or folders of each kind. */
export const modelRootsSchema = z.union(
  [
    z.array(folderSchema).max(64),
    z.strictObject({
      checkpoints: z.array(folderSchema).max(64).default([]),
      loras: z.array(folderSchema).max(64).default([]),
      vae: z.array(folderSchema).max(64).default([]),
    }),
  ],
  { error: 'must be a list of folders, or lists of folders named checkpoints, loras and vae' },
);
export type ModelRoots = z.output<typeof modelRootsSchema>;

/** Names that ComfyUI has for folders of each kind. */
export const KIND_FOLDERS = { checkpoint: 'checkpoints', lora: 'loras', vae: 'vae' } as const;

/** Folders in which names of each kind are looked for, in order. */
export type KindFolders = Record<ModelKind, string[]>;

function absolute(folder: string): string {
  return resolve(folder.replace(/^~(?=$|[/\\])/, homedir()));
}

/** Every kind's folder of a `models` folder, of a ComfyUI folder, or the folder itself. */
function within(root: string, kind: ModelKind): string[] {
  const name = KIND_FOLDERS[kind];
  return [join(root, name), join(root, 'models', name), root];
}

/** Folders that a configuration names. A leading `~` is the home folder; relative paths begin at the working folder. */
export function configuredFolders(roots: ModelRoots): KindFolders {
  const folders = (kind: ModelKind): string[] =>
    Array.isArray(roots)
      ? roots.map(absolute).flatMap(root => within(root, kind))
      : roots[KIND_FOLDERS[kind]].map(absolute);
  return { checkpoint: folders('checkpoint'), lora: folders('lora'), vae: folders('vae') };
}

/** Every folder that a configuration names, as it is looked for. */
export function namedFolders(roots: ModelRoots): string[] {
  return Array.isArray(roots)
    ? roots.map(absolute)
    : MODEL_KINDS.flatMap(kind => roots[KIND_FOLDERS[kind]].map(absolute));
}

/**
 * Paths at which a model of a name may lie. Names come from the server and are not trusted: one that would leave its folder has no path.
 * @param name as the server lists it, with sub-folders; of a server on Windows with backslashes
 */
export function candidatePaths(folders: readonly string[], name: string): string[] {
  const variants = name.includes('\\') ? [name, name.replaceAll('\\', '/')] : [name];
  const safe = variants.filter(
    variant =>
      variant !== '' &&
      !variant.includes('\0') &&
      !/^(?:[/\\]|[A-Za-z]:)/.test(variant) &&
      !variant.split(/[/\\]/).includes('..'),
  );
  return folders.flatMap(folder => safe.map(variant => join(folder, variant)));
}
