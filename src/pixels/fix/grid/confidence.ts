import { type Candidate, PITCH } from './candidates.ts';

/** Coverage from which a grid is clear, and how much more it takes for the smallest pitch, where chance has more say. */
const CLEAR = { from: 0.1, by: 0.5, smallest: 0.45, small: 7 };

/** Impurity at which a grid begins to be doubted, and over how much it loses all credit. */
const PURE = { from: 0.25, by: 0.75 };

/** Votes of the edges that are enough to tell. */
const ENOUGH = 30;

/** Share of upright edges at which nothing speaks for cells, and from which nothing speaks against them: chance gives 0.3. */
const UPRIGHT = { none: 0.52, sure: 0.68 };

/** Lines of both axes that any pitch could explain, and those that only the right one does; what is left of the confidence. */
const LINES = { few: 4.5, sure: 9, left: 0.3 };

/** The same of the axis with fewer: stripes have no cells. */
const AXIS = { few: 1, sure: 2, left: 0.3 };

/** Pitches, in pixels, at which a picture that was enlarged smoothly shows its own pixels; what is left of the confidence. */
const SMOOTH = { few: 4.6, sure: 5.6, left: 0.4 };

/** How clear a grid is, 0 to 1: the edges' coverage above chance, less where cells are impure or edges too faint to tell. */
export function clarityOf({
  combs,
  coverage,
  followed,
  residual,
  profiles: [x, y],
}: Candidate): number {
  const lack = Math.max(0, CLEAR.small - smallerPitch(combs)) / (CLEAR.small - PITCH.least);
  const from = CLEAR.from + CLEAR.smallest * lack;
  const seen = 0.5 * (coverage + Math.min(coverage + 0.3, followed));
  const clear = clamp((seen - from) / CLEAR.by);
  const pure = 1 - clamp((residual - PURE.from) / PURE.by);
  return clear * pure * Math.min(1, (x.total + y.total) / ENOUGH);
}

/**
 * How far a grid's clarity can be believed, 0 to 1: a few lines, edges of any direction or an enlarged photograph's own pixels
 * look as clear.
 * @param upright share of the edges that run along an axis; null where that is unknown
 */
export function credibilityOf({ combs, shown }: Candidate, upright: number | null): number {
  const along =
    upright === null ? 1 : clamp((upright - UPRIGHT.none) / (UPRIGHT.sure - UPRIGHT.none));
  const lines = rise(shown[0] + shown[1], LINES) * rise(Math.min(shown[0], shown[1]), AXIS);
  return along * lines * rise(smallerPitch(combs), SMOOTH);
}

function smallerPitch([x, y]: Candidate['combs']): number {
  return Math.min(x.pitch, y.pitch);
}

/** How much a whole-number pitch without any flaw says: little where a handful of lines would fit others as well. */
export function exactConfidence(lines: number): number {
  return rise(lines, LINES);
}

function rise(value: number, { few, sure, left }: typeof LINES): number {
  return left + (1 - left) * clamp((value - few) / (sure - few));
}

function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}
