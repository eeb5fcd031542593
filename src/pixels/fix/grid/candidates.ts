import type { Rectangle, RgbaImage } from '../../image.ts';
import { axisCoverage, type Comb, type Fit, fitCombs } from './comb.ts';
import { type Profile, RESOLUTION } from './edges.ts';
import { elasticLines, votesAtLines } from './lines.ts';
import { impurity, type Sums, sumsOf } from './purity.ts';
import { peakPitches, spectrumOf } from './spectrum.ts';
import { stretchedFits } from './stretched.ts';

/** A grid that might be the picture's, and the evidence. */
export interface Candidate {
  combs: [x: Comb, y: Comb];
  /** Share of the edges that lie near its lines, less what chance would give; 1 is all, 0 chance. */
  coverage: number;
  /** The same for the lines that follow the edges, more closely. */
  followed: number;
  /** Lines that edges lie on. */
  shown: [x: number, y: number];
  /** Area of cells that hold more than one colour, in cells' sides per pixel of edge; 0 is none. */
  residual: number;
  /** Lines that follow the edges. */
  lines: [x: Float64Array, y: Float64Array];
  /** The edges it was found in. */
  profiles: readonly [Profile, Profile];
}

/** Pitches looked for, in pixels. */
export const PITCH = { least: 3, most: 140 };

/** Peaks of the spectrum that are looked at. */
const PEAKS = 12;

/** Multiples of the strongest peaks' pitches: an exact picture repeats at every fraction of its pitch alike. */
const MULTIPLES = [2, 3, 4, 5, 7];

/** Share of a cell on each side of a line that follows the edges that counts as near. */
const FOLLOWED = 0.07;

/** Coverage below this share of the best is not worth a closer look. */
const WORTH = 0.55;

/** Lines that an axis must show to have a pitch of its own. */
const OWN = 3;

/** Places that are looked at together where the edges begin and end, in pixels. */
const SPELL = 8;

/** Votes of a place that are no noise: multiples of the quietest quarter, or a share of the busiest place. */
const ABOVE_NOISE = 3;
const OF_BUSIEST = 0.15;

/** Votes beside a strong edge that JPEG's ringing has, as a share of the busiest place: about what one cell of 64 has. */
const STRAY = 0.02;

/** Where the edges of an axis begin and end, in pixels. */
export function extentOf({ votes, total, length }: Profile): [from: number, to: number] {
  if (total === 0) return [0, length];
  const spell = SPELL * RESOLUTION;
  const sums = new Float64Array(Math.ceil(votes.length / spell));
  for (let i = 0; i < votes.length; i++) sums[Math.floor(i / spell)]! += votes[i]!;
  const sorted = sums.slice().sort();
  const noise = sorted[sorted.length >> 2]!;
  const busiest = sorted.at(-1)!;
  const least = Math.max(STRAY * busiest, Math.min(ABOVE_NOISE * noise, OF_BUSIEST * busiest));
  const first = sums.findIndex(sum => sum > least);
  const last = sums.findLastIndex(sum => sum > least);
  if (first < 0) return [0, length];
  const from = pastEcho(sums, first, 1) * spell;
  const to = pastEcho(sums, last, -1) * spell;
  return [centreOf(votes, from, spell), centreOf(votes, to, spell)];
}

/** Places within which JPEG's ringing echoes an edge, and how much stronger the edge is. */
const ECHO = { places: 2, times: 10 };

/** The outermost place, or the edge just inside that it is but an echo of. */
function pastEcho(sums: Float64Array, outermost: number, step: 1 | -1): number {
  for (let i = 1; i <= ECHO.places; i++) {
    const place = outermost + i * step;
    if ((sums[place] ?? 0) > ECHO.times * sums[outermost]!) return place;
  }
  return outermost;
}

/** Mean place of the votes in a spell, in pixels. */
function centreOf(votes: Float64Array, from: number, count: number): number {
  let sum = 0;
  let weighted = 0;
  for (let i = from; i < Math.min(votes.length, from + count); i++) {
    sum += votes[i]!;
    weighted += votes[i]! * i;
  }
  return weighted / sum / RESOLUTION;
}

/**
 * The grids worth considering, with their evidence.
 * @param sums of the part of the picture that has content
 * @param noise variance of flat parts
 * @param hints pitches that the requested size suggests
 * @param depth rows per strip of the profiles
 */
export function candidatesOf(
  profiles: readonly [Profile, Profile],
  sums: Sums,
  noise: number,
  hints: readonly number[],
  depth: number,
): Candidate[] {
  const [x, y] = profiles;
  const most = Math.min(PITCH.most, Math.min(x.length, y.length) / 2);
  const range = [PITCH.least, most] as const;
  const spectrum = spectrumOf(x, y);
  const peaks = peakPitches(spectrum, [1, 1], range, PEAKS);
  const multiples = peaks.slice(0, 2).flatMap(pitch => MULTIPLES.map(times => times * pitch));
  const pitches = [...peaks, ...multiples, ...hints].filter(
    pitch => pitch >= PITCH.least && pitch <= most,
  );
  const fits: Fit[] = [];
  for (const pitch of pitches) {
    const combs = fitCombs(profiles, [pitch, pitch], true);
    if (fits.some(({ combs: known }) => near(known, combs))) continue;
    fits.push({ combs, coverage: coverageOf(profiles, combs) });
  }
  climb(fits, profiles, most);
  const all = [...fits, ...stretchedFits(profiles, spectrum, range, fits)];
  const best = Math.max(...all.map(({ coverage }) => coverage));
  return all
    .filter(({ coverage }) => coverage >= WORTH * best)
    .map(fit => evidenceOf(fit, profiles, sums, noise, depth))
    .filter(({ combs, shown }) => combs[0].pitch === combs[1].pitch || Math.min(...shown) >= OWN);
}

