import { existsSync, statSync } from 'node:fs';
import { basename, isAbsolute, normalize, resolve, sep } from 'node:path';
import type { EngineSettings } from '../options.ts';

/** The three folders a client may name. */
export type FolderType = 'output' | 'input' | 'temp';

/** The folder of a type, or undefined for any other word. */
export function folderOf(settings: EngineSettings, type: string): string | undefined {
  if (type === 'output') return settings.outputDirectory;
  if (type === 'input') return settings.inputDirectory;
  return type === 'temp' ? settings.tempDirectory : undefined;
}

/** A path below `root`, or undefined if it would leave it. */
export function below(root: string, ...parts: string[]): string | undefined {
  const base = resolve(root);
  if (parts.some(part => part.includes('\0'))) return undefined;
  const path = resolve(base, ...parts);
  return path === base || path.startsWith(base.endsWith(sep) ? base : base + sep)
    ? path
    : undefined;
}

const ANNOTATION = /^(.*) ?\[(output|input|temp)\]$/s;

/** Splits `name [output]` into the name and the folder it names. */
export function splitAnnotation(name: string): { name: string; type: FolderType | undefined } {
  const match = ANNOTATION.exec(name);
  if (match === null) return { name, type: undefined };
  return { name: match[1]!.trimEnd(), type: match[2] as FolderType };
}

/** Whether a name from a request may be looked up at all. */
export function isPlainName(name: string): boolean {
  return name !== '' && !isAbsolute(name) && !name.startsWith('/') && !/\.\.|\0/.test(name);
}

/** An existing file, or undefined. */
export function fileAt(root: string, ...parts: string[]): string | undefined {
  const path = below(root, ...parts);
  return path !== undefined && existsSync(path) && statSync(path).isFile() ? path : undefined;
}

/** Last part of a path, whatever slashes it uses. */
export function lastPart(name: string): string {
  return basename(normalize(name.replaceAll('\\', '/')));
}
