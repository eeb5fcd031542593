import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { parseAsepriteJson, sheetFromAseprite } from '../../pixels/export/aseprite/json-read.ts';
import { isSealed } from '../../pixels/export/seal.ts';
import {
  type NamedPicture,
  sheetOfGrid,
  sheetOfPictures,
} from '../../pixels/sheet/from-pictures.ts';
import type { Sheet } from '../../pixels/sheet/sheet.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { readNamedFile } from '../options.ts';
import { readPicture } from './read-picture.ts';

/** What an export begins with. */
export interface SheetInput {
  sheet: Sheet;
  /** Columns of the sheet that was read. */
  columns?: number;
  /** Sentences for the person. */
  notes: string[];
}

/**
 * Reads frames as a person names them: a picture each, a folder of them, a sheet with its frames' size, or an Aseprite JSON.
 * @throws PixelsError with a sentence about the file that is wrong
 */
export async function readSheet(
  named: readonly string[],
  cwd: string,
  frame: { width: number; height: number } | undefined,
): Promise<SheetInput> {
  const notes: string[] = [];
  const paths = await pathsOf(named, cwd, notes);
  const jsons = paths.filter(path => extname(path).toLowerCase() === '.json');
  const pictures = paths.filter(path => !jsons.includes(path));
  if (jsons.length > 0) return { sheet: await readAseprite(jsons, pictures, frame), notes };
  const [first, second] = pictures;
  if (first === undefined) {
    throw new PixelsError('invalid-params', 'There are no PNG files; name frames, or a sheet.');
  }
  if (frame !== undefined) {
    if (second !== undefined) {
      throw new PixelsError('invalid-params', '--frame cuts one sheet; name only that file.');
    }
    return { ...sheetOfGrid(await readPicture(first), frame), notes };
  }
  const read: NamedPicture[] = [];
  for (const path of pictures) read.push(await readPicture(path));
  return { sheet: sheetOfPictures(read), notes };
}

/** Files by themselves; of folders the PNG files in them, but for sheets that an export wrote there. */
async function pathsOf(named: readonly string[], cwd: string, notes: string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const name of named) {
    const path = resolve(cwd, name);
    const entry = await stat(path).catch(() => null);
    if (entry?.isDirectory() !== true) {
      paths.push(path);
      continue;
    }
    const files = (await readdir(path)).filter(file => /\.png$/i.test(file)).sort();
    for (const file of files) {
      if (isSealed(await readNamedFile(join(path, file)))) {
        notes.push(`${file} was written by an export, so it is not taken for a frame.`);
      } else paths.push(join(path, file));
    }
  }
  return [...new Set(paths)];
}

async function readAseprite(
  jsons: readonly string[],
  pictures: readonly string[],
  frame: object | undefined,
): Promise<Sheet> {
  const [path, second] = jsons;
  const [png, other] = pictures;
  if (path === undefined || second !== undefined || other !== undefined || frame !== undefined) {
    throw new PixelsError(
      'invalid-params',
      'An Aseprite JSON is read alone or with its one picture, and without --frame.',
    );
  }
  const name = basename(path, extname(path));
  const json = parseAsepriteJson(new TextDecoder().decode(await readNamedFile(path)), path);
  const told = json.meta.image;
  // Aseprite writes no folders, other tools do.
  const beside = join(dirname(path), told === undefined ? `${name}.png` : baseOf(told));
  const { image } = await readPicture(png ?? beside);
  return sheetFromAseprite(json, image, name);
}

function baseOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
