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
  const pairs = new Map<string, HeadToHead>();
  for (const { contenders, best } of votes) {
    const shown = contenders.map(({ digest }) => digest).sort();
    for (const [at, first] of shown.entries()) {
      for (const second of shown.slice(at + 1)) {
        const key = first + second;
        let pair = pairs.get(key);
        if (pair === undefined) {
          pair = { first, second, firstBetter: 0, secondBetter: 0, tied: 0, neither: 0 };
          pairs.set(key, pair);
        }
        const [one, other] = [best.includes(first), best.includes(second)];
        pair[one ? (other ? 'tied' : 'firstBetter') : other ? 'secondBetter' : 'neither'] += 1;
      }
    }
  }
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(entry => entry[1]);
}
