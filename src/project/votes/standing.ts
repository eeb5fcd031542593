import type { Vote, VoteEvent } from './vote-event.ts';
import { byId } from './votes-file.ts';

/**
 * The votes that stand: of each voter the last one on each set as it was shown, without those taken
 * back. Taking the last one back brings the one before it to stand again.
 * @param events in any order
 * @returns in the order of their ids
 */
export function standingVotes(events: readonly VoteEvent[]): Vote[] {
  const undone = new Set(events.flatMap(event => (event.kind === 'undo' ? [event.of] : [])));
  const standing = new Map<string, Vote>();
  const numbers = new Map<string, number>();
  const numberOf = (digest: string): number => {
    const number = numbers.get(digest) ?? numbers.size;
    numbers.set(digest, number);
    return number;
  };
  for (const event of [...events].sort(byId)) {
    if (event.kind !== 'vote' || undone.has(event.id)) continue;
    const { job, set, mode, voter, contenders } = event;
    // Short numbers for long digests: a file may have a hundred thousand votes.
    const shown = contenders.map(({ digest }) => numberOf(digest)).sort((a, b) => a - b);
    standing.set(`${job}/${set}/${mode}/${shown.join()}/${voter}`, event);
  }
  return [...standing.values()].sort(byId);
}

/**
 * Sets that were looked at and left, those that the same voter did vote on aside.
 * @param votes those that stand
 */
export function skippedSets(events: readonly VoteEvent[], votes: readonly Vote[]): number {
  const skips = events.flatMap(event => (event.kind === 'skip' ? [visitOf(event)] : []));
  if (skips.length === 0) return 0;
  const voted = new Set(votes.map(visitOf));
  return new Set(skips.filter(visit => !voted.has(visit))).size;
}

function visitOf({ job, set, voter }: Pick<Vote, 'job' | 'set' | 'voter'>): string {
  return `${job}/${set}/${voter}`;
}
