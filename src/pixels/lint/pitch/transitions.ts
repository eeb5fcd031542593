import type { Cells } from '../cells.ts';

/** Where neighbouring lines of cells differ along one axis: ascending positions, `x` for the border between `x - 1` and `x`. */
export interface Transitions {
  /** Cells along the axis. */
  length: number;
  positions: readonly number[];
}

/** The borders between columns, and those between rows, that any cell changes its colour over. */
export function transitionsOf(cells: Cells): { x: Transitions; y: Transitions } {
  const { width, height, indexes } = cells;
  const columns = new Uint8Array(width);
  const rows = new Uint8Array(height);
  for (let cell = 0; cell < indexes.length; cell++) {
    const x = cell % width;
    if (x > 0 && indexes[cell] !== indexes[cell - 1]) columns[x] = 1;
    if (cell >= width && indexes[cell] !== indexes[cell - width]) rows[(cell - x) / width] = 1;
  }
  return {
    x: { length: width, positions: positionsOf(columns) },
    y: { length: height, positions: positionsOf(rows) },
  };
}

function positionsOf(marks: Uint8Array): number[] {
  const positions: number[] = [];
  for (const [position, mark] of marks.entries()) if (mark === 1) positions.push(position);
  return positions;
}
