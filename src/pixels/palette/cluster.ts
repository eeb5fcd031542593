import { rgbOfOklab, writeOklab } from './oklab.ts';

/** Distinct colours of a picture with their counts. */
export interface ColorCounts {
  /** `0xrrggbb` each, ascending. */
  colors: Uint32Array;
  counts: Uint32Array;
}

/** Counts the colours of pixels that are not transparent. */
export function countColors(data: Uint8ClampedArray): ColorCounts {
  const values = new Uint32Array(data.length / 4);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    values[count++] = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
  }
  const sorted = values.subarray(0, count).sort();
  const colors = new Uint32Array(count);
  const counts = new Uint32Array(count);
  let distinct = 0;
  for (let i = 0; i < count; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) counts[distinct - 1]!++;
    else {
      colors[distinct] = sorted[i]!;
      counts[distinct++] = 1;
    }
  }
  return { colors: colors.slice(0, distinct), counts: counts.slice(0, distinct) };
}

/** Groups of near colours. */
export interface Clusters {
  /** One colour for each group, `0xrrggbb`. */
  colors: Uint32Array;
  /** For each colour counted the group it is in. */
  group: Int32Array;
}

/** Distance in OKLab below which two colours are the same colour with noise. */
export const SAME_COLOR = 0.02;

/** Colours looked at one by one; more are first gathered in steps of 8 of each channel. */
const MOST_COLORS = 2048;

/** Rounds after which k-means has settled for pixel art. */
const ROUNDS = 12;

interface Groups {
  /** OKLab of each group's middle, three numbers each. */
  lab: Float64Array;
  weights: Float64Array;
  count: number;
}

/**
 * Merges colours that are nearly the same: repeatedly the most common colour takes in all within `radius`.
 * @param radius in OKLab
 */
export function mergeColors(counted: ColorCounts, radius: number = SAME_COLOR): Clusters {
  const { points, of } = pointsOf(counted);
  const order = byWeight(points);
  const leader = new Int32Array(points.count).fill(-1);
  const leaders: number[] = [];
  const limit = radius * radius;
  for (const point of order) {
    let best = -1;
    let nearest = limit;
    for (let i = 0; i < leaders.length; i++) {
      const distance = squared(points.lab, point, points.lab, leaders[i]!);
      if (distance < nearest) [best, nearest] = [i, distance];
    }
    if (best < 0) {
      best = leaders.length;
      leaders.push(point);
    }
    leader[point] = best;
  }
  return finish(counted, points, of, leader, leaders.length);
}

/**
 * The best `count` colours: farthest-first seeds weighted by how common they are, then k-means in OKLab. No chance is
 * involved: the same colours give the same palette.
 */
export function clusterColors(counted: ColorCounts, count: number): Clusters {
  const { points, of } = pointsOf(counted);
  if (points.count <= count) {
    return finish(
      counted,
      points,
      of,
      Int32Array.from({ length: points.count }, (_, i) => i),
      points.count,
    );
  }
  const middle = new Float64Array(3 * count);
  const nearest = new Float64Array(points.count).fill(Infinity);
  let seed = byWeight(points)[0]!;
  for (let k = 0; k < count; k++) {
    middle.set(points.lab.subarray(seed * 3, seed * 3 + 3), k * 3);
    let most = -1;
    for (let i = 0; i < points.count; i++) {
      const distance = squared(points.lab, i, middle, k);
      if (distance < nearest[i]!) nearest[i] = distance;
      const value = nearest[i]! * Math.sqrt(points.weights[i]!);
      if (value > most) [most, seed] = [value, i];
    }
  }
  const group = new Int32Array(points.count);
  for (let round = 0; round < ROUNDS; round++) {
    const moved = assign(points, middle, count, group);
    recenter(points, middle, count, group);
    if (!moved) break;
  }
  return finish(counted, points, of, group, count);
}

