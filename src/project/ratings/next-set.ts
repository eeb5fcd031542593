import type { ChoiceTable } from './choices.ts';
import { oddsOfEach } from './odds.ts';

/**
 * Contenders by how likely each is the best: by the odds that it is better than all others taken as
 * equals. Two that are likely the best say most to each other; one that lost gives way to one that
 * was never shown. Equals come by how seldom they were shown, then in the order of their names.
 * @returns places in the table
 */
export function byPromise(table: ChoiceTable): number[] {
  const shown = timesShown(table);
  // Rounded, so that equals are equal however their sums were rounded.
  const odds = oddsOfEach(table).map(one => Number(one.toPrecision(9)));
  return [...table.contenders.keys()].sort(
    (a, b) => odds[b]! - odds[a]! || shown[a]! - shown[b]! || a - b,
  );
}

/**
 * The set, of those that can be shown, whose answer says most about which contender is best: the one
 * with the most promising contenders; of two that differ only in having more, the larger.
 * @param order contenders by promise, as {@link byPromise} gives them
 * @param sets contenders of each set that was not voted on, as places in the table
 * @returns its place in `sets`, the first of equals; -1 when there is none
 */
export function nextSet(order: readonly number[], sets: readonly (readonly number[])[]): number {
  const rank = new Map(order.map((place, at) => [place, at]));
  let chosen = -1;
  let best: number[] = [];
  sets.forEach((set, at) => {
    const ranks = set.map(place => rank.get(place) ?? Infinity).sort((a, b) => a - b);
    if (chosen === -1 || precedes(ranks, best)) [chosen, best] = [at, ranks];
  });
  return chosen;
}

/** Equal ranks do not precede, so the first of equal sets stays. */
function precedes(ranks: readonly number[], others: readonly number[]): boolean {
  for (const [at, rank] of ranks.entries()) {
    const other = others[at];
    if (other === undefined || rank < other) return true;
    if (rank > other) return false;
  }
  return false;
}

function timesShown({ contenders, groups }: ChoiceTable): number[] {
  const times = contenders.map(() => 0);
  for (const { shown, counts } of groups) {
    const count = counts.reduce((sum, one) => sum + one, 0);
    for (const place of shown) times[place]! += count;
  }
  return times;
}
