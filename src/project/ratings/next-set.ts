import type { ChoiceTable } from './choices.ts';
import { differenceVariance, type Fit } from './fit.ts';
import { strongest } from './verdict.ts';

/**
 * The set whose answer says most about which contender is best: the strongest, and with it those
 * whose lead over it is least excluded. Everything is shown a few times before that.
 * @param size contenders to show, 2-4
 * @returns places in the fit, sorted; fewer when there are fewer
 */
export function nextSet(table: ChoiceTable, fit: Fit, size: number): number[] {
  const shown = timesShown(table);
  const order = strongest(fit);
  const leader = order[0];
  if (leader === undefined) return [];
  const rank = new Map(order.map((place, at) => [place, at]));
  const byNeed = (a: number, b: number) =>
    need(fit, leader, b, shown) - need(fit, leader, a, shown) ||
    (rank.get(a) ?? 0) - (rank.get(b) ?? 0);
  const others = order.slice(1).sort(byNeed);
  return [leader, ...others.slice(0, size - 1)].sort((a, b) => a - b);
}

/**
 * How far the other could be ahead of the leader: the upper end of the interval of its lead. A
 * contender that was hardly shown has a wide one, so it comes up by itself.
 */
function need(fit: Fit, leader: number, other: number, shown: readonly number[]): number {
  const lead = (fit.strengths[other] ?? 0) - (fit.strengths[leader] ?? 0);
  const sd = Math.sqrt(Math.max(0, differenceVariance(fit, other, leader)));
  return lead + 1.645 * sd - 1e-9 * (shown[other] ?? 0);
}

function timesShown(table: ChoiceTable): number[] {
  const times = table.contenders.map(() => 0);
  for (const { shown, counts } of table.groups) {
    const count = counts.reduce((sum, one) => sum + one, 0);
    for (const place of shown) times[place] = (times[place] ?? 0) + count;
  }
  return times;
}
