import type { Rectangle } from '../../image.ts';
import { boxOf, type Cells } from '../cells.ts';

/** A picture of which a part is made of larger pixels than the rest. */
export interface MixedBlocks {
  /** Edge of the larger pixels, in cells. */
  pitch: number;
  /** Cells in front of the first whole large pixel. */
  x: number;
  y: number;
  /** Around the cells that do not keep to the large pixels. */
  fine: Rectangle | null;
  /** Corners of shapes on the coarse grid, in windows that keep to it, and corners beside it elsewhere. */
  coarse: number;
  stray: number;
}

const PITCHES = [4, 3, 2] as const;

/** Edge of a window, in blocks: small enough for a part of a sprite, large enough to rule out chance. */
const WINDOW = 6;

/** Corners of shapes in a window that must all lie on the grid. */
const CORNERS = 12;

/** Share of the picture's corners that must lie in such windows for a part to count. */
const LEAST_SHARE = 0.2;

/** Corners beside the grid that make a part fine. */
const FINE_CORNERS = 6;

/**
 * Looks for windows in which every corner of every shape lies on a coarser grid, beside others where they do not.
 * A corner that is drawn anywhere lies on a grid of pitch p with a chance of 1 to p².
 */
export function findMixedBlocks(cells: Cells): MixedBlocks | null {
  const corners = cornersOf(cells);
  if (corners.length < CORNERS * 2) return null;
  for (const pitch of PITCHES) {
    if (Math.min(cells.width, cells.height) < pitch * WINDOW) continue;
    for (const { x, y } of likelyPhases(corners, cells.width, pitch)) {
      const mixed = tryGrid(cells, corners, pitch, x, y);
      if (mixed !== null) return mixed;
    }
  }
  return null;
}

/**
 * Phases on which there are more corners than the coarse part needs and half of what chance puts there of the rest: one look
 * at every corner spares most of the grids.
 */
function likelyPhases(
  corners: Int32Array,
  width: number,
  pitch: number,
): { x: number; y: number }[] {
  const counts = new Int32Array(pitch * pitch);
  for (const corner of corners) {
    counts[(Math.floor(corner / width) % pitch) * pitch + ((corner % width) % pitch)]!++;
  }
  const least = corners.length * (LEAST_SHARE + (1 - LEAST_SHARE) / (2 * pitch * pitch));
  return Array.from(counts, (count, phase) => ({ count, phase }))
    .filter(({ count }) => count >= least)
    .map(({ phase }) => ({ x: phase % pitch, y: Math.floor(phase / pitch) }));
}

/** Points between four cells where an edge ends or turns, as positions of the cell to the lower right. */
function cornersOf({ width, height, indexes }: Cells): Int32Array {
  const corners: number[] = [];
  for (let y = 1; y < height; y++) {
    for (let x = 1; x < width; x++) {
      const at = y * width + x;
      const lower = indexes[at]!;
      const left = indexes[at - 1]!;
      const upper = indexes[at - width]!;
      const both = indexes[at - width - 1]!;
      const straight = (lower === left && upper === both) || (lower === upper && left === both);
      if (!straight) corners.push(at);
    }
  }
  return Int32Array.from(corners);
}

function tryGrid(
  cells: Cells,
  corners: Int32Array,
  pitch: number,
  x: number,
  y: number,
): MixedBlocks | null {
  const { width, height } = cells;
  const columns = Math.ceil((width - x) / pitch) + 1;
  const rows = Math.ceil((height - y) / pitch) + 1;
  const on = new Int32Array(columns * rows);
  const off = new Int32Array(columns * rows);
  for (const corner of corners) {
    const across = (corner % width) - x;
    const down = Math.floor(corner / width) - y;
    const block = (Math.floor(down / pitch) + 1) * columns + Math.floor(across / pitch) + 1;
    if (across % pitch === 0 && down % pitch === 0) on[block]!++;
    else off[block]!++;
  }
  const inside = coarseBlocks(on, off, columns, rows);
  let coarse = 0;
  let stray = 0;
  for (let block = 0; block < inside.length; block++) {
    if (inside[block] === 1) coarse += on[block]!;
    else stray += off[block]!;
  }
  if (coarse < corners.length * LEAST_SHARE || stray < FINE_CORNERS) return null;
  const blockOf = (cell: number): number =>
    (Math.floor((Math.floor(cell / width) - y) / pitch) + 1) * columns +
    Math.floor(((cell % width) - x) / pitch) +
    1;
  const fine = boxOf(width, height, cell => off[blockOf(cell)]! > 0);
  return { pitch, x, y, fine, coarse, stray };
}

/** Marks the blocks of every window that has enough corners and all of them on the grid. */
function coarseBlocks(on: Int32Array, off: Int32Array, columns: number, rows: number): Uint8Array {
  const inside = new Uint8Array(columns * rows);
  for (let row = 0; row + WINDOW <= rows; row++) {
    for (let column = 0; column + WINDOW <= columns; column++) {
      let good = 0;
      let bad = 0;
      for (let block = 0; block < WINDOW * WINDOW && bad === 0; block++) {
        const at = (row + Math.floor(block / WINDOW)) * columns + column + (block % WINDOW);
        good += on[at]!;
        bad += off[at]!;
      }
      if (bad > 0 || good < CORNERS) continue;
      for (let line = row; line < row + WINDOW; line++) {
        inside.fill(1, line * columns + column, line * columns + column + WINDOW);
      }
    }
  }
  return inside;
}
