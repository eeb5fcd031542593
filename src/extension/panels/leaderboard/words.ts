import { t } from '../../l10n.ts';
import type { LeaderboardWords } from '../messages/leaderboard.ts';

/**
 * The words of the leaderboard in the editor's language. Holes are filled in by the page.
 * @param folder address of the workspace folder
 */
export function leaderboardWords(folder: string): LeaderboardWords {
  return {
    folder,
    title: t('Leaderboard'),
    loading: t('Reading the votes…'),
    failed: t('That did not work: {0}'),
    empty: t('Nobody has voted here yet.'),
    emptyHint: t(
      'Compare two to four models on the same prompts and seeds, and choose blind which picture is best. The votes decide which model this game draws with.',
    ),
    compare: t('Compare Models…'),
    noMatch: t('No vote matches these filters.'),
    filters: t('Votes that count'),
    category: t('Category'),
    size: t('Size'),
    mode: t('Drawn as'),
    job: t('Comparison'),
    contenders: t('Contenders'),
    contendersAll: t('Contenders: all'),
    contendersSome: t('Contenders: {0} of {1}'),
    all: t('All'),
    choice: t('{0} ({1})'),
    clear: t('Count All Votes'),
    standings: t('Standings'),
    standingsHint: t(
      'The average contender has strength 1; one with 2 is picked twice as often. Each line is where a strength lies with 90 % certainty, the band is that of the strongest.',
    ),
    rank: t('Rank'),
    contender: t('Contender'),
    strength: t('Strength'),
    picked: t('Picked'),
    tied: t('Tied'),
    shown: t('Shown'),
    times: t('{0}×'),
    interval: t('90 % interval'),
    drawn: t('Strength {0}, with 90 % certainty between {1} and {2}'),
    best: t('best'),
    makeDefault: t('Make Default'),
    makeDefaultOf: t('Make Default: {0} becomes the project’s'),
    makeVerdictDefault: t('Make It the Project’s Default'),
    headToHead: t('Head to Head'),
    headToHeadHint: t(
      'Sets in which the row’s contender was named best and the column’s was not, the other way round, and (in brackets) in which both were.',
    ),
    pair: t('{0} : {1}'),
    pairTied: t('({0})'),
    pairSpoken: t('{0} better {2} times, {1} better {3} times, {4} times tied, {5} times neither'),
    pairNever: t('{0} and {1} were never shown together'),
    rated: t('{0} votes count'),
    ratedOne: t('1 vote counts'),
    noneGood: t('{0} found none good'),
    skipped: t('{0} skipped'),
    problems: t('{0} lines of the votes file are left out'),
    problemsOne: t('1 line of the votes file is left out'),
    problemLine: t('Line {0}: {1}'),
    problemOpen: t('Open'),
    problemOpenLine: t('Open line {0} of the votes file'),
    moreProblems: t('and {0} more'),
    exportVotes: t('Export Votes…'),
  };
}
