import { describe, expect, it } from 'vitest';
import { randomSeries } from '../../../../bench/ratings/series.ts';
import { luceVoter, randomOf } from '../../../../bench/ratings/voter.ts';
import { type Choice, tabulate } from '../../../../src/project/ratings/choices.ts';
import { fitStrengths } from '../../../../src/project/ratings/fit.ts';
import { referenceStrengths } from './reference.ts';

/** Answers about up to five contenders, two to four shown, one to all named best. */
function someChoices(seed: number, count: number): Choice[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => {
    const shown = ['a', 'b', 'c', 'd', 'e']
      .map(name => ({ name, key: random() }))
      .sort((one, other) => one.key - other.key)
      .slice(0, 2 + Math.floor(random() * 3))
      .map(({ name }) => name);
    const best = shown.filter(name => random() < (name < 'c' ? 0.5 : 0.2));
    return { shown, best: best.length === 0 ? [shown[0]!] : best };
  });
}

function strengthsOf(choices: readonly Choice[]): Record<string, number> {
  const { contenders, strengths } = fitStrengths(tabulate(choices));
  return Object.fromEntries(contenders.map((name, at) => [name, strengths[at]!]));
}

function expectClose(one: Record<string, number>, other: Record<string, number>): void {
  expect(Object.keys(one).sort()).toEqual(Object.keys(other).sort());
  for (const [name, value] of Object.entries(one)) {
    expect(Math.abs(value - other[name]!), name).toBeLessThan(1e-6);
  }
}

describe('the fit', () => {
  for (const [seed, count] of [
    [1, 5],
    [2, 30],
    [3, 120],
  ] as const) {
    it(`agrees with a plain reference implementation on ${count} choices to 1e-6`, () => {
      const choices = someChoices(seed, count);
      expectClose(strengthsOf(choices), referenceStrengths(choices));
    });
  }

  it('finds ln 3 between two of which one is picked three times as often, with many votes', () => {
    const pick = (name: string) => ({ shown: ['a', 'b'], best: [name] });
    const choices = Array.from({ length: 40_000 }, (_, at) => pick(at % 4 === 0 ? 'b' : 'a'));
    const { a, b } = strengthsOf(choices);
    expect(a! - b!).toBeCloseTo(Math.log(3), 3);
  });

  it('does not let one that never won fall without end', () => {
    const lost = Array.from({ length: 1000 }, () => ({ shown: ['a', 'b'], best: ['a'] }));
    const { a, b } = strengthsOf(lost);
    expect(a! - b!).toBeGreaterThan(3);
    expect(a! - b!).toBeLessThan(10);
  });

  it('takes one pick out of four for one choice, not for three', () => {
    const of = (shown: string[], times: number) =>
      fitStrengths(tabulate(Array.from({ length: times }, () => ({ shown, best: ['a'] }))));
    const spread = ({ covariance, contenders }: ReturnType<typeof of>) =>
      Math.sqrt(covariance[0]! / contenders.length);
    const four = of(['a', 'b', 'c', 'd'], 10);
    const pairs = fitStrengths(
      tabulate(
        ['b', 'c', 'd'].flatMap(other =>
          Array.from({ length: 10 }, () => ({ shown: ['a', other], best: ['a'] })),
        ),
      ),
    );
    expect(spread(four)).toBeGreaterThan(spread(pairs));
  });

  it('learns nothing from a tie between all that were shown', () => {
    const picks = someChoices(5, 20);
    const ties = Array.from({ length: 50 }, () => ({ shown: ['a', 'b'], best: ['a', 'b'] }));
    expectClose(strengthsOf([...picks, ...ties]), strengthsOf(picks));
  });

  it('knows contenders that were never shown, in the middle and unsure', () => {
    const fit = fitStrengths(tabulate([{ shown: ['a', 'b'], best: ['a'] }], ['z']));
    expect(fit.contenders).toEqual(['a', 'b', 'z']);
    expect(fit.strengths[2]).toBeCloseTo(0, 12);
  });

  it('has strengths that sum to zero and a covariance whose rows do', () => {
    const { strengths, covariance, contenders } = fitStrengths(tabulate(someChoices(6, 40)));
    const n = contenders.length;
    expect(strengths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 12);
    for (let row = 0; row < n; row += 1) {
      const sum = covariance.slice(row * n, row * n + n).reduce((total, one) => total + one, 0);
      expect(sum).toBeCloseTo(0, 12);
    }
  });

  it('refuses choices that make no sense', () => {
    const bad: Choice[] = [
      { shown: ['a'], best: ['a'] },
      { shown: ['a', 'a'], best: ['a'] },
      { shown: ['a', 'b'], best: [] },
    ];
    for (const choice of bad) expect(() => tabulate([choice])).toThrow(RangeError);
    expect(() => tabulate([{ shown: ['a', 'b'], best: ['c'] }], ['c'])).toThrow(RangeError);
  });

  it('has intervals that hold the truth about nine times in ten', () => {
    for (const [contenders, votes, shown] of [
      [2, 20, 2],
      [4, 30, 4],
      [4, 100, 2],
    ] as const) {
      let inside = 0;
      const runs = 300;
      for (let run = 0; run < runs; run += 1) {
        const random = randomOf(run * 31 + votes);
        const truth = Array.from({ length: contenders }, () => random() * 3 - 1.5);
        const mean = truth.reduce((sum, one) => sum + one, 0) / contenders;
        const fit = randomSeries(truth, shown, votes, luceVoter, random);
        truth.forEach((strength, at) => {
          const sd = Math.sqrt(fit.covariance[at * contenders + at]!);
          if (Math.abs(strength - mean - fit.strengths[at]!) <= 1.645 * sd) inside += 1;
        });
      }
      const covered = inside / (runs * contenders);
      expect(covered).toBeGreaterThan(0.85);
      expect(covered).toBeLessThan(0.95);
    }
  });
});
