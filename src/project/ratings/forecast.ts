import type { ChoiceGroup, ChoiceTable } from './choices.ts';
import { type Fit, fitStrengths } from './fit.ts';
import { verdictOf } from './verdict.ts';

/** Votes beyond which a forecast says nothing but "more". */
export const FORECAST_LIMIT = 500;

/**
 * How many more votes a verdict takes if things go on as they did: as often shown, as often tied, and
 * answered as the fitted strengths expect. Those are drawn towards each other by the prior, so few
 * votes promise little; how often series take longer is in docs/ratings.md.
 * @returns 0 when decided, null when it would take more than {@link FORECAST_LIMIT} or there are no votes yet
 */
export function votesNeeded(table: ChoiceTable, fit: Fit): number | null {
  if (table.total === 0) return null;
  const decidedAfter = (more: number): boolean => {
    const later = continued(table, fit, more);
    return verdictOf(later, fitStrengths(later, fit.strengths))?.decided === true;
  };
  if (decidedAfter(0)) return 0;
  let [undecided, decided] = [0, 1];
  while (!decidedAfter(decided)) {
    if (decided === FORECAST_LIMIT) return null;
    [undecided, decided] = [decided, Math.min(FORECAST_LIMIT, decided * 2)];
  }
  while (decided - undecided > 1) {
    const middle = Math.floor((undecided + decided) / 2);
    if (decidedAfter(middle)) decided = middle;
    else undecided = middle;
  }
  return decided;
}

/** The table after so many more votes, each group growing by its share and its answers as expected. */
function continued(table: ChoiceTable, { strengths }: Fit, more: number): ChoiceTable {
  const groups = table.groups.map((group): ChoiceGroup => {
    const times = group.counts.reduce((sum, count) => sum + count, 0);
    const weights = group.answers.map(answer => {
      const score = answer.reduce((sum, at) => sum + strengths[group.shown[at]!]!, 0);
      return Math.exp(score / answer.length);
    });
    const mass = weights.reduce((sum, weight) => sum + weight, 0);
    const grown = (more * times) / table.total;
    const counts = group.counts.map((count, at) => count + (grown * weights[at]!) / mass);
    return { ...group, counts };
  });
  return { ...table, groups, total: table.total + more };
}
