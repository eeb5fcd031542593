import { FORECAST_LIMIT } from '../ratings/forecast.ts';
import type { Leaderboard } from './leaderboard.ts';
import { rulingFinding } from './ruling-finding.ts';

/** What a leaderboard says of the best contender, in one or two English sentences; the editor says the same in its language. */
export function rulingText(board: Leaderboard): string {
  const finding = rulingFinding(board);
  if (finding.kind === 'nothing') return 'No verdict yet: nothing was voted on.';
  if (finding.kind === 'noPreference') {
    return 'No verdict yet: no vote preferred one to another.';
  }
  const { best, unlinked } = finding;
  const aside = unlinked.length === 0 ? '' : ` Never compared with it: ${listed(unlinked)}.`;
  if (finding.kind === 'open') {
    return `No verdict yet: ${best} is ahead, ${neededText(finding.votesNeeded)} if it goes on like this.${aside}`;
  }
  const { notToldApart } = finding;
  return notToldApart.length === 0
    ? `Verdict: ${best} is better than each of the others.${aside}`
    : `Verdict: ${best} is ahead of the others, but not told apart from ${listed(notToldApart)} alone.${aside}`;
}

function neededText(votes: number | null): string {
  if (votes === null) return `more than ${FORECAST_LIMIT} votes would be needed`;
  return `about ${votes} more ${votes === 1 ? 'vote' : 'votes'} needed`;
}

function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
