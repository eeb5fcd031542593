import { FORECAST_LIMIT } from '../../project/ratings/forecast.ts';
import type { Leaderboard } from '../../project/votes/leaderboard.ts';
import { rulingFinding } from '../../project/votes/ruling-finding.ts';
import { t } from '../l10n.ts';

/** What a leaderboard says of the best contender, in the editor's language. */
export function rulingWords(board: Pick<Leaderboard, 'ruling' | 'rated' | 'standings'>): string {
  const finding = rulingFinding(board);
  if (finding.kind === 'nothing') return t('No verdict yet: nothing was voted on.');
  if (finding.kind === 'noPreference') {
    return t('No verdict yet: no vote preferred one to another.');
  }
  const { best, unlinked } = finding;
  const said =
    finding.kind === 'open'
      ? openWords(best, finding.votesNeeded)
      : decidedWords(best, finding.notToldApart);
  if (unlinked.length === 0) return said;
  return `${said} ${t('Never compared with it: {0}.', listed(unlinked))}`;
}

function openWords(best: string, votes: number | null): string {
  if (votes === null) {
    return t(
      'No verdict yet: {0} is ahead, more than {1} votes would be needed if it goes on like this.',
      best,
      FORECAST_LIMIT,
    );
  }
  // Whole sentences: no language puts the pieces of another one together.
  return votes === 1
    ? t('No verdict yet: {0} is ahead, about 1 more vote needed if it goes on like this.', best)
    : t(
        'No verdict yet: {0} is ahead, about {1} more votes needed if it goes on like this.',
        best,
        votes,
      );
}

function decidedWords(best: string, notToldApart: readonly string[]): string {
  return notToldApart.length === 0
    ? t('Verdict: {0} is better than each of the others.', best)
    : t(
        'Verdict: {0} is ahead of the others, but not told apart from {1} alone.',
        best,
        listed(notToldApart),
      );
}

function listed(names: readonly string[]): string {
  const [last = '', ...before] = names.toReversed();
  return before.length === 0 ? last : t('{0} and {1}', before.toReversed().join(', '), last);
}
