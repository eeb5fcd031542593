import type { Comb } from './comb.ts';
import { type Profile, RESOLUTION } from './edges.ts';

/** How far a line may lie from its even place, in pitches. */
const REACH = 0.36;

/** Offsets tried to each side. */
const MOST_OFFSETS = 24;

/** Standard deviations that a drawn grid's lines are given: from the even place, and from the neighbour's offset; in pitches. */
const WANDER = 0.13;
const STEP = 0.12;

/** Weight of a line's being where it is expected, in votes. */
const STIFFNESS = 1.2;

/** Even lines over a length: from the first at or before 0 to the first at or after the end. */
export function evenLines({ pitch, phase }: Comb, length: number): Float64Array {
  const first = Math.floor(-phase / pitch + 1e-6);
  const last = Math.ceil((length - phase) / pitch - 1e-6);
  return Float64Array.from({ length: last - first + 1 }, (_, i) => phase + (first + i) * pitch);
}

/**
 * Lines that follow the votes: the offsets from the even lines that maximise the votes near them less the squares of the
 * offsets and of their changes. A global optimum by dynamic programming (Viterbi), so that flat stretches are bridged.
 */
export function elasticLines(profile: Profile, comb: Comb): Float64Array {
  const even = evenLines(comb, profile.length);
  const { pitch } = comb;
  const grain = Math.max(1 / RESOLUTION, (REACH * pitch) / MOST_OFFSETS);
  const reach = Math.floor((REACH * pitch) / grain);
  if (profile.total === 0 || reach < 1) return even;
  const states = 2 * reach + 1;
  const smooth = smoothed(profile, pitch);
  const wander = penalties(grain, WANDER * pitch, states);
  const step = penalties(grain, STEP * pitch, states);
  const from = new Uint8Array(even.length * states);
  let best = new Float64Array(states);
  let next = new Float64Array(states);
  for (let line = 0; line < even.length; line++) {
    for (let state = 0; state < states; state++) {
      let most = -Infinity;
      let origin = 0;
      for (let other = 0; other < states; other++) {
        const value = best[other]! - step[state > other ? state - other : other - state]!;
        if (value > most) [most, origin] = [value, other];
      }
      const offset = state - reach;
      const reward = valueAt(smooth, even[line]! + offset * grain);
      next[state] = (line === 0 ? 0 : most) + reward - wander[offset < 0 ? -offset : offset]!;
      from[line * states + state] = origin;
    }
    [best, next] = [next, best];
  }
  let state = 0;
  for (let other = 1; other < states; other++) if (best[other]! > best[state]!) state = other;
  const lines = new Float64Array(even.length);
  for (let line = even.length - 1; line >= 0; line--) {
    lines[line] = even[line]! + (state - reach) * grain;
    state = from[line * states + state]!;
  }
  refine(lines, smooth, grain);
  return lines;
}

/**
 * The share of an axis's votes within `width` pixels of a line, and how many lines have them: the number of equal lines that
 * would spread them as evenly, so that a line with hardly any does not count for one.
 */
export function votesAtLines(
  { votes, total }: Profile,
  lines: Float64Array,
  width: number,
): { share: number; shown: number } {
  if (total === 0) return { share: 0, shown: 0 };
  const sums = new Float64Array(lines.length);
  let line = 0;
  for (let i = 0; i < votes.length; i++) {
    if (votes[i] === 0) continue;
    const place = i / RESOLUTION;
    while (line + 1 < lines.length && lines[line + 1]! - place < place - lines[line]!) line++;
    const off = place - lines[line]!;
    if (off < width && off > -width) sums[line]! += votes[i]!;
  }
  let near = 0;
  let squares = 0;
  for (const sum of sums) {
    near += sum;
    squares += sum * sum;
  }
  return { share: near / total, shown: squares > 0 ? (near * near) / squares : 0 };
}

function penalties(grain: number, deviation: number, states: number): Float64Array {
  return Float64Array.from(
    { length: states },
    (_, i) => (STIFFNESS * (i * grain) * (i * grain)) / (2 * deviation * deviation),
  );
}

/** The votes spread by a bell that is about as wide as an edge is uncertain. */
function smoothed({ votes }: Profile, pitch: number): Float64Array {
  const width = (0.9 + 0.02 * pitch) * RESOLUTION;
  const reach = Math.ceil(width * 2.5);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, d) => {
    const square = (d * d) / (width * width);
    return 1 / ((1 + square) * (1 + square));
  });
  const result = new Float64Array(votes.length);
  for (let i = 0; i < votes.length; i++) {
    const vote = votes[i]!;
    if (vote === 0) continue;
    const to = Math.min(votes.length - 1, i + reach);
    for (let k = Math.max(0, i - reach); k <= to; k++) {
      result[k]! += vote * kernel[k < i ? i - k : k - i]!;
    }
  }
  return result;
}

function valueAt(smooth: Float64Array, place: number): number {
  const at = place * RESOLUTION;
  const low = Math.floor(at);
  if (low < 0 || low + 1 >= smooth.length) return 0;
  return smooth[low]! + (smooth[low + 1]! - smooth[low]!) * (at - low);
}

/** Moves each line to the top of the parabola through its place and both neighbours', by half a step at most. */
function refine(lines: Float64Array, smooth: Float64Array, grain: number): void {
  const step = Math.max(grain, 1 / RESOLUTION);
  for (let i = 0; i < lines.length; i++) {
    const here = valueAt(smooth, lines[i]!);
    const before = valueAt(smooth, lines[i]! - step);
    const after = valueAt(smooth, lines[i]! + step);
    const bend = before - 2 * here + after;
    if (here <= 0 || bend >= 0) continue;
    const shift = (before - after) / (2 * bend);
    lines[i]! += step * Math.max(-0.5, Math.min(0.5, shift));
  }
}
