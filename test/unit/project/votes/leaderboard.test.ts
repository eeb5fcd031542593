import { describe, expect, it } from 'vitest';
import { leaderboardOf } from '../../../../src/project/votes/leaderboard.ts';
import { rulingText } from '../../../../src/project/votes/ruling-text.ts';
import { standingVotes } from '../../../../src/project/votes/standing.ts';
import type { VoteEvent } from '../../../../src/project/votes/vote-event.ts';
import { manyVotes } from '../../../../bench/ratings/leaderboard-times.ts';
import { randomOf } from '../../../../bench/ratings/voter.ts';
import { contender, skip, undo, vote } from './events.ts';

/** So many votes for the first of two. */
function wins(from: number, count: number, shown: string[], best: string[]): VoteEvent[] {
  return Array.from({ length: count }, (_, at) => vote(from + at, shown, best));
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomOf(seed);
  return items
    .map(item => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const names = (board: ReturnType<typeof leaderboardOf>) => board.standings.map(one => one.name);

describe('the leaderboard', () => {
  it('puts the one first that was picked more often, with what became of each', () => {
    const board = leaderboardOf([
      ...wins(1, 6, ['a', 'b'], ['b']),
      ...wins(10, 2, ['a', 'b'], ['a']),
      ...wins(20, 1, ['a', 'b'], ['a', 'b']),
      ...wins(30, 3, ['a', 'b'], []),
    ]);
    expect(names(board)).toEqual(['b', 'a']);
    const [b, a] = board.standings;
    expect(b).toMatchObject({ picks: 6, ties: 1, appearances: 12 });
    expect(a).toMatchObject({ picks: 2, ties: 1, appearances: 12 });
    expect(board).toMatchObject({ rated: 9, noneGood: 3 });
    expect(b!.strength).toBeCloseTo(-a!.strength, 12);
    expect(b!.low).toBeLessThan(b!.strength);
    expect(board.headToHead).toHaveLength(1);
    const pair = board.headToHead[0]!;
    const byName = { [pair.first]: pair.firstBetter, [pair.second]: pair.secondBetter };
    expect(byName).toEqual({ [b!.digest]: 6, [a!.digest]: 2 });
    expect(pair).toMatchObject({ tied: 1, neither: 3 });
  });

  it('never rates "none good"', () => {
    const votes = wins(1, 5, ['a', 'b'], ['a']);
    const rejected = wins(50, 40, ['a', 'b'], []);
    const strengths = (events: VoteEvent[]) =>
      leaderboardOf(events).standings.map(({ strength, low, high }) => [strength, low, high]);
    expect(strengths([...votes, ...rejected])).toEqual(strengths(votes));
  });

  it('is the same to the last digit whatever the order of the events', () => {
    const events = [...manyVotes(300), { ...undo(900, 7), voter: 'someone' }, skip(901, 3)];
    const board = JSON.stringify(leaderboardOf(events));
    for (const seed of [1, 2, 3]) {
      expect(JSON.stringify(leaderboardOf(shuffled(events, seed)))).toBe(board);
    }
  });

  it('honours an undo and lets the last vote on a set count', () => {
    const on = (number: number, best: string[]) => vote(number, ['a', 'b'], best, { set: 5 });
    const [old, changed] = [on(1, ['a']), on(2, ['b'])];
    expect(standingVotes([changed, old])).toEqual([changed]);
    expect(standingVotes([old, changed, undo(3, 2)])).toEqual([old]);
    // What is taken back stays so, and an undo of what is not there says nothing.
    expect(standingVotes([old, changed, undo(3, 2), undo(4, 3), undo(5, 77)])).toEqual([old]);
    // Nobody takes back what another one voted: the panel of that one would go on showing it.
    expect(standingVotes([old, { ...undo(3, 1), voter: 'bob' }])).toEqual([old]);
    expect(leaderboardOf([old, undo(3, 1)]).standings).toEqual([]);
  });

  it('counts votes of several people on one set each', () => {
    const events = ['ann', 'ben'].map((voter, at) =>
      vote(at, ['a', 'b'], ['a'], { set: 5, voter }),
    );
    expect(leaderboardOf(events).rated).toBe(2);
  });

  it('counts a skipped set only until it is voted on', () => {
    expect(leaderboardOf([skip(1, 4), skip(2, 4), skip(3, 6)]).skipped).toBe(2);
    expect(leaderboardOf([skip(1, 4), vote(4, ['a', 'b'], ['a'])]).skipped).toBe(0);
  });

  it('knows a contender by its digest and calls it by its last name', () => {
    const renamed = vote(2, ['a', 'b'], ['a']);
    renamed.contenders = renamed.contenders.map(one =>
      one.name === 'a' ? { ...one, name: 'arcade' } : one,
    );
    const board = leaderboardOf([renamed, vote(1, ['a', 'b'], ['a'])]);
    expect(names(board)).toEqual(['arcade', 'b']);
    expect(board.standings[0]?.digest).toBe(contender('a').digest);
  });

  it('takes only what the filter lets through, and tells by what it could filter', () => {
    const events = [
      vote(1, ['a', 'b'], ['a'], { category: 'tile', size: [16, 16] }),
      vote(2, ['a', 'b'], ['b'], { mode: 'draft' }),
      vote(3, ['a', 'b'], ['b'], { mode: 'draft' }),
    ];
    expect(leaderboardOf(events, { category: 'tile' }).rated).toBe(1);
    expect(leaderboardOf(events, { size: [32, 32] }).rated).toBe(2);
    expect(names(leaderboardOf(events, { mode: 'draft' }))).toEqual(['b', 'a']);
    expect(names(leaderboardOf(events, { mode: 'full' }))).toEqual(['a', 'b']);
    expect(leaderboardOf(events, { contenders: [contender('a').digest] }).rated).toBe(0);
    expect(leaderboardOf(events, { mode: 'draft' }).slices).toEqual({
      categories: [
        { value: 'item', votes: 2 },
        { value: 'tile', votes: 1 },
      ],
      sizes: [
        { value: [32, 32], votes: 2 },
        { value: [16, 16], votes: 1 },
      ],
      modes: [
        { value: 'draft', votes: 2 },
        { value: 'full', votes: 1 },
      ],
    });
  });
});

describe('the ruling', () => {
  const textOf = (events: VoteEvent[]) => rulingText(leaderboardOf(events));

  it('says that nothing was voted on', () => {
    expect(textOf([])).toBe('No verdict yet: nothing was voted on.');
    expect(leaderboardOf([]).ruling).toBeNull();
  });

  it('says how many votes are needed if it goes on like this, fewer with every one that agrees', () => {
    const needed = [3, 5, 7].map(count => {
      const { ruling } = leaderboardOf(wins(1, count, ['a', 'b'], ['a']));
      expect(ruling?.decided).toBe(false);
      return ruling?.votesNeeded ?? Infinity;
    });
    expect(needed.every(Number.isFinite)).toBe(true);
    expect(needed).toEqual(needed.toSorted((a, b) => b - a));
    expect(needed[2]).toBeGreaterThan(0);
    expect(textOf(wins(1, 5, ['a', 'b'], ['a']))).toMatch(
      /^No verdict yet: a is ahead, about \d+ more votes needed/,
    );
  });

  it('does not promise a verdict where two are equal', () => {
    const events = [...wins(1, 20, ['a', 'b'], ['a']), ...wins(50, 20, ['a', 'b'], ['b'])];
    expect(leaderboardOf(events).ruling?.votesNeeded).toBeNull();
    expect(textOf(events)).toContain('more than 500 votes');
  });

  it('decides for one that clearly wins', () => {
    const events = [...wins(1, 20, ['a', 'b'], ['a']), ...wins(50, 2, ['a', 'b'], ['b'])];
    expect(leaderboardOf(events).ruling).toMatchObject({ decided: true, votesNeeded: 0 });
    expect(textOf(events)).toBe('Verdict: a is better than each of the others.');
  });

  it('names those that the best was never compared with', () => {
    const events = [...wins(1, 20, ['a', 'b'], ['a']), ...wins(50, 2, ['c', 'd'], ['c'])];
    expect(leaderboardOf(events).ruling?.decided).toBe(true);
    expect(textOf(events)).toMatch(/Never compared with it: (c and d|d and c)\.$/);
  });

  it('names the rival that it does not tell the best apart from', () => {
    const all = ['a', 'b', 'c', 'd'];
    const events = [
      ...wins(1, 12, all, ['a']),
      ...wins(100, 4, all, ['b']),
      ...wins(200, 3, all, ['c']),
      ...wins(300, 3, all, ['d']),
    ];
    const { ruling } = leaderboardOf(events);
    expect(ruling?.best).toBe(contender('a').digest);
    expect(ruling?.decided).toBe(true);
    expect(ruling?.notToldApart).toEqual([contender('b').digest]);
    expect(textOf(events)).toBe(
      'Verdict: a is ahead of the others, but not told apart from b alone.',
    );
  });
});
