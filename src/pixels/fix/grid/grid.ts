import type { GridReport } from '../report.ts';

/** Where the cells of a picture are, and how sure that is. */
export interface Grid {
  /** Lines between the cells in pixels, within the picture: `n + 1` for `n` cells. */
  columns: Float64Array;
  rows: Float64Array;
  report: GridReport;
}

/** Share of a cell that must lie in the picture. */
const INSIDE = 0.5;

/** Lines cut to a picture's side; a cell that lies outside for the most goes. */
export function clipLines(lines: Float64Array, length: number): Float64Array {
  const kept: number[] = [];
  for (let i = 0; i + 1 < lines.length; i++) {
    const from = Math.max(0, lines[i]!);
    const to = Math.min(length, lines[i + 1]!);
    if (to - from < INSIDE * (lines[i + 1]! - lines[i]!)) continue;
    if (kept.length === 0) kept.push(from);
    kept.push(to);
  }
  return kept.length > 1 ? Float64Array.from(kept) : Float64Array.of(0, length);
}

/** `count` cells of one size over a length. */
export function spread(length: number, count: number): Float64Array {
  return Float64Array.from({ length: count + 1 }, (_, i) => (i * length) / count);
}

/** Farthest that lines lie from even ones through their ends, in cells. */
export function driftOf(lines: Float64Array): number {
  const last = lines.length - 1;
  if (last < 3) return 0;
  // The outermost lines are cut to the picture.
  const pitch = (lines[last - 1]! - lines[1]!) / (last - 2);
  let most = 0;
  for (let i = 1; i < last; i++) {
    const off = Math.abs(lines[i]! - lines[1]! - (i - 1) * pitch);
    if (off > most) most = off;
  }
  return most / pitch;
}

/**
 * Pitch and phase of the straight line through lines' places, those within a stretch only.
 * @returns null when fewer than three lines are there
 */
export function evenThrough(
  lines: Float64Array,
  from: number,
  to: number,
): { pitch: number; phase: number } | null {
  const inside = lines.filter(line => line >= from && line <= to);
  if (inside.length < 3) return null;
  const middle = (inside.length - 1) / 2;
  let spread = 0;
  let slope = 0;
  let mean = 0;
  for (let i = 0; i < inside.length; i++) {
    spread += (i - middle) * (i - middle);
    slope += (i - middle) * inside[i]!;
    mean += inside[i]! / inside.length;
  }
  const pitch = slope / spread;
  const through = mean - middle * pitch;
  return { pitch, phase: through - Math.floor(through / pitch) * pitch };
}
