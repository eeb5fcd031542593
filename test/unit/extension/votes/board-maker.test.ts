import { describe, expect, it } from 'vitest';
import { BoardMaker } from '../../../../src/extension/panels/leaderboard/board-maker.ts';
import { folderOfState } from '../../../../src/extension/panels/leaderboard/panel-state.ts';
import { ALL_VOTES } from '../../../../src/extension/panels/messages/leaderboard.ts';
import type { VoteEvent } from '../../../../src/project/votes/vote-event.ts';
import { contender, idOf, skip, vote } from '../../project/votes/events.ts';

const digest = (name: string): string => contender(name).digest;
const events: VoteEvent[] = [
  vote(1, ['a', 'b'], ['a']),
  vote(2, ['a', 'b'], ['a', 'b'], { category: 'tile', mode: 'draft' }),
  vote(3, ['a', 'c'], ['c'], { size: [16, 24], job: idOf(2_000_000) }),
  vote(4, ['b', 'c'], []),
  skip(5, 77),
];
const make = (filter = {}, list: readonly VoteEvent[] = events) =>
  new BoardMaker(iso => iso.slice(0, 10)).make(list, [], { ...ALL_VOTES, ...filter });

describe('what the leaderboard shows', () => {
  it('counts votes, and says what they can be told apart by', () => {
    const board = make();
    expect(board).toMatchObject({ votes: 4, rated: 3, noneGood: 1, skipped: 1, best: null });
    expect(board.verdict).toMatch(/^No verdict yet: /);
    expect(board.rows.map(({ label }) => label).toSorted()).toEqual(['a', 'b', 'c']);
    expect(board.categories).toEqual([
      { value: 'item', label: 'Items', votes: 3 },
      { value: 'tile', label: 'Tiles', votes: 1 },
    ]);
    expect(board.sizes.map(({ value }) => value)).toEqual(['32x32', '16x24']);
    expect(board.jobs.map(({ label }) => label).toSorted()).toEqual([
      '2026-11-01: a, b, c',
      '2026-11-01: a, c',
    ]);
    expect(board.contenders).toEqual([
      { value: digest('a'), label: 'a', votes: 3 },
      { value: digest('b'), label: 'b', votes: 3 },
      { value: digest('c'), label: 'c', votes: 2 },
    ]);
  });

  it('counts only what a filter lets through', () => {
    expect(make({ category: 'tile' }).rated).toBe(1);
    expect(make({ size: '16x24' }).rated).toBe(1);
    expect(
      make({ mode: 'draft' })
        .rows.map(({ label }) => label)
        .toSorted(),
    ).toEqual(['a', 'b']);
    expect(make({ job: idOf(2_000_000) }).rated).toBe(1);
    const without = make({ without: [digest('c')] });
    expect([without.rated, without.noneGood]).toEqual([2, 0]);
  });

  it('forgets of a filter what no vote has', () => {
    const asked = { category: 'icon', size: '1x1', job: 'gone', without: ['f'.repeat(64)] };
    expect(make(asked).filter).toEqual(ALL_VOTES);
  });

  it('names contenders of the same name apart, also in the verdict', () => {
    const other = contender('a', { settings: { steps: 8, cfg: 7 } });
    const more: VoteEvent[] = [
      ...events,
      { ...vote(6, ['a', 'b'], []), contenders: [other, contender('a')], best: [other.digest] },
    ];
    const board = make({}, more);
    const row = board.rows.find(each => each.digest === other.digest);
    expect(row?.label).toBe(`a (${other.digest.slice(0, 8)})`);
    expect(row?.difference).toBe('steps: 8, not 28');
    expect(row?.about).toContain('steps 8');
    expect(board.verdict).not.toContain(' a is ahead');
  });

  it('has a best once there is a verdict', () => {
    const many = Array.from({ length: 40 }, (_, at) => vote(at + 1, ['a', 'b'], ['a']));
    expect(make({}, many)).toMatchObject({ best: digest('a') });
  });

  it('tells of the first hundred lines that are left out, and how many there are', () => {
    const problems = Array.from({ length: 150 }, (_, at) => ({ line: at + 1, reason: 'torn' }));
    const board = new BoardMaker(String).make([], problems, ALL_VOTES);
    expect(board).toMatchObject({ votes: 0, problemCount: 150 });
    expect(board.problems).toHaveLength(100);
  });
});

it('a panel finds its folder in what its page stored, and nothing in anything else', () => {
  expect(folderOfState({ version: 1, value: { folder: 'file:///game' } })).toBe('file:///game');
  for (const state of [null, 'x', {}, { value: null }, { value: { folder: 7 } }]) {
    expect(folderOfState(state)).toBeNull();
  }
});
