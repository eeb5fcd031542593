import type { SpriteCategory } from '../../../protocol/compare.ts';
import type { Size } from '../../../protocol/recipe.ts';
import { comparisonsOf } from '../../../project/votes/comparisons.ts';
import {
  type ContenderLabel,
  contenderLabels,
  contendersOf,
} from '../../../project/votes/contender-labels.ts';
import { type Slices, slicesOf, type VoteFilter } from '../../../project/votes/filter.ts';
import { type Leaderboard, leaderboardOfVotes } from '../../../project/votes/leaderboard.ts';
import { skippedSets, standingVotes } from '../../../project/votes/standing.ts';
import type { Vote, VotedContender, VoteEvent } from '../../../project/votes/vote-event.ts';
import type { LineProblem } from '../../../project/votes/vote-lines.ts';
import { t } from '../../l10n.ts';
import { differencesInWords, differenceText } from '../../votes/difference-words.ts';
import { rulingWords } from '../../votes/ruling-words.ts';
import type { Board, BoardChoice, BoardFilter, BoardRow } from '../messages/leaderboard.ts';

/** Lines that are told of one by one, and comparisons that can be filtered by. */
const MOST_PROBLEMS = 100;
const MOST_JOBS = 200;
/** Letters of the names of a comparison's contenders. */
const MOST_LETTERS = 60;

/** What votes say that does not depend on a filter; worked out once for each state of the file. */
interface Standing {
  votes: readonly Vote[];
  skipped: number;
  contenders: ReadonlyMap<string, VotedContender>;
  labels: ReadonlyMap<string, ContenderLabel>;
  slices: Slices;
  jobs: readonly BoardChoice[];
}

/** Makes what the leaderboard's page shows of votes. */
export class BoardMaker {
  readonly #timeText: (iso: string) => string;
  #events: readonly VoteEvent[] | null = null;
  #standing: Standing | null = null;

  /** @param timeText an ISO time as a person reads it */
  constructor(timeText: (iso: string) => string) {
    this.#timeText = timeText;
  }

  /** The votes that stand. */
  votes(events: readonly VoteEvent[]): readonly Vote[] {
    return this.#of(events).votes;
  }

  /** A contender as it was in its last vote. */
  contender(events: readonly VoteEvent[], digest: string): VotedContender | null {
    return this.#of(events).contenders.get(digest) ?? null;
  }

  make(events: readonly VoteEvent[], problems: readonly LineProblem[], asked: BoardFilter): Board {
    const { votes, skipped, contenders, labels, slices, jobs } = this.#of(events);
    const filter = present(asked, slices, jobs, contenders);
    const board = leaderboardOfVotes(votes, skipped, voteFilter(filter, contenders));
    const named = board.standings.map(standing => ({
      ...standing,
      name: labels.get(standing.digest)?.label ?? standing.name,
    }));
    return {
      kind: 'board',
      votes: votes.length,
      rows: named.map(standing => rowOf(standing, contenders, labels)),
      pairs: board.headToHead,
      verdict: rulingWords({ ...board, standings: named }),
      best: board.ruling?.decided === true ? board.ruling.best : null,
      rated: board.rated,
      noneGood: board.noneGood,
      skipped: board.skipped,
      filter,
      categories: slices.categories.map(({ value, votes: count }) => ({
        value,
        label: categoryText(value),
        votes: count,
      })),
      sizes: slices.sizes.map(({ value: [width, height], votes: count }) => ({
        value: `${width}x${height}`,
        label: `${width} × ${height}`,
        votes: count,
      })),
      modes: slices.modes.map(({ value, votes: count }) => ({
        value,
        label: value === 'draft' ? t('Drafts') : t('Full renders'),
        votes: count,
      })),
      jobs,
      contenders: choicesOf(votes, labels),
      problems: problems.slice(0, MOST_PROBLEMS),
      problemCount: problems.length,
    };
  }

