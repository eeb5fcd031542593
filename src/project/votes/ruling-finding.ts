import type { Leaderboard } from './leaderboard.ts';

/** What a leaderboard says of the best contender, before anybody puts it into words. Contenders by name. */
export type RulingFinding =
  /** Nothing was voted on. */
  | { kind: 'nothing' }
  /** There are votes, and none preferred one contender to another. */
  | { kind: 'noPreference' }
  /** No verdict yet; `votesNeeded` is null where it would take more than are forecast. */
  | { kind: 'open'; best: string; votesNeeded: number | null; unlinked: readonly string[] }
  /** A verdict; `notToldApart` is empty when the best is better than each of the others. */
  | {
      kind: 'decided';
      best: string;
      notToldApart: readonly string[];
      unlinked: readonly string[];
    };

/** The finding of a leaderboard, for texts in any language. */
export function rulingFinding({
  ruling,
  rated,
  standings,
}: Pick<Leaderboard, 'ruling' | 'rated' | 'standings'>): RulingFinding {
  const nameOf = (digest: string) =>
    standings.find(standing => standing.digest === digest)?.name ?? digest.slice(0, 8);
  if (ruling === null || rated === 0) return { kind: 'nothing' };
  if (ruling.unlinked.length === standings.length - 1) return { kind: 'noPreference' };
  const best = nameOf(ruling.best);
  const unlinked = ruling.unlinked.map(nameOf);
  return ruling.decided
    ? { kind: 'decided', best, notToldApart: ruling.notToldApart.map(nameOf), unlinked }
    : { kind: 'open', best, votesNeeded: ruling.votesNeeded, unlinked };
}
