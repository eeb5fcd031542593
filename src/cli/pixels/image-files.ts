import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { decodePng } from '../../pixels/png/decode.ts';
import { PngError } from '../../pixels/png/error.ts';
import type { RgbaImage } from '../../pixels/image.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { readNamedFile } from '../options.ts';
import { nodeZlib } from '../preview/zlib.ts';

/** A picture file that a person named, or that lies in a folder they named. */
export interface FoundFile {
  /** Absolute. */
  path: string;
  /** Below the named folder; the bare name for a file that was named itself. */
  below: string;
}

export interface FoundFiles {
  /** Each once, folders in the order of their names. */
  files: FoundFile[];
  /** What was named and is not there. */
  missing: { path: string; message: string }[];
  /** Pictures of other formats in named folders, which are passed over. */
  others: number;
}

const OTHER_FORMATS = /\.(?:jpe?g|gif|webp|bmp|avif|tiff?|tga|psd|aseprite|ase)$/i;

/** Beginnings of other picture formats, as Latin-1. */
const FORMATS: readonly (readonly [start: RegExp, name: string])[] = [
  [/^\u00ff\u00d8\u00ff/, 'a JPEG'],
  [/^GIF8/, 'a GIF'],
  [/^RIFF....WEBP/s, 'a WebP'],
  [/^BM/, 'a BMP'],
  [/^....ftypavif/s, 'an AVIF'],
  [/^(?:II\*\0|MM\0\*)/, 'a TIFF'],
];

/** The files that paths name: files themselves, and every `.png` in and below folders. */
export async function findImageFiles(paths: readonly string[], cwd: string): Promise<FoundFiles> {
  const found = new Map<string, FoundFile>();
  const missing: FoundFiles['missing'] = [];
  let others = 0;
  for (const named of paths) {
    const path = resolve(cwd, named);
    const entry = await entryAt(path);
    if (entry === null) {
      missing.push({ path: named, message: 'There is no such file or folder.' });
      continue;
    }
    if (!entry.isDirectory()) {
      found.set(path, { path, below: basename(path) });
      continue;
    }
    for (const file of await filesBelow(path)) {
      if (OTHER_FORMATS.test(file)) others++;
      if (!/\.png$/i.test(file) || found.has(file)) continue;
      found.set(file, { path: file, below: relative(path, file) });
    }
  }
  return { files: [...found.values()], missing, others };
}

async function entryAt(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch {
    return null;
  }
}

/** Hidden folders and what package managers put down are no place for assets. */
async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

/** A picture and the texts that its file carries. */
export interface PictureFile {
  image: RgbaImage;
  text: Readonly<Record<string, string>>;
}

/**
 * Reads a PNG without a worker.
 * @throws PixelsError `not-found`, `unsupported-image` or `invalid-image` with one sentence that does not name the file
 */
export async function readPictureFile(path: string): Promise<PictureFile> {
  const bytes = await readNamedFile(path);
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const format = FORMATS.find(([magic]) => magic.test(start))?.[1];
  if (format !== undefined) {
    throw new PixelsError('unsupported-image', `It is ${format} file; only PNG is read here.`);
  }
  try {
    const { image, text } = decodePng(bytes, nodeZlib);
    return { image, text };
  } catch (error) {
    if (!(error instanceof PngError)) throw error;
    const broken = error.code === 'corrupt' || error.code === 'truncated';
    throw new PixelsError(
      broken ? 'invalid-image' : 'unsupported-image',
      error.message,
      undefined,
      {
        cause: error,
      },
    );
  }
}
