import { type Leaderboard, leaderboardOf } from '../../../project/votes/leaderboard.ts';
import type { VoteEvent } from '../../../project/votes/vote-event.ts';
import { tabulate } from '../../../project/ratings/choices.ts';
import { byPromise, nextSet } from '../../../project/ratings/next-set.ts';
import { standingVotes } from '../../../project/votes/standing.ts';
import { t } from '../../l10n.ts';
import { rulingWords } from '../../votes/ruling-words.ts';

/** What the votes of a workspace say of a comparison's contenders. */
export interface Standing {
  /** With names. */
  told: string;
  /** Without any. */
  blind: string;
  /** Places of the contenders in the table, by promise. */
  order: readonly number[];
  /** By contender: its place in the table. */
  places: readonly number[];
}

/** The same without a name: how far it is, not who is ahead. */
function blindText({ ruling, rated }: Leaderboard): string {
  if (ruling === null || rated === 0) return t('No verdict yet: nothing was voted on.');
  if (ruling.decided) return t('There is a verdict; it is told when every set is open.');
  const { votesNeeded } = ruling;
  if (votesNeeded === null) return t('No verdict yet: they are close to each other.');
  return votesNeeded === 1
    ? t('No verdict yet: about 1 more vote needed if it goes on like this.')
    : t('No verdict yet: about {0} more votes needed if it goes on like this.', votesNeeded);
}

/**
 * What votes say of contenders.
 * @param digests of the contenders in their order
 */
export function standingOf(events: readonly VoteEvent[], digests: readonly string[]): Standing {
  const board = leaderboardOf(events, { contenders: digests });
  const choices = standingVotes(events).flatMap(({ contenders, best }) =>
    best.length > 0 && contenders.every(({ digest }) => digests.includes(digest))
      ? [{ shown: contenders.map(({ digest }) => digest), best }]
      : [],
  );
  const table = tabulate(choices, digests);
  return {
    told: rulingWords(board),
    blind: blindText(board),
    order: byPromise(table),
    places: digests.map(digest => table.contenders.indexOf(digest)),
  };
}

/**
 * The set whose answer says most, of those that can be voted on: one that was left before comes after the others.
 * @param votable places of the sets with whether they were left
 * @param standing null while the contenders are not known: then the first
 */
export function nextOf(
  votable: readonly { set: number; skipped: boolean }[],
  standing: Standing | null,
): number | null {
  const fresh = votable.filter(({ skipped }) => !skipped);
  const offered = fresh.length > 0 ? fresh : votable;
  const chosen =
    standing === null
      ? 0
      : nextSet(
          standing.order,
          offered.map(() => standing.places),
        );
  return offered[chosen]?.set ?? null;
}
