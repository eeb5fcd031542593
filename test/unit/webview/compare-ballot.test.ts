import { describe, expect, it, vi } from 'vitest';
import type { Comparison, SetState } from '../../../src/extension/panels/messages/compare.ts';
import { type Answer, Ballot } from '../../../src/webview/compare/ballot.ts';

const cell = { pictures: 'a', open: null };

function comparison(change: Partial<SetState> = {}, canVote = true): Comparison {
  const set: SetState = {
    prompt: 0,
    seed: 1,
    phase: 'votable',
    ready: 3,
    cells: [cell, cell, cell],
    best: null,
    note: '',
    skipped: false,
    ...change,
  };
  return {
    kind: 'comparison',
    job: 'job',
    title: '',
    mode: 'full',
    ended: 3,
    total: 3,
    etaMs: null,
    drawing: false,
    paused: false,
    blind: true,
    contenders: 3,
    names: null,
    prompts: [],
    sets: [set],
    next: 0,
    standing: '',
    canVote,
  };
}

function ballot() {
  const sent: Answer[] = [];
  let arrive: () => void = () => undefined;
  const changed = vi.fn();
  const made = new Ballot(answer => {
    sent.push(answer);
    return new Promise<void>(resolve => (arrive = resolve));
  }, changed);
  return { made, sent, changed, arrive: () => arrive() };
}

describe('a ballot', () => {
  it('sends a pick with its note and the time since the set was first shown', () => {
    const { made, sent } = ballot();
    made.write(0, '  sharp  ');
    made.shown(0, 1000);
    made.shown(0, 5000);
    expect(made.press({ name: 'pick', place: 1 }, comparison(), 0, 3500.4)).toBe('taken');
    expect(sent).toEqual([{ set: 0, best: [1], note: 'sharp', durationMs: 2500 }]);
  });

  it('judges nothing that was not seen', () => {
    const { made, sent } = ballot();
    made.press({ name: 'noneGood' }, comparison(), 0, 10);
    expect(sent).toEqual([]);
  });

  it('answers once while an answer is on its way', async () => {
    const { made, sent, arrive } = ballot();
    made.shown(0, 0);
    made.press({ name: 'pick', place: 0 }, comparison(), 0, 1);
    expect(made.busy).toBe(true);
    made.press({ name: 'pick', place: 1 }, comparison(), 0, 2);
    expect(sent).toHaveLength(1);
    arrive();
    await vi.waitFor(() => expect(made.busy).toBe(false));
  });

  it('is refused where a set cannot be voted on, and leaves other keys alone', () => {
    const { made, sent } = ballot();
    made.shown(0, 0);
    for (const of of [
      comparison({ phase: 'open' }),
      comparison({ phase: 'broken' }),
      comparison({}, false),
    ]) {
      expect(made.press({ name: 'pick', place: 0 }, of, 0, 1)).toBe('refused');
      expect(made.press({ name: 'confirm' }, of, 0, 1)).toBe('elsewhere');
      expect(made.press({ name: 'leave' }, of, 0, 1)).toBe('elsewhere');
    }
    expect(sent).toEqual([]);
  });

  it('leaves a tie first and the set only then', () => {
    const { made, sent, changed } = ballot();
    made.shown(0, 0);
    const of = comparison();
    made.press({ name: 'tie' }, of, 0, 1);
    made.press({ name: 'pick', place: 2 }, of, 0, 2);
    expect(made.voting).toEqual({ kind: 'tie', places: [2] });
    expect(made.press({ name: 'leave' }, of, 0, 3)).toBe('taken');
    expect(made.voting.kind).toBe('idle');
    expect(made.press({ name: 'leave' }, of, 0, 4)).toBe('elsewhere');
    expect(sent).toEqual([]);
    changed.mockClear();
    made.reset();
    expect(changed).not.toHaveBeenCalled();
  });
});
