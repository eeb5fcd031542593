import { ChoiceCounter, type ChoiceTable } from '../ratings/choices.ts';
import { type Fit, fitStrengths } from '../ratings/fit.ts';
import { strongest } from '../ratings/strongest.ts';
import { passes, type Slices, slicesOf, type VoteFilter } from './filter.ts';
import { type HeadToHead, headToHead } from './head-to-head.ts';
import { type Ruling, rulingOf } from './ruling.ts';
import { skippedSets, standingVotes } from './standing.ts';
import type { Vote, VoteEvent } from './vote-event.ts';

/** Standard deviations on both sides that hold 90 % of a normal distribution. */
const NINETY = 1.6448536269514722;

/** A contender's place among the others. */
export interface Standing {
  digest: string;
  /** The one it had in its last vote. */
  name: string;
  /** Mean-zero natural logarithm of strength: ln 3 more means picked three times as often. */
  strength: number;
  /** 90 % interval of the strength. */
  low: number;
  high: number;
  /** Sets that showed it, those that had none good among them. */
  appearances: number;
  /** Sets in which it alone was named best. */
  picks: number;
  /** Sets in which it was named best with others. */
  ties: number;
}

/** What votes say of contenders: derived from them each time, never stored. */
export interface Leaderboard {
  /** By falling strength. */
  standings: Standing[];
  headToHead: HeadToHead[];
  /** Votes that named at least one best. */
  rated: number;
  /** Votes that found none good: counted, never rated. */
  noneGood: number;
  /** Sets that were looked at and left. Not filtered, since a skip tells nothing of its set. */
  skipped: number;
  /** null with fewer than two contenders. */
  ruling: Ruling | null;
  /** What all standing votes could be filtered by. */
  slices: Slices;
  table: ChoiceTable;
  fit: Fit;
}

/**
 * Rates contenders by the votes that stand. The same to the last digit whatever the order of the
 * events.
 */
export function leaderboardOf(events: readonly VoteEvent[], filter: VoteFilter = {}): Leaderboard {
  const standing = standingVotes(events);
  return leaderboardOfVotes(standing, skippedSets(events, standing), filter);
}

/**
 * The same for who asks again with another filter.
 * @param standing the votes that stand, as `standingVotes` gives them
 * @param skipped what `skippedSets` gives
 */
export function leaderboardOfVotes(
  standing: readonly Vote[],
  skipped: number,
  filter: VoteFilter,
): Leaderboard {
  const votes = standing.filter(vote => passes(vote, filter));
  const entries = tallied(votes);
  const counter = new ChoiceCounter(entries.keys());
  const rated = votes.filter(({ best }) => best.length > 0);
  for (const { contenders, best } of rated) {
    counter.add({ shown: contenders.map(({ digest }) => digest), best });
  }
  const table = counter.table();
  const fit = fitStrengths(table);
  const n = table.contenders.length;
  const standings = strongest(fit).map((place): Standing => {
    const digest = table.contenders[place] ?? '';
    const strength = fit.strengths[place] ?? 0;
    const reach = NINETY * Math.sqrt(Math.max(0, fit.covariance[place * n + place] ?? 0));
    const tally = entries.get(digest) ?? newTally();
    return { digest, ...tally, strength, low: strength - reach, high: strength + reach };
  });
  return {
    standings,
    headToHead: headToHead(votes),
    rated: rated.length,
    noneGood: votes.length - rated.length,
    skipped,
    ruling: rulingOf(table, fit),
    slices: slicesOf(standing),
    table,
    fit,
  };
}

type Tally = Pick<Standing, 'name' | 'appearances' | 'picks' | 'ties'>;

function newTally(): Tally {
  return { name: '', appearances: 0, picks: 0, ties: 0 };
}

/** @param votes in the order of their time, so that the last name stays */
function tallied(votes: readonly Vote[]): Map<string, Tally> {
  const entries = new Map<string, Tally>();
  for (const { contenders, best } of votes) {
    for (const { digest, name } of contenders) {
      const tally = entries.get(digest) ?? newTally();
      entries.set(digest, tally);
      tally.name = name;
      tally.appearances += 1;
      if (!best.includes(digest)) continue;
      if (best.length === 1) tally.picks += 1;
      else tally.ties += 1;
    }
  }
  return entries;
}
