import type { ChoiceTable } from './choices.ts';
import { type Fit, fitStrengths } from './fit.ts';

/**
 * Odds against "the two best are equal" from which a verdict is given. By Ville's inequality a fair
 * series passes odds of 1/a at any time with probability at most a, however often it is looked at;
 * simulation (docs/ratings.md) puts the threshold where equal contenders get a verdict in less than
 * one series of ten over 200 votes.
 */
export const VERDICT_ODDS = 13;

/** Standard deviation of the differences that "one is better" expects, half-normal: around 3 to 1. */
const EXPECTED_DIFFERENCE = 1.1;

/** Differences at which the likelihood is taken, in natural log units. */
const GRID_STEP = 0.25;
const GRID_POINTS = 16;

/** How sure it is that the strongest contender is better than the next. */
export interface Verdict {
  /** Places in the fit of the two strongest. */
  best: number;
  next: number;
  /** Odds, best better than next against equal: a Bayes factor. */
  odds: number;
  decided: boolean;
}

/**
 * Compares the two strongest. The odds weigh the profile likelihood of every difference above zero
 * (half-normal prior) against no difference; all other strengths are fitted anew at each difference,
 * so that what they say about the two counts.
 * @returns null with fewer than two contenders
 */
export function verdictOf(table: ChoiceTable, fit: Fit): Verdict | null {
  const [best, next] = strongest(fit);
  if (best === undefined || next === undefined) return null;
  const odds = oddsAgainstEqual(table, best, next);
  return { best, next, odds, decided: odds >= VERDICT_ODDS };
}

/** Places by falling strength; equals in the order of their names. */
export function strongest(fit: Fit): number[] {
  return [...fit.strengths.keys()].sort(
    (a, b) => (fit.strengths[b] ?? 0) - (fit.strengths[a] ?? 0) || a - b,
  );
}

function oddsAgainstEqual(table: ChoiceTable, better: number, worse: number): number {
  const logOf = (difference: number) =>
    fitStrengths(table, { better, rivals: [worse], difference }).logPosterior;
  const equal = logOf(0);
  let odds = 0;
  let total = 0;
  for (let point = 0; point <= GRID_POINTS; point += 1) {
    const difference = point * GRID_STEP;
    // Simpson's rule: the likelihood is smooth at this step for any number of votes that matters.
    const simpson = point === 0 || point === GRID_POINTS ? 1 : point % 2 === 1 ? 4 : 2;
    const weight = simpson * Math.exp(-0.5 * (difference / EXPECTED_DIFFERENCE) ** 2);
    total += weight;
    odds += weight * Math.exp(logOf(difference) - equal);
  }
  return odds / total;
}
