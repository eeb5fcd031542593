import { describe, expect, it } from 'vitest';
import { lookedAtSeries } from '../../../../bench/ratings/series.ts';
import { luceVoter } from '../../../../bench/ratings/voter.ts';
import { type Choice, tabulate } from '../../../../src/project/ratings/choices.ts';
import { fitStrengths } from '../../../../src/project/ratings/fit.ts';
import { byPromise, nextSet } from '../../../../src/project/ratings/next-set.ts';
import { verdictOf } from '../../../../src/project/ratings/verdict.ts';

function picks(shown: string[], name: string, times: number): Choice[] {
  return Array.from({ length: times }, () => ({ shown, best: [name] }));
}

function verdict(choices: readonly Choice[]) {
  const table = tabulate(choices);
  return verdictOf(table, fitStrengths(table));
}

describe('the verdict', () => {
  it('does not come before every contender had a fair number of votes', () => {
    expect(verdict(picks(['a', 'b'], 'a', 7))?.decided).toBe(false);
    expect(verdict(picks(['a', 'b'], 'a', 8))?.decided).toBe(true);
  });

  it('takes higher odds the longer somebody looked', () => {
    const needed = [5, 50, 100].map(
      times =>
        verdict([...picks(['a', 'b'], 'a', times), ...picks(['a', 'b'], 'b', times)])?.needed,
    );
    expect(needed).toEqual(needed.toSorted((a, b) => a! - b!));
    expect(needed[2]).toBe(2 * needed[1]!);
  });

  it('leaves those out of contention that are clearly worse', () => {
    const found = verdict([...picks(['a', 'b', 'c'], 'a', 20), ...picks(['a', 'b', 'c'], 'b', 18)]);
    expect(found).toMatchObject({ best: 0, inContention: [1], decided: false });
  });

  it('is none with fewer than two contenders', () => {
    const table = tabulate([], ['a']);
    expect(verdictOf(table, fitStrengths(table))).toBeNull();
  });

  const shapes = [
    [2, 2],
    [4, 2],
    [4, 4],
  ] as const;
  for (const [contenders, shown] of shapes) {
    it(`rarely names one of ${contenders} equals the best, ${shown} shown, and finds one three times as good`, () => {
      const runs = 120;
      const series = (strengths: number[], seed: number, limit: number) =>
        lookedAtSeries({ strengths, shown, voter: luceVoter, seed, limit });
      const equal = Array.from({ length: contenders }, () => 0);
      const better = [...equal.slice(1), Math.log(3)];
      let falsely = 0;
      const votes: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        if (series(equal, run * 97 + 1, 200).best >= 0) falsely += 1;
        const found = series(better, run * 89 + 5, 100);
        votes.push(found.best === contenders - 1 ? found.votes : Infinity);
      }
      // Measured with 2,000 runs: 4-9 % and 20-30 votes; see docs/ratings.md.
      expect(falsely / runs).toBeLessThan(0.17);
      expect(votes.toSorted((a, b) => a - b)[runs / 2]).toBeLessThan(42);
    });
  }
});

describe('the next set', () => {
  it('shows everything once before it shows what lost again', () => {
    const first = tabulate([], ['a', 'b', 'c', 'd']);
    expect(byPromise(first).slice(0, 2)).toEqual([0, 1]);
    const second = tabulate(picks(['a', 'b'], 'a', 1), ['c', 'd']);
    expect(byPromise(second)).toEqual([0, 2, 3, 1]);
  });

  it('is the one with the most promising contenders of those there are', () => {
    const order = [2, 0, 1, 3];
    expect(
      nextSet(order, [
        [0, 1],
        [1, 2],
        [0, 2],
        [0, 2],
      ]),
    ).toBe(2);
    expect(
      nextSet(order, [
        [0, 2],
        [0, 1, 2],
      ]),
    ).toBe(1);
    expect(nextSet(order, [])).toBe(-1);
  });
});
