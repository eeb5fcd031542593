import type { RgbaImage } from '../../image.ts';
import type { BackgroundReport } from '../report.ts';
import type { BackgroundChoice } from '../settings.ts';
import { type BorderColor, borderCells, borderColor, distanceTo } from './border.ts';
import { flood } from './flood.ts';
import { looksLikeTile } from './tile.ts';

/** What of a picture is its background. */
export interface Ground {
  /** 1 where a cell belongs to it or is transparent. */
  mask: Uint8Array;
  color: BorderColor | null;
  /** Why nothing was found; null when something was, or transparency tells. */
  warning: string | null;
  /** Whether the picture has transparency of its own. */
  alpha: boolean;
  holes: number;
}

/** Share of the border that must have one colour. */
const LEAST_SHARE = 0.55;

/** Share of cells that must be transparent for a picture to count as cut out already. */
const LEAST_CLEAR = 0.004;

/** Distance in OKLab of a cell that shows something, however dark both colours are, and the share of such cells that do. */
const SEEN = 0.03;
const LEAST_SEEN = 0.02;

/** Whether hardly any cell differs from a colour. */
function flat(mask: Uint8Array, lab: Float64Array, color: BorderColor): boolean {
  let seen = 0;
  let count = 0;
  for (let cell = 0; cell < mask.length; cell++) {
    if (mask[cell] === 1) continue;
    count++;
    if (distanceTo(lab, cell, color.lab) > SEEN) seen++;
  }
  return seen < LEAST_SEEN * count;
}

/**
 * Finds the background: what is transparent already, or else what hangs together with the border in its colour.
 * @param lab OKLab of the cells
 */
export function findGround(image: RgbaImage, lab: Float64Array, holes: boolean): Ground {
  const { width, height, data } = image;
  const size = width * height;
  const mask = new Uint8Array(size);
  let clear = 0;
  for (let cell = 0; cell < size; cell++) {
    if (data[cell * 4 + 3]! >= 128) continue;
    mask[cell] = 1;
    clear++;
  }
  const border = borderCells(width, height);
  const none = { mask, color: null, alpha: clear > 0, holes: 0 };
  const clearBorder = border.some(cell => mask[cell] === 1);
  if (clear >= Math.max(1, LEAST_CLEAR * size) && clearBorder) return { ...none, warning: null };
  const color = borderColor(image, lab, border);
  if (color === null) return { ...none, warning: null };
  if (color.share < LEAST_SHARE) {
    const percent = Math.round(color.share * 100);
    const warning = `The border is not flat (${percent} % of it has one colour), so no background was found.`;
    return { ...none, color, warning };
  }
  const open = new Uint8Array(size);
  for (let cell = 0; cell < size; cell++) {
    if (mask[cell] === 0 && distanceTo(lab, cell, color.lab) <= color.tolerance) open[cell] = 1;
  }
  const cells = flood(open, border, width, height);
  if (cells.length + clear === size) {
    const warning = flat(mask, lab, color)
      ? 'The picture is one flat colour: it looks blank.'
      : 'All of the picture is close to the colour of its border, so nothing was taken for background.';
    return { ...none, color, warning };
  }
  const found = mask.slice();
  for (const cell of cells) found[cell] = 1;
  if (looksLikeTile(found, border, width, height)) {
    const warning =
      'The border is speckled all around as a tile is, so nothing was taken for background.';
    return { ...none, color, warning };
  }
  let enclosed = 0;
  if (holes) {
    for (let cell = 0; cell < size; cell++) {
      if (open[cell] !== 1) continue;
      found[cell] = 1;
      enclosed++;
    }
  }
  return { mask: found, color, warning: null, alpha: clear > 0, holes: enclosed };
}

/** Makes the background's cells transparent and all zero, in place, if that is wanted; tells what was done. */
export function clearGround(
  image: RgbaImage,
  ground: Ground,
  choice: BackgroundChoice,
): BackgroundReport {
  const { mask, color, holes } = ground;
  const report = {
    color: color === null ? null : hexOf(color.rgb),
    share: color?.share ?? 0,
    cells: 0,
    holes: 0,
  };
  if (!choice.remove) return { action: 'off', ...report };
  if (color === null) return { action: ground.alpha ? 'alpha' : 'kept', ...report };
  let cells = 0;
  for (let cell = 0; cell < mask.length; cell++) {
    const at = cell * 4;
    if (mask[cell] === 0 || image.data[at + 3] === 0) continue;
    image.data.fill(0, at, at + 4);
    cells++;
  }
  return { action: cells > 0 ? 'removed' : 'kept', ...report, cells, holes };
}

/** `#rrggbb`. */
export function hexOf(color: readonly number[]): string {
  return `#${color.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}
