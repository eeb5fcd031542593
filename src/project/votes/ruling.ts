import { ChoiceCounter, type ChoiceTable } from '../ratings/choices.ts';
import { type Fit, fitStrengths } from '../ratings/fit.ts';
import { votesNeeded } from '../ratings/forecast.ts';
import { linkedTo } from '../ratings/linked.ts';
import { strongest } from '../ratings/strongest.ts';
import { notToldApart, verdictOf } from '../ratings/verdict.ts';

/** Whether the strongest contender may be called the best. All contenders are digests. */
export interface Ruling {
  decided: boolean;
  best: string;
  /** With a verdict: those that the best, each taken for itself, is not told apart from. */
  notToldApart: string[];
  /** Those that no vote links to the best, so that nothing can be said of them. */
  unlinked: string[];
  /** Odds for a verdict, null while it is too early to ask, and those that it takes after so many votes. */
  odds: number | null;
  needed: number;
  /** Estimated votes until a verdict, 0 once it is there; null = more than 500, or unknown. */
  votesNeeded: number | null;
}

/**
 * The verdict on the strongest contender, among those that votes link to it.
 * @returns null with fewer than two of them
 */
export function rulingOf(table: ChoiceTable, fit: Fit): Ruling | null {
  const { contenders } = table;
  const [leader] = strongest(fit);
  if (leader === undefined || contenders.length < 2) return null;
  const linked = linkedTo(table, leader);
  const unlinked = contenders.filter((_, place) => !linked.includes(place));
  const whole = linked.length === contenders.length || linked.length === 1;
  const part = whole ? table : restricted(table, linked);
  const partFit = whole ? fit : fitStrengths(part);
  const verdict = verdictOf(part, partFit);
  if (verdict === null) return null;
  const names = (places: readonly number[]) => places.map(place => part.contenders[place] ?? '');
  return {
    decided: verdict.decided,
    best: part.contenders[verdict.best] ?? '',
    notToldApart: verdict.decided ? names(notToldApart(part, partFit, verdict)) : [],
    unlinked: whole && linked.length > 1 ? [] : unlinked,
    odds: verdict.odds,
    needed: verdict.needed,
    votesNeeded: votesNeeded(part, partFit),
  };
}

/** The choices between some contenders that share no choice with the others. */
function restricted(table: ChoiceTable, places: readonly number[]): ChoiceTable {
  const names = places.map(place => table.contenders[place] ?? '');
  const counter = new ChoiceCounter(names);
  for (const { shown, answers, counts } of table.groups) {
    if (!shown.every(place => places.includes(place))) continue;
    const of = (at: number) => table.contenders[shown[at] ?? -1] ?? '';
    answers.forEach((answer, at) => {
      const times = counts[at] ?? 0;
      if (times > 0) counter.add({ shown: [...shown.keys()].map(of), best: answer.map(of) }, times);
    });
  }
  return counter.table();
}
