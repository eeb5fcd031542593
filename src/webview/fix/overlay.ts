import type { FixReport } from '../../pixels/fix/report.ts';
import type { Point } from '../stage/viewport.ts';

/** How a result lies over its original: `original = start + cell * step` along each side, in the original's pixels. */
export interface Overlay {
  start: Point;
  /** Pixels of the original for each cell of the result. */
  step: Point;
}

export interface Area extends Point {
  width: number;
  height: number;
}

/** Where a place among the lines is, in pixels; beyond the first and last line as if they went on. */
function placeOf(lines: ArrayLike<number>, cell: number): number {
  const last = lines.length - 1;
  const pitch = last > 0 ? ((lines[last] ?? 0) - (lines[0] ?? 0)) / last : 1;
  if (cell <= 0) return (lines[0] ?? 0) + cell * pitch;
  if (cell >= last) return (lines[last] ?? 0) + (cell - last) * pitch;
  const before = Math.floor(cell);
  const from = lines[before] ?? 0;
  return from + (cell - before) * ((lines[before + 1] ?? from) - from);
}

interface Lines {
  columns: ArrayLike<number>;
  rows: ArrayLike<number>;
}

type Window = FixReport['fit']['window'];

/** Lays a result of so many cells over the original. */
export function overlayOf(
  { columns, rows }: Lines,
  { x, y, step }: Window,
  width: number,
  height: number,
): Overlay {
  const left = placeOf(columns, x);
  const top = placeOf(rows, y);
  return {
    start: { x: left, y: top },
    step: {
      x: (placeOf(columns, x + width * step) - left) / width,
      y: (placeOf(rows, y + height * step) - top) / height,
    },
  };
}

/** The part of the original that became a cell of the result, in pixels. */
export function sourceArea({ columns, rows }: Lines, { x, y, step }: Window, cell: Point): Area {
  const left = placeOf(columns, x + cell.x * step);
  const top = placeOf(rows, y + cell.y * step);
  return {
    x: left,
    y: top,
    width: placeOf(columns, x + (cell.x + 1) * step) - left,
    height: placeOf(rows, y + (cell.y + 1) * step) - top,
  };
}