/** Share of the best coverage from which a larger pitch explains the edges as well, and how much larger it is. */
const AS_WELL = 0.97;
const STEPS_UP = [2, 3];

/**
 * Adds multiples of the largest pitch that explains the edges, as long as they do so too: of lines without any flaw all
 * fractions of the pitch peak alike, and the strongest may be its eighth.
 */
function climb(fits: Fit[], profiles: readonly [Profile, Profile], most: number): void {
  const least = AS_WELL * Math.max(...fits.map(({ coverage }) => coverage));
  const pitchOf = ({ combs }: Fit): number => Math.max(combs[0].pitch, combs[1].pitch);
  const good = fits.filter(({ coverage }) => coverage >= least).map(pitchOf);
  let top = Math.max(0, ...good);
  for (let higher = true; higher && top > 0;) {
    higher = false;
    for (const pitch of STEPS_UP.map(step => step * top)) {
      if (pitch > most) continue;
      const combs = fitCombs(profiles, [pitch, pitch], true);
      const coverage = coverageOf(profiles, combs);
      if (coverage < least || fits.some(({ combs: known }) => near(known, combs))) continue;
      fits.push({ combs, coverage });
      top = pitch;
      higher = true;
      break;
    }
  }
}

/** The lines that follow the edges from even ones, and how well they explain the picture. */
function evidenceOf(
  { combs, coverage }: Fit,
  profiles: readonly [Profile, Profile],
  sums: Sums,
  noise: number,
  depth: number,
): Candidate {
  const [x, y] = profiles;
  const lines: [Float64Array, Float64Array] = [
    elasticLines(x, combs[0]),
    elasticLines(y, combs[1]),
  ];
  const pitch = (combs[0].pitch + combs[1].pitch) / 2;
  const area = impurity(sums, lines[0], lines[1], noise);
  const edge = (x.total + y.total) * depth;
  const width = Math.max(1, FOLLOWED * pitch);
  const across = votesAtLines(x, lines[0], width);
  const down = votesAtLines(y, lines[1], width);
  const followed = (across.share * x.total + down.share * y.total) / (x.total + y.total + 1e-9);
  const chance = Math.min(0.9, (2 * width) / pitch);
  return {
    combs,
    coverage,
    followed: (followed - chance) / (1 - chance),
    shown: [across.shown, down.shown],
    residual: area / (edge * pitch + 1),
    lines,
    profiles,
  };
}

function near(one: readonly [Comb, Comb], other: readonly [Comb, Comb]): boolean {
  return Math.abs(one[0].pitch / other[0].pitch - 1) < 0.004;
}

function coverageOf([x, y]: readonly [Profile, Profile], combs: readonly [Comb, Comb]): number {
  const total = x.total + y.total;
  if (total === 0) return 0;
  return (axisCoverage(x, combs[0]) * x.total + axisCoverage(y, combs[1]) * y.total) / total;
}

/** Pixels along the side of a step of the sums. */
const STEP = 2;

/** Pixels around the edges that belong to them. */
export const CLOSE = 4;

/** Side of the window that purity is measured in, in pixels. */
const WINDOW = 1024;

/** The part of a picture where the edges are, and `margin` pixels around it; of a large one the middle. */
export function windowOf(
  { width, height }: RgbaImage,
  extents: readonly [x: readonly [number, number], y: readonly [number, number]],
  margin: number,
): Rectangle {
  const span = (length: number, [from, to]: readonly [number, number]): [number, number] => {
    const start = Math.max(0, Math.floor(from - margin));
    const size = Math.min(WINDOW, Math.min(length, Math.ceil(to + margin)) - start);
    return [start + Math.max(0, Math.floor((to - start - size) / 2)), size];
  };
  const [x, across] = span(width, extents[0]);
  const [y, down] = span(height, extents[1]);
  return { x, y, width: across, height: down };
}

/** Pixels around the edges that a window needs to have flat parts too. */
const AROUND = 96;

/** Sums of the part of the picture where the edges are, and of a window around it that has flat parts too. */
export function sumsFor(
  image: RgbaImage,
  extents: readonly [x: readonly [number, number], y: readonly [number, number]],
): { content: Sums; around: Sums } {
  return {
    content: sumsOf(image, windowOf(image, extents, CLOSE), STEP),
    around: sumsOf(image, windowOf(image, extents, AROUND), STEP),
  };
}
