import { describe, expect, it } from 'vitest';
import type {
  CellState,
  Comparison,
  SetState,
} from '../../../src/extension/panels/messages/compare.ts';
import {
  columnsOf,
  nextToVote,
  standingOf,
  tally,
  visibleRows,
} from '../../../src/webview/compare/rows.ts';

function cell(contender: number | null): CellState {
  if (contender === null) return { pictures: 'a', open: null };
  const name = `contender ${contender}`;
  const open = {
    contender,
    name,
    phase: 'done',
    error: null,
    seconds: 1,
    placeholder: false,
  } as const;
  return { pictures: 'a', open };
}

function set(change: Partial<SetState> = {}): SetState {
  return {
    prompt: 0,
    seed: 1,
    phase: 'votable',
    ready: 2,
    cells: [cell(null), cell(null)],
    best: null,
    note: '',
    skipped: false,
    ...change,
  };
}

function comparison(sets: readonly SetState[], change: Partial<Comparison> = {}): Comparison {
  return {
    kind: 'comparison',
    job: 'job',
    title: 'title',
    mode: 'full',
    ended: 0,
    total: 0,
    etaMs: null,
    drawing: false,
    paused: false,
    blind: true,
    contenders: 2,
    names: null,
    prompts: [],
    sets,
    next: null,
    standing: '',
    canVote: true,
    ...change,
  };
}

describe('a set', () => {
  it.each([
    [{}, 'toVote'],
    [{ skipped: true }, 'skipped'],
    [{ best: [] }, 'voted'],
    [{ phase: 'voted', best: [1] }, 'voted'],
    [{ phase: 'open' }, 'shown'],
    [{ phase: 'open', best: [0, 1] }, 'voted'],
    [{ phase: 'drawing', ready: 1 }, 'drawing'],
    [{ phase: 'broken' }, 'broken'],
  ] satisfies [Partial<SetState>, string][])('%o is %s', (change, standing) => {
    expect(standingOf(set(change))).toBe(standing);
  });

  it('keeps the places of its cells until every name is known', () => {
    const open = set({ phase: 'open', cells: [cell(1), cell(0)] });
    const places = (names: readonly string[] | null) =>
      columnsOf(comparison([open], { names }), open).map(({ place }) => place);
    expect(places(null)).toEqual([0, 1]);
    expect(places(['a', 'b'])).toEqual([1, 0]);
  });
});

describe('the next set to vote on', () => {
  it('is the host’s proposal, unless one is there already', () => {
    const sets = [set(), set(), set()];
    expect(nextToVote(comparison(sets, { next: 2 }), null)).toBe(2);
    expect(nextToVote(comparison(sets, { next: 2 }), 2)).toBe(0);
  });

  it('is none of those that were answered, skipped or cannot be', () => {
    const sets = [
      set({ best: [0], phase: 'voted' }),
      set({ skipped: true }),
      set({ phase: 'broken' }),
    ];
    expect(nextToVote(comparison(sets), null)).toBeNull();
    expect(nextToVote(comparison([...sets, set()]), 3)).toBeNull();
    expect(nextToVote(comparison([...sets, set()]), 0)).toBe(3);
    expect(nextToVote(comparison([]), null)).toBeNull();
  });

  it('goes around the end', () => {
    expect(nextToVote(comparison([set(), set({ phase: 'open' }), set({ phase: 'open' })]), 2)).toBe(
      0,
    );
  });
});

describe('the overview', () => {
  it('counts what was voted and what can be', () => {
    const sets = [
      set(),
      set({ skipped: true }),
      set({ best: [1], phase: 'open' }),
      set({ phase: 'broken' }),
    ];
    expect(tally(comparison(sets))).toEqual({ toVote: 2, voted: 1 });
  });

  it('holds the rows that are seen, and a few beside them', () => {
    expect(visibleRows(0, 600, 120, 250)).toEqual({ from: 0, to: 8 });
    expect(visibleRows(12_000, 600, 120, 250)).toEqual({ from: 97, to: 108 });
    expect(visibleRows(29_400, 600, 120, 250).to).toBe(250);
    expect(visibleRows(99_999, 600, 120, 3)).toEqual({ from: 3, to: 3 });
  });
});
