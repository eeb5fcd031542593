import type { RgbaImage } from '../../image.ts';
import { rgbOfOklab } from '../../palette/oklab.ts';
import { labOf } from '../cells/lab.ts';
import type { OutlineChoice } from '../settings.ts';

/** Lightness of a darkened neighbour's colour. */
const DARKEN = 0.45;

/** Lightness below which a cell at the silhouette is outline. */
const DARK = 0.38;

/** Share of the silhouette that must be dark for a sprite to have an outline. */
const CLOSED = 0.6;

/**
 * Adds an outline on the transparent cells around a sprite, in place.
 * @returns cells drawn
 */
export function addOutline(image: RgbaImage, { color, corners }: OutlineChoice): number {
  const { width, height, data } = image;
  const lab = labOf(image);
  const result = data.slice();
  let drawn = 0;
  for (let cell = 0; cell < width * height; cell++) {
    if (data[cell * 4 + 3] !== 0) continue;
    const beside = neighbours(cell, width, height, corners).filter(
      other => data[other * 4 + 3] !== 0,
    );
    if (beside.length === 0) continue;
    let darkest = beside[0]!;
    for (const other of beside) if (lab[other * 3]! < lab[darkest * 3]!) darkest = other;
    const [r, g, b] =
      color ??
      rgbOfOklab(
        lab[darkest * 3]! * DARKEN,
        lab[darkest * 3 + 1]! * DARKEN,
        lab[darkest * 3 + 2]! * DARKEN,
      );
    result.set([r, g, b, 255], cell * 4);
    drawn++;
  }
  data.set(result);
  return drawn;
}

/**
 * Takes a sprite's dark outline away, in place, if most of its silhouette is one.
 * @returns cells made transparent
 */
export function removeOutline(image: RgbaImage, { corners }: OutlineChoice): number {
  const { width, height, data } = image;
  const lab = labOf(image);
  const edge: number[] = [];
  for (let cell = 0; cell < width * height; cell++) {
    if (data[cell * 4 + 3] === 0) continue;
    const around = neighbours(cell, width, height, corners);
    if (around.some(other => data[other * 4 + 3] === 0) || around.length < (corners ? 8 : 4))
      edge.push(cell);
  }
  const dark = edge.filter(cell => lab[cell * 3]! < DARK);
  if (dark.length < CLOSED * edge.length) return 0;
  for (const cell of dark) data.fill(0, cell * 4, cell * 4 + 4);
  return dark.length;
}

function neighbours(cell: number, width: number, height: number, corners: boolean): number[] {
  const x = cell % width;
  const y = (cell - x) / width;
  const result: number[] = [];
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
      const away = Math.abs(nx - x) + Math.abs(ny - y);
      if (away === 1 || (away === 2 && corners)) result.push(ny * width + nx);
    }
  }
  return result;
}
