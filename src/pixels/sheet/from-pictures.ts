import { cropImage, type RgbaImage } from '../image.ts';
import { SheetError } from './error.ts';
import { orderByNumber, tagsOfNames } from './frame-names.ts';
import type { Sheet, SheetFrame } from './sheet.ts';
import { visiblePart } from './trim.ts';

/** A picture and where it came from. */
export interface NamedPicture {
  /** The file's name without its ending. */
  name: string;
  /** Name of the folder that it lies in. */
  folder: string;
  image: RgbaImage;
}

const DEFAULT_MS = 100;

function frameOf(id: string, image: RgbaImage): SheetFrame {
  return { id, image, durationMs: DEFAULT_MS, pivot: null };
}

/** Names of files, with their folder's in front where two are alike. */
function idsOf(pictures: readonly NamedPicture[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of pictures) counts.set(name, (counts.get(name) ?? 0) + 1);
  return pictures.map(({ name, folder }) => (counts.get(name) === 1 ? name : `${folder}/${name}`));
}

/**
 * A sheet of pictures that are a frame each; those numbered from 0 or 1 in a row are an animation. It is named by its one
 * animation or picture, else by the folder.
 * @throws SheetError `no-frames`
 */
export function sheetOfPictures(pictures: readonly NamedPicture[]): Sheet {
  const [first] = pictures;
  if (first === undefined) throw new SheetError('no-frames', 'There are no frames.');
  const ids = idsOf(pictures);
  const order = orderByNumber(ids);
  const frames = order.map(index => frameOf(ids[index]!, pictures[index]!.image));
  const tags = tagsOfNames(frames.map(({ id }) => id));
  const [tag] = tags;
  const isAll = tag?.from === 0 && tag.to === frames.length - 1;
  const name = isAll ? tag.name : frames.length === 1 ? first.name : first.folder;
  return { name: asFileName(name), frames, tags, slices: [] };
}

function asFileName(name: string): string {
  const base = (name.split('/').at(-1) ?? '').replace(/[\\:*?"<>|]/g, '-');
  return base === '' ? 'sheet' : base;
}

/**
 * A sheet of a picture that holds frames in rows; blank cells at its end are none.
 * @returns with the number of columns, so that a new sheet can lie as this one
 * @throws SheetError `frame-sizes` when the frames do not fill the picture
 */
export function sheetOfGrid(
  { name, image }: NamedPicture,
  { width, height }: { width: number; height: number },
): { sheet: Sheet; columns: number } {
  if (image.width % width !== 0 || image.height % height !== 0) {
    throw new SheetError(
      'frame-sizes',
      `${name} has ${image.width}x${image.height} pixels, which frames of ${width}x${height} do not fill.`,
    );
  }
  const columns = image.width / width;
  const cells = Array.from({ length: columns * (image.height / height) }, (_, cell) => {
    const x = (cell % columns) * width;
    return cropImage(image, { x, y: Math.floor(cell / columns) * height, width, height });
  });
  const last = cells.findLastIndex(cell => !isBlank(cell));
  const frames = cells
    .slice(0, Math.max(1, last + 1))
    .map((cell, index) => frameOf(`${name}_${index}`, cell));
  return { sheet: { name: asFileName(name), frames, tags: [], slices: [] }, columns };
}

function isBlank(image: RgbaImage): boolean {
  const { x, y, width, height } = visiblePart(image);
  return x + y === 0 && width === 1 && height === 1 && image.data[3] === 0;
}
