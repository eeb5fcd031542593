import type { RgbaImage } from '../../image.ts';
import { labOf } from '../cells/lab.ts';
import type { FitReport } from '../report.ts';

/*
 * A cell of one clear colour is what somebody drew, however odd it looks: highlights, eyes, dither. Only where the picture is
 * at odds with itself does tidying up have a say.
 */

/** Distance in OKLab within which a cell has the colour that it was reduced to. */
const SAME = 0.05;

/** Share of the cells reduced to one that must have its colour. */
const AGREED = 0.5;

/**
 * Which cells of a sprite are in doubt.
 * @param doubt of the cells before they were fitted; null where nothing is known
 * @param cells before they were fitted
 * @param sprite what became of them
 * @param window where the sprite lies among the cells
 * @returns 1 for a cell in doubt; null where nothing is known
 */
export function doubtfulCells(
  doubt: Uint8Array | null,
  cells: RgbaImage,
  sprite: RgbaImage,
  window: FitReport['window'],
): Uint8Array | null {
  if (window.step !== 1) return disagreeing(cells, sprite, window);
  if (doubt === null) return null;
  const result = new Uint8Array(sprite.width * sprite.height);
  for (let y = 0; y < sprite.height; y++) {
    for (let x = 0; x < sprite.width; x++) {
      const column = x + window.x;
      const row = y + window.y;
      if (column < 0 || row < 0 || column >= cells.width || row >= cells.height) continue;
      result[y * sprite.width + x] = doubt[row * cells.width + column]!;
    }
  }
  return result;
}

/** Cells of a reduced sprite whose colour fewer than half of the cells had that became one. */
function disagreeing(
  cells: RgbaImage,
  sprite: RgbaImage,
  { x: left, y: top, step }: FitReport['window'],
): Uint8Array {
  const from = labOf(cells);
  const to = labOf(sprite);
  const result = new Uint8Array(sprite.width * sprite.height);
  for (let y = 0; y < sprite.height; y++) {
    const [first, last] = spanOf(top + y * step, step, cells.height);
    for (let x = 0; x < sprite.width; x++) {
      const [start, end] = spanOf(left + x * step, step, cells.width);
      const cell = y * sprite.width + x;
      let agreed = 0;
      let count = 0;
      for (let row = first; row < last; row++) {
        for (let column = start; column < end; column++) {
          const other = row * cells.width + column;
          if (cells.data[other * 4 + 3] === 0) continue;
          count++;
          if (distance(from, other, to, cell) <= SAME * SAME) agreed++;
        }
      }
      if (agreed < AGREED * count) result[cell] = 1;
    }
  }
  return result;
}

/** Cells whose middle lies in a stretch. */
function spanOf(start: number, length: number, most: number): [from: number, to: number] {
  const from = Math.max(0, Math.ceil(start - 0.5));
  return [from, Math.min(most, Math.ceil(start + length - 0.5))];
}

/** Squared, in OKLab. */
function distance(one: Float64Array, i: number, other: Float64Array, k: number): number {
  const l = one[i * 3]! - other[k * 3]!;
  const a = one[i * 3 + 1]! - other[k * 3 + 1]!;
  const b = one[i * 3 + 2]! - other[k * 3 + 2]!;
  return l * l + a * a + b * b;
}
