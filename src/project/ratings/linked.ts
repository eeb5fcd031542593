import type { ChoiceTable } from './choices.ts';

/**
 * Contenders that votes link to one: shown with it, or with one that is linked to it. Nothing can be
 * said about how the others compare to it; only the prior would.
 * @returns places, ascending, the one itself among them
 */
export function linkedTo({ contenders, groups }: ChoiceTable, place: number): number[] {
  const linked = new Set([place]);
  for (let before = 0; before < linked.size;) {
    before = linked.size;
    for (const { shown, answers, counts } of groups) {
      const tells = answers.length > 1 && counts.some(count => count > 0);
      if (!tells || !shown.some(one => linked.has(one))) continue;
      for (const one of shown) linked.add(one);
    }
  }
  return [...contenders.keys()].filter(one => linked.has(one));
}
