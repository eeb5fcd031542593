import type { Rectangle, RgbaImage } from '../image.ts';
import { bestOffset, type Offset, visibleWords } from './align.ts';
import { type ColourChange, paletteChanges } from './palette-changes.ts';

/** What became of a cell. */
export const CHANGE = { same: 0, changed: 1, added: 2, removed: 3 } as const;

/** What differs between two pictures on a canvas that holds both. Transparent cells are equal whatever colour they hide. */
export interface ImageDiff {
  /** The joint canvas, in cells. */
  width: number;
  height: number;
  /** Where both pictures begin on it. */
  before: Offset;
  after: Offset;
  /** One of `CHANGE` for each cell of the canvas, row by row. */
  mask: Uint8Array;
  /** Cells that differ: with another colour, visible only after, visible only before. */
  cells: { changed: number; added: number; removed: number };
  /** Around all that differs, on the canvas; null when nothing does. */
  box: Rectangle | null;
  /** Colours whose cells became more or fewer, the largest change first. */
  palette: ColourChange[];
  /** Whether the pictures look the same and have the same size. */
  identical: boolean;
}

export interface DiffOptions {
  /** `top-left` (default), or `best`: the translation with the fewest differences. */
  align?: 'top-left' | 'best';
  /** Cells that `best` looks beyond aligned borders; default 8. */
  reach?: number;
}

/** Compares two pictures cell by cell; they may have different sizes. */
export function diffImages(
  before: RgbaImage,
  after: RgbaImage,
  options: DiffOptions = {},
): ImageDiff {
  const { align = 'top-left', reach = 8 } = options;
  const offset = align === 'best' ? bestOffset(before, after, reach) : { x: 0, y: 0 };
  const start = { x: Math.max(0, -offset.x), y: Math.max(0, -offset.y) };
  const end = { x: start.x + offset.x, y: start.y + offset.y };
  const width = Math.max(start.x + before.width, end.x + after.width);
  const height = Math.max(start.y + before.height, end.y + after.height);
  const mask = new Uint8Array(width * height);
  const one = onCanvas(before, start, width, height);
  const two = onCanvas(after, end, width, height);
  const counts = [0, 0, 0, 0];
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let cell = 0; cell < mask.length; cell++) {
    const change = changeOf(one[cell]!, two[cell]!);
    if (change === CHANGE.same) continue;
    mask[cell] = change;
    counts[change]!++;
    const x = cell % width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.floor(cell / width);
    top = Math.min(top, bottom);
  }
  const cells = { changed: counts[1]!, added: counts[2]!, removed: counts[3]! };
  const box =
    bottom < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  const sameSize = before.width === after.width && before.height === after.height;
  return {
    width,
    height,
    before: start,
    after: end,
    mask,
    cells,
    box,
    palette: paletteChanges(before, after),
    identical: box === null && sameSize,
  };
}

/** Each picture held against the first one. */
export function diffAll(images: readonly RgbaImage[], options: DiffOptions = {}): ImageDiff[] {
  const [first, ...others] = images;
  return first === undefined ? [] : others.map(other => diffImages(first, other, options));
}

function changeOf(before: number, after: number): number {
  if (before === after) return CHANGE.same;
  if (before === 0) return CHANGE.added;
  return after === 0 ? CHANGE.removed : CHANGE.changed;
}

function onCanvas(image: RgbaImage, at: Offset, width: number, height: number): Uint32Array {
  const words = visibleWords(image);
  const canvas = new Uint32Array(width * height);
  for (let y = 0; y < image.height; y++) {
    const row = words.subarray(y * image.width, (y + 1) * image.width);
    canvas.set(row, (y + at.y) * width + at.x);
  }
  return canvas;
}
