import { type ContenderDifference, contenderDifferences } from './contender.ts';
import type { Vote, VotedContender } from './vote-event.ts';

/** Digits of a digest that tell most contenders apart. */
const DIGITS = 8;

/** How a contender is told from all others. */
export interface ContenderLabel {
  /** Its name; behind it the first digits of its digest where others have the name too. */
  label: string;
  /** What tells it from the first of those others; empty where it has the name alone. */
  differences: readonly ContenderDifference[];
}

/** The contenders of votes as they were in the last vote of each, by digest. */
export function contendersOf(votes: readonly Vote[]): Map<string, VotedContender> {
  const contenders = new Map<string, VotedContender>();
  for (const vote of votes) {
    for (const contender of vote.contenders) contenders.set(contender.digest, contender);
  }
  return contenders;
}

/**
 * @param contenders by digest
 * @param differencesOf in the words of whoever shows them
 */
export function contenderLabels(
  contenders: ReadonlyMap<string, VotedContender>,
  differencesOf: (
    one: VotedContender,
    other: VotedContender,
  ) => readonly ContenderDifference[] = contenderDifferences,
): Map<string, ContenderLabel> {
  const namesakes = new Map<string, VotedContender[]>();
  for (const contender of contenders.values()) {
    const others = namesakes.get(contender.name);
    if (others === undefined) namesakes.set(contender.name, [contender]);
    else others.push(contender);
  }
  const labels = new Map<string, ContenderLabel>();
  for (const [name, all] of namesakes) {
    const digits = digitsFor(all.map(({ digest }) => digest));
    for (const one of all) {
      const other = all.find(each => each !== one);
      labels.set(
        one.digest,
        other === undefined
          ? { label: name, differences: [] }
          : {
              label: `${name} (${one.digest.slice(0, digits)})`,
              differences: differencesOf(one, other),
            },
      );
    }
  }
  return labels;
}

function digitsFor(digests: readonly string[]): number {
  let digits = DIGITS;
  const short = () => new Set(digests.map(digest => digest.slice(0, digits)));
  while (digits < 64 && short().size < digests.length) digits += DIGITS;
  return digits;
}
