import { describe, expect, it } from 'vitest';
import { IDLE, type VoteKey, voteStep, type Voting } from '../../../src/webview/compare/vote.ts';

function press(contenders: number, ...keys: readonly (VoteKey['name'] | number)[]) {
  let voting: Voting = IDLE;
  let best: readonly number[] | null = null;
  let taken = true;
  for (const key of keys) {
    const pressed: VoteKey =
      typeof key === 'number'
        ? { name: 'pick', place: key }
        : { name: key as Exclude<VoteKey['name'], 'pick'> };
    ({ voting, best, taken } = voteStep(voting, pressed, contenders));
  }
  return { voting, best, taken };
}

describe('an answer', () => {
  it('is a pick with one key', () => {
    expect(press(3, 2)).toEqual({ voting: IDLE, best: [2], taken: true });
  });

  it('takes no place that is not there', () => {
    expect(press(2, 2)).toEqual({ voting: IDLE, best: null, taken: false });
    expect(press(3, 'tie', 3).voting).toEqual({ kind: 'tie', places: [] });
  });

  it('is a tie of two at once', () => {
    expect(press(2, 'tie').best).toEqual([0, 1]);
  });

  it.each([3, 4])('asks which of %d are equally good', contenders => {
    expect(press(contenders, 'tie')).toEqual({
      voting: { kind: 'tie', places: [] },
      best: null,
      taken: true,
    });
    expect(press(contenders, 'tie', 2, 0, 'confirm').best).toEqual([0, 2]);
    expect(press(contenders, 'tie', 2, 0, 2, 1, 'confirm').best).toEqual([0, 1]);
  });

  it('is no tie of one', () => {
    const { voting, best } = press(4, 'tie', 1, 'confirm');
    expect(best).toBeNull();
    expect(voting).toEqual({ kind: 'tie', places: [1] });
  });

  it('is left without a trace', () => {
    expect(press(4, 'tie', 1, 'leave')).toEqual({ voting: IDLE, best: null, taken: true });
    expect(press(4, 'leave').taken).toBe(false);
  });

  it('is none good, but not by a slip while a tie is chosen', () => {
    expect(press(4, 'noneGood').best).toEqual([]);
    expect(press(4, 'tie', 1, 'noneGood').best).toBeNull();
  });
});
