/**
 * One answer to "which of these is best": the contenders shown and those named best. Naming one is
 * a pick, naming several a tie between them.
 */
export interface Choice {
  /** Identity and order of the answer; sums run in this order, so files may be shuffled. */
  id: string;
  /** Contenders shown, at least two, each once. */
  shown: readonly string[];
  /** Those named best, at least one, all of them shown. */
  best: readonly string[];
}

/** Equal questions with equally many named best, and how often each answer was given. */
export interface ChoiceGroup {
  /** Contenders shown, as places in the list of all. */
  shown: readonly number[];
  /** Every answer that was possible: the subsets of `shown` of one size. */
  answers: readonly (readonly number[])[];
  /** Times each answer was given. */
  counts: number[];
}

/** Choices as the fit reads them. */
export interface ChoiceTable {
  /** Every contender that was shown, sorted. */
  contenders: readonly string[];
  /** Sorted, so that the sum over them does not depend on the order of the choices. */
  groups: readonly ChoiceGroup[];
  /** Choices in all; those that name all shown as equal are counted here and in no group. */
  total: number;
}

/**
 * Counts choices by question. A choice that names everything shown says nothing about who is better
 * given that it is a tie, so it is in no group.
 * @throws RangeError when a choice names a contender that was not shown
 */
export function tabulate(choices: readonly Choice[]): ChoiceTable {
  const contenders = [...new Set(choices.flatMap(choice => choice.shown))].sort();
  const places = new Map(contenders.map((name, place) => [name, place]));
  const place = (name: string): number => {
    const found = places.get(name);
    if (found === undefined) throw new RangeError(`${name} was named best but not shown.`);
    return found;
  };
  const groups = new Map<string, ChoiceGroup>();
  for (const { id, shown, best } of choices) {
    if (best.some(name => !shown.includes(name))) {
      throw new RangeError(`Choice ${id} names a contender that was not shown.`);
    }
    if (best.length === shown.length) continue;
    const question = shown.map(place).sort(ascending);
    const key = `${best.length}:${question.join(',')}`;
    let group = groups.get(key);
    if (group === undefined) {
      const answers = subsets(question, best.length);
      group = { shown: question, answers, counts: answers.map(() => 0) };
      groups.set(key, group);
    }
    const given = best.map(place).sort(ascending).join(',');
    const answer = group.answers.findIndex(subset => subset.join(',') === given);
    group.counts[answer] = (group.counts[answer] ?? 0) + 1;
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  return { contenders, groups: sorted, total: choices.length };
}

/** Every subset of one size, in a fixed order. */
export function subsets(items: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) =>
    subsets(items.slice(at + 1), size - 1).map(rest => [item, ...rest]),
  );
}

function ascending(a: number, b: number): number {
  return a - b;
}
