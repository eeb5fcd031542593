import { FORECAST_LIMIT } from '../ratings/forecast.ts';
import type { Leaderboard } from './leaderboard.ts';

/** What a leaderboard says of the best contender, in one or two sentences. */
export function rulingText({ ruling, rated, standings }: Leaderboard): string {
  const nameOf = (digest: string) =>
    standings.find(standing => standing.digest === digest)?.name ?? digest.slice(0, 8);
  if (ruling === null || rated === 0) return 'No verdict yet: nothing was voted on.';
  const { decided, best, notToldApart, unlinked, votesNeeded } = ruling;
  const aside =
    unlinked.length === 0 ? '' : ` Never compared with it: ${listed(unlinked.map(nameOf))}.`;
  if (unlinked.length === standings.length - 1) {
    return 'No verdict yet: no vote preferred one to another.';
  }
  if (decided && notToldApart.length === 0) {
    return `Verdict: ${nameOf(best)} is better than each of the others.${aside}`;
  }
  if (decided) {
    return `Verdict: ${nameOf(best)} is ahead of the others, but not told apart from ${listed(notToldApart.map(nameOf))} alone.${aside}`;
  }
  const more =
    votesNeeded === null
      ? `more than ${FORECAST_LIMIT} votes would be needed`
      : `about ${votesNeeded} more ${votesNeeded === 1 ? 'vote' : 'votes'} needed`;
  return `No verdict yet: ${nameOf(best)} is ahead, ${more} if it goes on like this.${aside}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
