import { isAbsolute, join, sep } from 'node:path';
import type { ComfyHttp } from '../comfyui/http.ts';
import { MODEL_KINDS, type ModelKind } from './facts.ts';
import { KIND_FOLDERS, type KindFolders } from './roots.ts';

/** What a server tells of its model files. */
export interface ServerFiles {
  /** Where it reads them, in its own file system; empty when it does not say. */
  folders: KindFolders;
  /** Bytes of each file by kind and name; empty when it does not say. */
  sizes: Record<ModelKind, Map<string, number>>;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): string[] {
  return list(value).filter(item => typeof item === 'string');
}

function empty(): ServerFiles {
  return {
    folders: { checkpoint: [], lora: [], vae: [] },
    sizes: { checkpoint: new Map(), lora: new Map(), vae: new Map() },
  };
}

/** Answer of a route that a server may lack; null then. */
async function optional(http: ComfyHttp, path: string): Promise<unknown> {
  try {
    return await http.json('GET', path, undefined, 20_000);
  } catch {
    return null;
  }
}

/** `--base-directory` and `--models-directory` of the command line say where models lie, if they are absolute. */
export function foldersOfArguments(argv: readonly string[]): KindFolders {
  const folders = empty().folders;
  const valueOf = (option: string): string | null => {
    const place = argv.findIndex(word => word === option || word.startsWith(`${option}=`));
    const word = argv[place];
    const value = word?.includes('=') === true ? word.slice(option.length + 1) : argv[place + 1];
    return place !== -1 && value !== undefined && isAbsolute(value) ? value : null;
  };
  const base = valueOf('--base-directory');
  const models = valueOf('--models-directory') ?? (base === null ? null : join(base, 'models'));
  if (models !== null) {
    for (const kind of MODEL_KINDS) folders[kind].push(join(models, KIND_FOLDERS[kind]));
  }
  return folders;
}

/**
 * Asks a server where its models lie and how large they are: `/experiment/models`, which the editor of ComfyUI uses, else
 * `/internal/folder_paths`, else its command line. Each is missing somewhere; none is needed.
 */
export async function askServerFiles(http: ComfyHttp): Promise<ServerFiles> {
  const files = empty();
  const listed = list(await optional(http, '/experiment/models')).map(record);
  const internal = listed.length > 0 ? {} : record(await optional(http, '/internal/folder_paths'));
  for (const kind of MODEL_KINDS) {
    const name = KIND_FOLDERS[kind];
    const entry = listed.find(folder => folder['name'] === name);
    files.folders[kind] = texts(entry === undefined ? internal[name] : entry['folders']);
    if (entry === undefined) continue;
    for (const file of list(await optional(http, `/experiment/models/${name}`)).map(record)) {
      const { name: path, size } = file;
      if (typeof path !== 'string' || typeof size !== 'number') continue;
      // The first of several folders wins, as it does when the server loads.
      if (!files.sizes[kind].has(path)) files.sizes[kind].set(path, size);
    }
  }
  if (MODEL_KINDS.some(kind => files.folders[kind].length > 0)) return files;
  const stats = record(record(await optional(http, '/system_stats'))['system']);
  return { ...files, folders: foldersOfArguments(texts(stats['argv'])) };
}

/** True when a URL names this machine. */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[^.]+\.)*localhost)$/.test(hostname);
}

/** Name of a file as its server lists it, whatever the separator of either machine. */
export function sizeOf(sizes: ReadonlyMap<string, number>, name: string): number | null {
  return sizes.get(name) ?? sizes.get(name.replaceAll(/[/\\]/g, sep)) ?? null;
}