/** Colours as weighted points; where there are very many, near ones share a point. */
function pointsOf({ colors, counts }: ColorCounts): { points: Groups; of: Int32Array } {
  const of = new Int32Array(colors.length);
  const coarse = colors.length > MOST_COLORS;
  const places = new Map<number, number>();
  const lab: number[] = [];
  const weights: number[] = [];
  const one = new Float64Array(3);
  for (let i = 0; i < colors.length; i++) {
    const color = colors[i]!;
    const key = coarse ? color & 0xf8f8f8 : color;
    let place = places.get(key);
    if (place === undefined) {
      place = weights.length;
      places.set(key, place);
      weights.push(0);
      lab.push(0, 0, 0);
    }
    writeOklab(one, 0, color >> 16, (color >> 8) & 255, color & 255);
    const count = counts[i]!;
    weights[place]! += count;
    for (let c = 0; c < 3; c++) lab[place * 3 + c]! += one[c]! * count;
    of[i] = place;
  }
  for (let place = 0; place < weights.length; place++) {
    for (let c = 0; c < 3; c++) lab[place * 3 + c]! /= weights[place]!;
  }
  return {
    points: {
      lab: Float64Array.from(lab),
      weights: Float64Array.from(weights),
      count: weights.length,
    },
    of,
  };
}

function byWeight({ weights, count }: Groups): number[] {
  return Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => weights[b]! - weights[a]! || a - b,
  );
}

function assign(points: Groups, middle: Float64Array, count: number, group: Int32Array): boolean {
  let moved = false;
  for (let i = 0; i < points.count; i++) {
    let best = 0;
    let nearest = Infinity;
    for (let k = 0; k < count; k++) {
      const distance = squared(points.lab, i, middle, k);
      if (distance < nearest) [best, nearest] = [k, distance];
    }
    if (group[i] !== best) moved = true;
    group[i] = best;
  }
  return moved;
}

function recenter(points: Groups, middle: Float64Array, count: number, group: Int32Array): void {
  const sums = new Float64Array(4 * count);
  for (let i = 0; i < points.count; i++) {
    const k = group[i]! * 4;
    const weight = points.weights[i]!;
    for (let c = 0; c < 3; c++) sums[k + c]! += weight * points.lab[i * 3 + c]!;
    sums[k + 3]! += weight;
  }
  for (let k = 0; k < count; k++) {
    const weight = sums[k * 4 + 3]!;
    if (weight === 0) continue;
    for (let c = 0; c < 3; c++) middle[k * 3 + c] = sums[k * 4 + c]! / weight;
  }
}

/** A group's colour is its most common one if that has most of the group, else the group's mean. */
function finish(
  counted: ColorCounts,
  points: Groups,
  of: Int32Array,
  groupOfPoint: Int32Array,
  count: number,
): Clusters {
  const middle = new Float64Array(3 * count);
  recenter(points, middle, count, groupOfPoint);
  const group = of.map(point => groupOfPoint[point]!);
  const total = new Float64Array(count);
  const top = new Int32Array(count).fill(-1);
  for (let i = 0; i < group.length; i++) {
    const k = group[i]!;
    total[k]! += counted.counts[i]!;
    if (top[k] === -1 || counted.counts[i]! > counted.counts[top[k]!]!) top[k] = i;
  }
  const colors = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    const first = top[k]!;
    if (first >= 0 && counted.counts[first]! * 2 >= total[k]!) {
      colors[k] = counted.colors[first]!;
      continue;
    }
    const [r, g, b] = rgbOfOklab(middle[k * 3]!, middle[k * 3 + 1]!, middle[k * 3 + 2]!);
    colors[k] = (r << 16) | (g << 8) | b;
  }
  return { colors, group };
}

function squared(one: Float64Array, i: number, other: Float64Array, k: number): number {
  const l = one[i * 3]! - other[k * 3]!;
  const a = one[i * 3 + 1]! - other[k * 3 + 1]!;
  const b = one[i * 3 + 2]! - other[k * 3 + 2]!;
  return l * l + a * a + b * b;
}
