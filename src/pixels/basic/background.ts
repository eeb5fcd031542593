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

/** Border cells that are tried as the background's colour. */
const CANDIDATES = 96;

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
  for (const cell of cells) data.fill(0, cell * 4, cell * 4 + 4);
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
  let members: number[] = [];
  for (let i = 0; i < border.length; i += step) {
    const candidate = colorAt(data, border[i]!);
    const near = border.filter(cell => distance(data, cell, candidate) <= GATHER);
    if (near.length > members.length) members = near;
  }
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
): number[] {
  const { width, height, data } = image;
  const seen = new Uint8Array(width * height);
  const cells: number[] = [];
  const visit = (cell: number): void => {
    if (seen[cell] === 1) return;
    seen[cell] = 1;
    if (data[cell * 4 + 3] === 255 && distance(data, cell, color) <= tolerance) cells.push(cell);
  };
  border.forEach(visit);
  // `cells` grows while it is walked: what is found is looked around from in turn.
  for (const cell of cells) {
    const x = cell % width;
    if (x > 0) visit(cell - 1);
    if (x < width - 1) visit(cell + 1);
    if (cell >= width) visit(cell - width);
    if (cell < width * (height - 1)) visit(cell + width);
  }
  return cells;
}

function colorAt(data: Uint8ClampedArray, cell: number): Rgb {
  return [data[cell * 4]!, data[cell * 4 + 1]!, data[cell * 4 + 2]!];
}

/** Largest difference of a channel. */
function distance(data: Uint8ClampedArray, cell: number, [red, green, blue]: Rgb): number {
  const at = cell * 4;
  return Math.max(
    Math.abs(data[at]! - red),
    Math.abs(data[at + 1]! - green),
    Math.abs(data[at + 2]! - blue),
  );
}

/** `#rrggbb`. */
export function hexOf(color: Rgb): string {
  return `#${color.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}
