import type { RgbaImage } from '../image.ts';
import { looksLikeTile } from './tile.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** What became of a sprite's background. */
export interface Background {
  removed: boolean;
  /** Most common colour of the border; null when the border has transparency already. */
  color: Rgb | null;
  /** Share of the border cells near that colour. */
  share: number;
}

/** Share of the border that must be near one colour for it to be a background. */
const FLAT_SHARE = 0.6;

/** Largest channel difference of cells that may be the same colour, before the noise is known. */
const GATHER = 24;

/** Bounds of the tolerance that follows from the noise. */
const TOLERANCE = { least: 8, most: 40 };

/** Border cells that are tried as the background's colour: enough to meet one that has most of the border. */
const CANDIDATES = 32;

/**
 * Makes a flat background transparent in place: floods from the border over the cells near the border's most common colour.
 * A sprite that has transparent border cells is left as it is.
 */
export function clearBackground(image: RgbaImage): Background & { warning: string | null } {
  const border = borderCells(image.width, image.height);
  const { data } = image;
  if (border.some(cell => data[cell * 4 + 3] === 0)) {
    return { removed: false, color: null, share: 0, warning: null };
  }
  const { color, tolerance, share } = commonColor(data, border);
  if (share < FLAT_SHARE) {
    const percent = Math.round(share * 100);
    return {
      removed: false,
      color,
      share,
      warning: `The border is not flat (${percent} % of it has one colour), so the background was kept.`,
    };
  }
  const cells = flood(image, border, color, tolerance);
  if (cells.length === image.width * image.height) {
    return {
      removed: false,
      color,
      share,
      warning: 'The image is one flat colour: it looks blank.',
    };
  }
  if (looksLikeTile(image, cells, border)) {
    return {
      removed: false,
      color,
      share,
      warning:
        'The border is speckled all around as a tile is, so nothing was taken for background.',
    };
  }
  for (const cell of cells) {
    const at = cell * 4;
    data[at] = data[at + 1] = data[at + 2] = data[at + 3] = 0;
  }
  return { removed: true, color, share, warning: null };
}

function borderCells(width: number, height: number): number[] {
  const cells: number[] = [];
  for (let x = 0; x < width; x++) cells.push(x);
  for (let y = 1; y < height - 1; y++) {
    cells.push(y * width);
    if (width > 1) cells.push(y * width + width - 1);
  }
  if (height > 1) for (let x = 0; x < width; x++) cells.push((height - 1) * width + x);
  return cells;
}

/** The colour that most border cells are near, its noise, and how many cells that explains. */
function commonColor(
  data: Uint8ClampedArray,
  border: readonly number[],
): { color: Rgb; tolerance: number; share: number } {
  const step = Math.max(1, Math.floor(border.length / CANDIDATES));
  let best: Rgb = colorAt(data, border[0]!);
  let most = 0;
  for (let i = 0; i < border.length; i += step) {
    const candidate = colorAt(data, border[i]!);
    let near = 0;
    for (const cell of border) if (distance(data, cell, candidate) <= GATHER) near++;
    if (near > most) [best, most] = [candidate, near];
  }
  const members = border.filter(cell => distance(data, cell, best) <= GATHER);
  const middle = (channel: number): number =>
    median(members.map(cell => data[cell * 4 + channel]!));
  const color: Rgb = [middle(0), middle(1), middle(2)];
  const noise = median(members.map(cell => distance(data, cell, color)));
  const tolerance = Math.min(TOLERANCE.most, TOLERANCE.least + 3 * noise);
  const near = border.filter(cell => distance(data, cell, color) <= tolerance);
  return { color, tolerance, share: near.length / border.length };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1]!;
}

/** Cells near the colour that hang together with the border over their sides. */
function flood(
  image: RgbaImage,
  border: readonly number[],
  color: Rgb,
  tolerance: number,
): Int32Array {
  const { width, height, data } = image;
  const size = width * height;
  const open = new Uint8Array(size);
  for (let cell = 0; cell < size; cell++) {
    if (distance(data, cell, color) <= tolerance) open[cell] = data[cell * 4 + 3]! >> 7;
  }
  const cells = new Int32Array(size);
  let found = 0;
  for (const cell of border) {
    if (open[cell] === 1) cells[found++] = cell;
    open[cell] = 0;
  }
  // `found` grows while the cells are walked: what is found is looked around from in turn.
  for (let i = 0; i < found; i++) {
    const cell = cells[i]!;
    const x = cell % width;
    for (let side = 0; side < 4; side++) {
      const step = side < 2 ? side * 2 - 1 : (side * 2 - 5) * width;
      const next = cell + step;
      if (next < 0 || next >= size || open[next] === 0) continue;
      if ((side === 0 && x === 0) || (side === 1 && x === width - 1)) continue;
      open[next] = 0;
      cells[found++] = next;
    }
  }
  return cells.subarray(0, found);
}

function colorAt(data: Uint8ClampedArray, cell: number): Rgb {
  return [data[cell * 4]!, data[cell * 4 + 1]!, data[cell * 4 + 2]!];
}

/** Largest difference of a channel. */
function distance(data: Uint8ClampedArray, cell: number, color: Rgb): number {
  const red = data[cell * 4]! - color[0];
  const green = data[cell * 4 + 1]! - color[1];
  const blue = data[cell * 4 + 2]! - color[2];
  return Math.max(Math.abs(red), Math.abs(green), Math.abs(blue));
}

/** `#rrggbb`. */
export function hexOf(color: Rgb): string {
  return `#${color.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}
