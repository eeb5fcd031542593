import type { Vote } from './vote-event.ts';

/** What became of two contenders in the sets that showed both. */
export interface HeadToHead {
  /** Digests, the smaller first. */
  first: string;
  second: string;
  /** Sets in which only this one of the two was named best. */
  firstBetter: number;
  secondBetter: number;
  /** Sets in which both were. */
  tied: number;
  /** Sets in which neither was: another was better, or none was good. */
  neither: number;
}

/** Every two contenders that met. For people to look at: ratings do not take a pick out of n for n-1 pairs. */
export function headToHead(votes: readonly Vote[]): HeadToHead[] {
  // By numbers: a file may have a hundred thousand votes, and digests are long.
  const numbers = new Map<string, number>();
  const pairs = new Map<number, HeadToHead>();
  for (const { contenders, best } of votes) {
    const shown = contenders.map(({ digest }) => {
      const number = numbers.get(digest) ?? numbers.size;
      numbers.set(digest, number);
      return { digest, number, isBest: best.includes(digest) };
    });
    for (const [at, one] of shown.entries()) {
      for (const other of shown.slice(at + 1)) {
        count(
          pairs,
          ...(one.digest < other.digest ? ([one, other] as const) : ([other, one] as const)),
        );
      }
    }
  }
  return [...pairs.values()].sort((a, b) =>
    a.first === b.first ? (a.second < b.second ? -1 : 1) : a.first < b.first ? -1 : 1,
  );
}

interface Shown {
  digest: string;
  number: number;
  isBest: boolean;
}

/** More contenders than any file has. */
const MOST = 2 ** 26;

function count(pairs: Map<number, HeadToHead>, one: Shown, other: Shown): void {
  const key = one.number * MOST + other.number;
  let pair = pairs.get(key);
  if (pair === undefined) {
    const [first, second] = [one.digest, other.digest];
    pair = { first, second, firstBetter: 0, secondBetter: 0, tied: 0, neither: 0 };
    pairs.set(key, pair);
  }
  if (one.isBest) pair[other.isBest ? 'tied' : 'firstBetter'] += 1;
  else pair[other.isBest ? 'secondBetter' : 'neither'] += 1;
}