  #of(events: readonly VoteEvent[]): Standing {
    if (this.#standing !== null && this.#events === events) return this.#standing;
    const votes = standingVotes(events);
    const contenders = contendersOf(votes);
    const labels = contenderLabels(contenders, differencesInWords);
    this.#events = events;
    this.#standing = {
      votes,
      skipped: skippedSets(events, votes),
      contenders,
      labels,
      slices: slicesOf(votes),
      jobs: this.#jobs(votes, labels),
    };
    return this.#standing;
  }

  #jobs(votes: readonly Vote[], labels: ReadonlyMap<string, ContenderLabel>): BoardChoice[] {
    return comparisonsOf(votes)
      .slice(0, MOST_JOBS)
      .map(({ job, votes: count, since, contenders }) => {
        const names = contenders.map(digest => labels.get(digest)?.label ?? '').join(', ');
        const shown =
          names.length > MOST_LETTERS ? `${names.slice(0, MOST_LETTERS).trimEnd()}…` : names;
        return { value: job, label: `${this.#timeText(since)}: ${shown}`, votes: count };
      });
  }
}

function rowOf(
  { digest, name, strength, low, high, picks, ties, appearances }: Leaderboard['standings'][number],
  contenders: ReadonlyMap<string, VotedContender>,
  labels: ReadonlyMap<string, ContenderLabel>,
): BoardRow {
  const contender = contenders.get(digest);
  return {
    digest,
    label: name,
    about: contender === undefined ? '' : aboutText(contender),
    difference: differenceText(labels.get(digest)?.differences ?? []),
    strength,
    low,
    high,
    picks,
    ties,
    appearances,
  };
}

function choicesOf(
  votes: readonly Vote[],
  labels: ReadonlyMap<string, ContenderLabel>,
): BoardChoice[] {
  const counts = new Map<string, number>();
  for (const { contenders } of votes) {
    for (const { digest } of contenders) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  }
  return [...labels]
    .map(([value, { label }]) => ({ value, label, votes: counts.get(value) ?? 0 }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** Checkpoint, LoRAs and settings. */
function aboutText({ workflow, checkpoint, vae, loras, settings }: VotedContender): string {
  const models = loras.map(({ name, strength }) => (strength === 1 ? name : `${name} ${strength}`));
  const said = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  return [checkpoint, ...(vae === null ? [] : [vae]), ...models, workflow, ...said].join(', ');
}

/** A filter without what no vote has, such as a comparison whose votes were taken back. */
function present(
  { category, size, mode, job, without }: BoardFilter,
  slices: Slices,
  jobs: readonly BoardChoice[],
  contenders: ReadonlyMap<string, VotedContender>,
): BoardFilter {
  const has = (choices: readonly { value: unknown }[], value: string) =>
    choices.some(choice => String(choice.value) === value);
  const sizes = slices.sizes.map(({ value }) => ({ value: value.join('x') }));
  return {
    category: category !== null && has(slices.categories, category) ? category : null,
    size: size !== null && has(sizes, size) ? size : null,
    mode: mode !== null && has(slices.modes, mode) ? mode : null,
    job: job !== null && has(jobs, job) ? job : null,
    without: without.filter(digest => contenders.has(digest)),
  };
}

function voteFilter(
  { category, size, mode, job, without }: BoardFilter,
  contenders: ReadonlyMap<string, VotedContender>,
): VoteFilter {
  const [width = 0, height = 0] = size?.split('x').map(Number) ?? [];
  return {
    ...(category !== null && { category }),
    ...(size !== null && { size: [width, height] satisfies Size }),
    ...(mode !== null && { mode }),
    ...(job !== null && { job }),
    ...(without.length > 0 && {
      contenders: [...contenders.keys()].filter(digest => !without.includes(digest)),
    }),
  };
}

function categoryText(category: SpriteCategory): string {
  const texts: Record<SpriteCategory, string> = {
    character: t('Characters'),
    item: t('Items'),
    tile: t('Tiles'),
    icon: t('Icons'),
    other: t('Other'),
  };
  return texts[category];
}
