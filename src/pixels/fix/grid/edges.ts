import type { Strips } from './strips.ts';

/** Places per pixel of a profile. */
export const RESOLUTION = 2;

/** Where along an axis the colour changes. */
export interface Profile {
  /** Pixels along the axis. */
  length: number;
  /** Votes at `place / RESOLUTION` pixels from the start. */
  votes: Float64Array;
  total: number;
  /** Standard deviation of the picture's noise, in 8-bit steps of one pixel. */
  noise: number;
}

/** Largest change that still counts more than a smaller one, in 8-bit steps summed over the channels: one outline must not outvote the rest. */
const CAP = 110;

/** Change below which nothing counts, in the same unit. */
const FLOOR = 9;

/** Gate in multiples of the noise's median change. */
const GATE = 4;

/**
 * Votes of every strip's local maxima of colour change, placed between pixels by a parabola. Non-maximum suppression per
 * strip keeps a blurred edge one edge.
 */
export function profileOf(strips: Strips): Profile {
  const { count, length, depth } = strips;
  const places = length * RESOLUTION + 1;
  const votes = new Float64Array(places);
  if (length < 5) return { length, votes, total: 0, noise: 0 };
  const changes = changesOf(strips);
  const quartile = quartileOf(changes, length);
  const gate = GATE * 1.5 * quartile + FLOOR * depth;
  const cap = CAP * depth + gate;
  let total = 0;
  for (let strip = 0; strip < count; strip++) {
    const from = strip * length;
    for (let x = 1; x < length; x++) {
      const here = changes[from + x]!;
      if (here < gate) continue;
      const before = changes[from + x - 1]!;
      const after = x + 1 < length ? changes[from + x + 1]! : 0;
      if (here <= before || here < after) continue;
      if (x > 1 && here < changes[from + x - 2]!) continue;
      if (x + 2 < length && here < changes[from + x + 2]!) continue;
      const bend = before - 2 * here + after;
      const place = (x + (bend < 0 ? (before - after) / (2 * bend) : 0)) * RESOLUTION;
      const low = Math.floor(place);
      const weight = here < cap ? (here - gate + 1) / (cap - gate + 1) : 1;
      votes[low]! += weight * (1 - (place - low));
      if (low + 1 < places) votes[low + 1]! += weight * (place - low);
      total += weight;
    }
  }
  // The lower quartile of three summed absolute differences of four pixels' sums lies at 1.65 of their standard deviation.
  return { length, votes, total, noise: quartile / (1.65 * Math.sqrt(depth)) };
}

/** `changes[x]` is the difference of two pixels before the line at x and two after it, halved and summed over the channels. */
function changesOf(strips: Strips): Uint16Array {
  const { count, length, red, green, blue } = strips;
  const changes = new Uint16Array(count * length);
  for (let strip = 0; strip < count; strip++) {
    const from = strip * length;
    for (let x = 1; x < length; x++) {
      const a = from + (x > 1 ? x - 2 : 0);
      const b = from + x - 1;
      const c = from + x;
      const d = from + (x + 1 < length ? x + 1 : x);
      const r = red[c]! + red[d]! - red[a]! - red[b]!;
      const g = green[c]! + green[d]! - green[a]! - green[b]!;
      const l = blue[c]! + blue[d]! - blue[a]! - blue[b]!;
      changes[c] = ((r < 0 ? -r : r) + (g < 0 ? -g : g) + (l < 0 ? -l : l)) >> 1;
    }
  }
  return changes;
}

function quartileOf(changes: Uint16Array, length: number): number {
  const histogram = new Uint32Array(16384);
  let count = 0;
  for (let i = 0; i < changes.length; i += 3) {
    if (i % length === 0) continue;
    histogram[Math.min(16383, changes[i]!)]!++;
    count++;
  }
  let below = 0;
  for (let value = 0; value < histogram.length; value++) {
    below += histogram[value]!;
    if (below * 4 >= count) return value;
  }
  return 0;
}
