/**
 * One answer to "which of these is best": the contenders shown and those named best. Naming one is
 * a pick, naming several a tie between them.
 */
export interface Choice {
  /** Contenders shown, at least two, each once. */
  shown: readonly string[];
  /** Those named best, at least one, all of them shown. */
  best: readonly string[];
}

/**
 * Equal questions with equally many named best, and how often each answer was given. Where all were
 * named there is one answer only, which says nothing about who is better given that it is a tie.
 */
export interface ChoiceGroup {
  /** Contenders shown, as places in the list of all, ascending. */
  shown: readonly number[];
  /** Every answer that was possible: the subsets of one size, as positions in `shown`. */
  answers: readonly (readonly number[])[];
  /** Times each answer was given. */
  counts: number[];
}

/** Choices as the fit reads them. */
export interface ChoiceTable {
  /** Every contender, sorted. */
  contenders: readonly string[];
  /**
   * Sorted, and counts are whole numbers: a sum over the groups does not depend on the order of the
   * choices, to the last digit.
   */
  groups: readonly ChoiceGroup[];
  /** Choices in all. */
  total: number;
}

/** Counts choices by question. */
export class ChoiceCounter {
  readonly #contenders: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #groups = new Map<string, ChoiceGroup>();
  #sorted: ChoiceGroup[] | null = null;
  #total = 0;

  /** @param contenders all there are, also those that no choice shows yet */
  constructor(contenders: Iterable<string>) {
    this.#contenders = [...new Set(contenders)].sort();
    this.#places = new Map(this.#contenders.map((name, place) => [name, place]));
  }

  /**
   * Counts a choice.
   * @throws RangeError when it shows fewer than two, one twice or one that is not known, or names none or one not shown
   */
  add({ shown, best }: Choice, times = 1): void {
    const question = shown.map(name => this.#placeOf(name)).sort(ascending);
    if (question.length < 2 || new Set(question).size < question.length) {
      throw new RangeError('A choice shows at least two contenders, each once.');
    }
    const named = new Set(best.map(name => question.indexOf(this.#placeOf(name))));
    if (named.size === 0 || named.has(-1)) {
      throw new RangeError('A choice names at least one best, and only what was shown.');
    }
    this.#total += times;
    const key = `${named.size}:${question.join(',')}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      const answers = subsets([...question.keys()], named.size);
      group = { shown: question, answers, counts: answers.map(() => 0) };
      this.#groups.set(key, group);
      this.#sorted = null;
    }
    const answer = group.answers.findIndex(subset => subset.every(at => named.has(at)));
    group.counts[answer] = (group.counts[answer] ?? 0) + times;
  }

  /** The counts so far; later choices go on in the same table. */
  table(): ChoiceTable {
    this.#sorted ??= [...this.#groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(entry => entry[1]);
    return { contenders: this.#contenders, groups: this.#sorted, total: this.#total };
  }

  #placeOf(name: string): number {
    const place = this.#places.get(name);
    if (place === undefined) throw new RangeError(`${name} is not among the contenders.`);
    return place;
  }
}

/**
 * Choices counted by question.
 * @param known contenders beside those that the choices show
 * @throws RangeError as {@link ChoiceCounter.add}
 */
export function tabulate(choices: readonly Choice[], known: readonly string[] = []): ChoiceTable {
  const counter = new ChoiceCounter([...known, ...choices.flatMap(choice => choice.shown)]);
  for (const choice of choices) counter.add(choice);
  return counter.table();
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
