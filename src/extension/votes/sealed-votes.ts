import type { VoteEvent } from '../../project/votes/vote-event.ts';

/** Milliseconds between a vote and the names, in which it can be taken back as if it had never been. */
export const SEAL_MS = 1_200;

/**
 * Events without a person's votes whose names are still held back. What a board counted of them beside the comparison would tell whom
 * they picked while they can still take it back and vote again.
 * @param now milliseconds
 * @returns the very list where nothing is held back; `wait` = milliseconds until there is more to count, null when that is all
 */
export function withoutSealed(
  events: readonly VoteEvent[],
  voter: string,
  now: number,
): { events: readonly VoteEvent[]; wait: number | null } {
  // Times of one form: compared as texts, since a file may have a hundred thousand.
  const [from, to] = [new Date(now - SEAL_MS).toISOString(), new Date(now).toISOString()];
  const isSealed = (event: VoteEvent): boolean =>
    event.kind === 'vote' && event.time > from && event.time <= to && event.voter === voter;
  const sealed = events.filter(isSealed);
  if (sealed.length === 0) return { events, wait: null };
  const last = Math.max(...sealed.map(({ time }) => Date.parse(time)));
  return { events: events.filter(event => !isSealed(event)), wait: last + SEAL_MS - now };
}
