import { describe, expect, it } from 'vitest';
import { expandItems } from '../../../src/project/expand.ts';
import { nearNames, suggestNames } from '../../../src/project/near-names.ts';

describe('expanding items to runs', () => {
  it('gives count n with seed s the seeds s … s+n-1, one run each', () => {
    const runs = expandItems([{ name: 'a', recipe: { prompt: 'x', seed: 5 }, count: 3 }], () => 0);
    expect(runs.map(run => [run.name, run.recipe.seed])).toEqual([
      ['a', 5],
      ['a', 6],
      ['a', 7],
    ]);
  });

  it('chooses one seed per item that has none, and counts on from it', () => {
    let next = 100;
    const runs = expandItems(
      [
        { recipe: { prompt: 'x' }, count: 2 },
        { recipe: { prompt: 'y' }, count: 1 },
      ],
      () => (next += 50),
    );
    expect(runs.map(run => run.recipe.seed)).toEqual([150, 151, 200]);
  });

  it('refuses more runs than a job holds, and seeds beyond what a number holds', () => {
    const item = { recipe: { prompt: 'x', seed: 1 }, count: 3000 };
    expect(() => expandItems([item, item], () => 0)).toThrow(/6000 runs/);
    expect(() =>
      expandItems([{ recipe: { prompt: 'x', seed: 2 ** 53 - 1 }, count: 2 }], () => 0),
    ).toThrow(/smaller/);
  });
});

describe('near names', () => {
  const known = [
    'builtin/arcade.safetensors',
    'builtin/glow.safetensors',
    'xl/pixel-art-xl.safetensors',
  ];

  it('are found by stem, whatever folder and ending', () => {
    expect(nearNames('arcad', known)).toEqual(['builtin/arcade.safetensors']);
    expect(nearNames('glwo', known)).toEqual(['builtin/glow.safetensors']);
    expect(nearNames('pixel-art', known)).toEqual(['xl/pixel-art-xl.safetensors']);
    expect(nearNames('zzzzzz', known)).toEqual([]);
  });

  it('end a sentence, with what there is when nothing is near', () => {
    expect(suggestNames('glov', known)).toBe(' Did you mean "builtin/glow.safetensors"?');
    expect(suggestNames('zzzzzz', ['a', 'b'])).toBe(' There are: a, b.');
    expect(suggestNames('zzzzzz', [])).toBe('');
  });
});
