import type { Vote, VoteEvent } from './vote-event.ts';
import { byId } from './vote-lines.ts';

/**
 * The votes that stand: of each voter the last one on each set as it was shown, without those taken
 * back. Taking the last one back brings the one before it to stand again. Nobody takes back what another one voted, and what is
 * taken back stays so: an undo of an undo says nothing.
 * @param events in any order
 * @returns in the order of their ids
 */
export function standingVotes(events: readonly VoteEvent[]): Vote[] {
  /** Who took each vote back. */
  const undone = new Map<string, Set<string>>();
  for (const event of events) {
    if (event.kind !== 'undo') continue;
    undone.set(event.of, (undone.get(event.of) ?? new Set()).add(event.voter));
  }
  const standing = new Map<string, Vote>();
  // Short numbers for long texts: a file may have a hundred thousand votes.
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  for (const event of inOrder(events)) {
    if (event.kind !== 'vote' || undone.get(event.id)?.has(event.voter) === true) {
      continue;
    }
    const { job, set, mode, voter, contenders } = event;
    const shown = contenders.map(({ digest }) => numberOf(digest)).sort((a, b) => a - b);
    const key = `${numberOf(job)}/${set}/${mode}/${shown.join()}/${numberOf(voter)}`;
    standing.set(key, event);
  }
  return inOrder([...standing.values()]);
}

/** In the order of their ids, as most lists are already. */
function inOrder<T extends { id: string }>(events: readonly T[]): T[] {
  const ordered = events.every((event, at) => byId(events[at - 1] ?? event, event) <= 0);
  return ordered ? [...events] : [...events].sort(byId);
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
