import type { Vote } from './vote-event.ts';

/** A comparison that votes are about. */
export interface VotedComparison {
  job: string;
  votes: number;
  /** ISO time of its first vote. */
  since: string;
  /** Digests of the contenders that it showed, in the order in which they came up. */
  contenders: string[];
}

/** The comparisons of votes, the one that was begun last first. @param votes in the order of their time */
export function comparisonsOf(votes: readonly Vote[]): VotedComparison[] {
  const comparisons = new Map<string, VotedComparison>();
  for (const { job, time, contenders } of votes) {
    let one = comparisons.get(job);
    if (one === undefined) {
      one = { job, votes: 0, since: time, contenders: [] };
      comparisons.set(job, one);
    }
    one.votes += 1;
    for (const { digest } of contenders) {
      if (!one.contenders.includes(digest)) one.contenders.push(digest);
    }
  }
  return [...comparisons.values()].sort((a, b) => (a.since < b.since ? 1 : -1));
}
