import { parseAsepriteJson, sheetFromAseprite } from '../../../pixels/export/aseprite/json-read.ts';
import { isSealed } from '../../../pixels/export/seal.ts';
import {
  type NamedPicture,
  sheetOfGrid,
  sheetOfPictures,
} from '../../../pixels/sheet/from-pictures.ts';
import type { Sheet } from '../../../pixels/sheet/sheet.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';
import { decodePicture } from '../codec.ts';

/** A file as the explorer gives it. */
export interface InputFile {
  /** With its ending. */
  name: string;
  /** Name of its folder. */
  folder: string;
  bytes: Uint8Array;
  /** Whether it was chosen itself, not found in a chosen folder. */
  chosen: boolean;
}

export interface SheetInput {
  sheet: Sheet;
  /** Columns of the sheet that was cut. */
  columns?: number;
  /** Sentences for the person. */
  notes: string[];
}

function baseName(file: string): string {
  return file.replace(/\.[^.]+$/, '');
}

/** @throws Problem `invalid-image` that names the file */
function pictureOf({ name, folder, bytes }: InputFile): NamedPicture {
  try {
    return { name: baseName(name), folder, image: decodePicture(bytes).image };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('invalid-image', t('{0} cannot be read: {1}', name, reason), [], {
      cause: error,
    });
  }
}

/**
 * Frames of pictures, of one picture that is cut, or of an Aseprite JSON with its picture. Sheets that an export wrote into a
 * chosen folder are no frames.
 * @param cut size of the frames of a single picture; null takes each picture for a frame
 * @param beside file that an Aseprite JSON names, from its own folder; null when there is none
 * @throws Problem that names the file, SheetError for frames that make no sheet
 */
export async function sheetFromFiles(
  files: readonly InputFile[],
  cut: { width: number; height: number } | null,
  beside: (name: string) => Promise<InputFile | null>,
): Promise<SheetInput> {
  const [json, second] = files.filter(({ name }) => /\.json$/i.test(name));
  if (json !== undefined) {
    if (second !== undefined) {
      throw new Problem('invalid-params', t('Choose one Aseprite JSON at a time.'));
    }
    return { sheet: await asepriteSheet(json, files, beside), notes: [] };
  }
  const own = files.filter(({ chosen, bytes }) => chosen || !isSealed(bytes));
  const notes = files
    .filter(file => !own.includes(file))
    .map(({ name }) => t('{0} was written by an export, so it is not taken for a frame.', name));
  const [first] = own;
  if (first === undefined) {
    throw new Problem('not-found', t('There are no PNG files to make a sheet of.'));
  }
  if (cut !== null) return { ...sheetOfGrid(pictureOf(first), cut), notes };
  return { sheet: sheetOfPictures(own.map(pictureOf)), notes };
}

async function asepriteSheet(
  json: InputFile,
  files: readonly InputFile[],
  beside: (name: string) => Promise<InputFile | null>,
): Promise<Sheet> {
  const parsed = parseAsepriteJson(new TextDecoder().decode(json.bytes), json.name);
  const told = parsed.meta.image?.split(/[\\/]/).at(-1) ?? `${baseName(json.name)}.png`;
  const picture = files.find(file => file.name === told) ?? (await beside(told));
  if (picture === null) {
    throw new Problem(
      'not-found',
      t('{0} belongs to {1}, which is not beside it.', json.name, told),
    );
  }
  return sheetFromAseprite(parsed, pictureOf(picture).image, baseName(json.name));
}

/** Sizes of frames that a picture may be cut into: squares of its height, and of the usual edges. */
export function frameSizes(width: number, height: number): { width: number; height: number }[] {
  const edges = [height, 8, 16, 24, 32, 48, 64, 96, 128];
  const fits = edges.filter(
    edge =>
      edge <= Math.min(width, height) &&
      width % edge === 0 &&
      height % edge === 0 &&
      (width / edge) * (height / edge) > 1,
  );
  return [...new Set(fits)].map(edge => ({ width: edge, height: edge }));
}
