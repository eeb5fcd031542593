import type { ChoiceTable } from './choices.ts';
import { differenceVariance, type Fit } from './fit.ts';
import { oddsOf } from './odds.ts';
import { strongest } from './strongest.ts';

/** Odds from which a verdict is given, for each contender: each may be the one that luck favours. */
const ODDS_PER_CONTENDER = 5.5;

/**
 * Votes from which on the odds needed rise in proportion, for each contender: whoever looks longer
 * is misled more often.
 */
const PATIENCE = 7.5;

/** Votes before which there is no verdict, for each contender. */
const LEAST_VOTES = 4;

/** Standard deviations of the difference by which the best must lead the next at least. */
const LEAST_LEAD = 1.2;

/** Standard deviations of the difference behind the best from which a rival is out of contention. */
const OUT_OF_CONTENTION = 2.4;

/** How sure it is that the strongest contender is ahead. */
export interface Verdict {
  /** Place of the strongest in the fit. */
  best: number;
  /** Places of those that could still be as strong, by falling strength; at least the next one. */
  inContention: readonly number[];
  /**
   * Odds that it is better than those in contention, taken as equals, against that it is one of them;
   * null while votes are too few or the next one too close to ask.
   */
  odds: number | null;
  /** Odds that a verdict takes after so many votes. */
  needed: number;
  decided: boolean;
}

/**
 * Whether the strongest is ahead of all that could still be as strong. Simulation set the numbers
 * above, with docs/ratings.md: equal contenders get a verdict in less than one series of ten over
 * 200 votes, looked at after each.
 * @returns null with fewer than two contenders
 */
export function verdictOf(table: ChoiceTable, fit: Fit): Verdict | null {
  const [best, ...rest] = strongest(fit);
  if (best === undefined || rest.length === 0) return null;
  const leads = new Map(rest.map(rival => [rival, leadOf(fit, best, rival)]));
  const least = Math.min(...leads.values());
  const inContention = rest.filter(rival => {
    const lead = leads.get(rival) ?? 0;
    return lead < OUT_OF_CONTENTION || lead === least;
  });
  const votes = table.total;
  const count = table.contenders.length;
  const needed = ODDS_PER_CONTENDER * count * Math.max(1, votes / (PATIENCE * count));
  const askable = votes >= LEAST_VOTES * count && least >= LEAST_LEAD;
  const odds = askable ? oddsOf(table, fit, best, inContention) : null;
  const decided = odds !== null && odds >= needed;
  return { best, inContention, odds, needed, decided };
}

/**
 * Those in contention that the best, each taken for itself, cannot be told apart from: the odds
 * that two contenders alone would need are not reached.
 */
export function notToldApart(table: ChoiceTable, fit: Fit, verdict: Verdict): number[] {
  const needed = (2 / table.contenders.length) * verdict.needed;
  return verdict.inContention.filter(rival => oddsOf(table, fit, verdict.best, [rival]) < needed);
}

/** How far one is ahead of another, in standard deviations of the difference. */
export function leadOf(fit: Fit, a: number, b: number): number {
  const difference = (fit.strengths[a] ?? 0) - (fit.strengths[b] ?? 0);
  return difference / Math.sqrt(differenceVariance(fit, a, b));
}
