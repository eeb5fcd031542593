import { axisCoverage, type Comb, type Fit, fitCombs } from './comb.ts';
import type { Profile } from './edges.ts';
import { log2Of } from './logarithm.ts';
import { peakPitches, type Spectrum } from './spectrum.ts';

/*
 * Cells are square unless somebody stretched the picture, as to fit another shape. Then no shared pitch covers more than the
 * edges of one axis and what chance gives of the other.
 */

/** Peaks of each axis's spectrum that are looked at, and multiples of the first, as an exact picture repeats at fractions. */
const PEAKS = 6;
const MULTIPLES = [2, 3, 4];

/** How much longer than wide a cell may be, and how much at the least: less is found as square and follows the edges. */
const RATIO = { least: 1.03, most: 1.75 };

/** Coverage that stretched cells must have above that of square ones. */
const GAIN = 0.05;

/** Share of an axis's best coverage from which a pitch is worth pairing, and pairs that are looked at closely. */
const WORTH = 0.85;
const PAIRS = 3;

/** Coverage that a doubled pitch is worth: every fraction of a pitch covers as much as it does. */
const OCTAVE = 0.1;

/** Shared pitches that are this much smaller are fractions, not rivals. */
const SMALLER = 0.7;

interface AxisFit {
  comb: Comb;
  coverage: number;
}

/**
 * Pairs of different pitches that explain clearly more than any shared one does.
 * @param square the shared pitches that were looked at
 */
export function stretchedFits(
  profiles: readonly [Profile, Profile],
  spectrum: Spectrum,
  range: readonly [least: number, most: number],
  square: readonly Fit[],
): Fit[] {
  const [x, y] = profiles;
  const total = x.total + y.total;
  if (x.total === 0 || y.total === 0) return [];
  const across = axisPitches(spectrum, [1, 0], range);
  const down = axisPitches(spectrum, [0, 1], range);
  const columns: AxisFit[] = [];
  const rows: AxisFit[] = [];
  for (let i = 0; i < Math.max(across.length, down.length); i++) {
    const pitches = [across[i] ?? across[0]!, down[i] ?? down[0]!] as const;
    if (across.length === 0 || down.length === 0) return [];
    const combs = fitCombs(profiles, pitches, false);
    columns.push({ comb: combs[0], coverage: axisCoverage(x, combs[0]) });
    rows.push({ comb: combs[1], coverage: axisCoverage(y, combs[1]) });
  }
  const fits: Fit[] = [];
  for (const one of worthy(columns)) {
    for (const other of worthy(rows)) {
      const coverage = (one.coverage * x.total + other.coverage * y.total) / total;
      if (!stretched(one.comb.pitch, other.comb.pitch)) continue;
      const least = SMALLER * Math.min(one.comb.pitch, other.comb.pitch);
      if (coverage < bestFrom(square, least) + GAIN) continue;
      if (fits.some(({ combs }) => same(combs[0], one.comb) && same(combs[1], other.comb)))
        continue;
      fits.push({ combs: [one.comb, other.comb], coverage });
    }
  }
  return fits.sort((a, b) => promise(b) - promise(a)).slice(0, PAIRS);
}

function promise({ combs, coverage }: Fit): number {
  return coverage + OCTAVE * log2Of(combs[0].pitch * combs[1].pitch);
}

/** Coverage of the best shared pitch from `least` on: all fractions of two pitches cover as much as they do. */
function bestFrom(square: readonly Fit[], least: number): number {
  let best = 0;
  for (const { combs, coverage } of square) {
    if (combs[0].pitch >= least && coverage > best) best = coverage;
  }
  return best;
}

function axisPitches(
  spectrum: Spectrum,
  weights: readonly [x: number, y: number],
  range: readonly [least: number, most: number],
): number[] {
  const peaks = peakPitches(spectrum, weights, range, PEAKS);
  const multiples = peaks.slice(0, 1).flatMap(pitch => MULTIPLES.map(times => times * pitch));
  return [...peaks, ...multiples.filter(pitch => pitch <= range[1])];
}

function worthy(fits: readonly AxisFit[]): AxisFit[] {
  const best = Math.max(...fits.map(({ coverage }) => coverage));
  return fits.filter(({ coverage }) => coverage >= WORTH * best);
}

function stretched(across: number, down: number): boolean {
  const ratio = across > down ? across / down : down / across;
  return ratio >= RATIO.least && ratio <= RATIO.most;
}

function same(one: Comb, other: Comb): boolean {
  return Math.abs(one.pitch / other.pitch - 1) < 0.004;
}
