import { describe, expect, it } from 'vitest';
import { ALL_VOTES } from '../../../src/extension/panels/messages/leaderboard.ts';
import { percentOf, scaleOf, timesText } from '../../../src/webview/leaderboard/scale.ts';
import { meeting } from '../../../src/webview/leaderboard/meeting.ts';
import { countsAll, FIRST_STATE, readState } from '../../../src/webview/leaderboard/state.ts';

describe('the scale of the intervals', () => {
  it('holds every interval, half and twice the average, with the average inside', () => {
    const scale = scaleOf([
      { low: -0.2, high: 0.3 },
      { low: -1.6, high: 0.1 },
    ]);
    expect(scale).toMatchObject({ low: -1.6, high: Math.LN2 });
    expect(scale.ticks.map(({ label }) => label)).toEqual(['1/4', '1/2', '1', '2']);
  });

  it('has marks at powers of two, not too many and the average among them', () => {
    const { ticks } = scaleOf([{ low: -9, high: 9 }]);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.map(({ strength }) => strength)).toContain(0);
    expect(ticks.at(0)?.label).toBe('1/4096');
  });

  it('lies within the width, from left to right', () => {
    const scale = scaleOf([{ low: -2, high: 1 }]);
    const at = [-5, -2, -1, 0, 1, 5].map(strength => percentOf(scale, strength));
    expect(at[0]).toBe(at[1]);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect([at[1], at[4]]).toEqual([5, 95]);
  });

  it('writes strengths in two or three digits', () => {
    const texts = [0, Math.log(3), Math.log(12.34), Math.log(1234), -4, -9].map(timesText);
    expect(texts).toEqual(['1.00', '3.00', '12.3', '1234', '0.02', '0.0001']);
  });
});

describe('what the leaderboard’s page remembers', () => {
  it('is taken as it was', () => {
    const filter = { category: 'tile', size: '16x24', mode: 'draft', job: 'x', without: ['d'] };
    expect(readState({ folder: 'file:///game', filter })).toEqual({
      folder: 'file:///game',
      filter,
    });
  });

  it('begins anew with what is not whole', () => {
    for (const filter of [null, 7, { category: 'hero', size: '1', mode: 3, without: 'x' }]) {
      expect(readState({ folder: 7, filter })).toEqual(FIRST_STATE);
    }
  });

  it('knows whether every vote counts', () => {
    expect(countsAll(ALL_VOTES)).toBe(true);
    expect(countsAll({ ...ALL_VOTES, without: ['d'] })).toBe(false);
    expect(countsAll({ ...ALL_VOTES, size: '32x32' })).toBe(false);
  });
});

it('a pair is the same seen from either side', () => {
  const pairs = [{ first: 'a', second: 'b', firstBetter: 5, secondBetter: 2, tied: 1, neither: 3 }];
  expect(meeting(pairs, 'a', 'b')).toEqual({ better: 5, worse: 2, tied: 1, neither: 3 });
  expect(meeting(pairs, 'b', 'a')).toEqual({ better: 2, worse: 5, tied: 1, neither: 3 });
  expect(meeting(pairs, 'a', 'c')).toBeNull();
});
