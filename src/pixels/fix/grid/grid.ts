import type { GridReport } from '../report.ts';
import type { Comb } from './comb.ts';

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

/** The straight line through lines' places: the middle one's number and place, and how far they are spread. */
interface Through {
  pitch: number;
  middle: number;
  mean: number;
  spread: number;
}

/** How much of a difference between both axes' pitches is put down to lines that wander, where cells are square. */
const CHANCE = 0.5;

/**
 * Pitch and phase of each axis's lines, of those within its stretch only.
 * @param combs even lines, for an axis with fewer than three lines there
 * @param stretches from where to where content is, in pixels
 */
export function evenThrough(
  lines: readonly [x: Float64Array, y: Float64Array],
  combs: readonly [x: Comb, y: Comb],
  stretches: readonly [x: readonly [number, number], y: readonly [number, number]],
): [x: Comb, y: Comb] {
  const x = throughLines(lines[0], stretches[0], combs[0].pitch);
  const y = throughLines(lines[1], stretches[1], combs[1].pitch);
  if (x !== null && y !== null && combs[0].pitch === combs[1].pitch) {
    const shared = (x.pitch * x.spread + y.pitch * y.spread) / (x.spread + y.spread);
    x.pitch += CHANCE * (shared - x.pitch);
    y.pitch += CHANCE * (shared - y.pitch);
  }
  return [x === null ? combs[0] : combThrough(x), y === null ? combs[1] : combThrough(y)];
}

function throughLines(
  lines: Float64Array,
  [from, to]: readonly [number, number],
  pitch: number,
): Through | null {
  // Half a cell more than the content, which ends on lines.
  const inside = lines.filter(line => line >= from - pitch / 2 && line <= to + pitch / 2);
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
  return { pitch: slope / spread, middle, mean, spread };
}

function combThrough({ pitch, middle, mean }: Through): Comb {
  const through = mean - middle * pitch;
  return { pitch, phase: through - Math.floor(through / pitch) * pitch };
}
