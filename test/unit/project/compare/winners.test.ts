import { describe, expect, test } from 'vitest';
import { cellRecipe } from '../../../../src/project/compare/cell-recipe.ts';
import { winnersInFull } from '../../../../src/project/compare/winners.ts';
import { generateSpecSchema } from '../../../../src/protocol/jobs.ts';
import { comparison } from './comparisons.ts';

const DRAFT = comparison({
  mode: 'draft',
  base: { steps: 24, cfg: 6, negative: 'blurry' },
  contenders: [{ checkpoint: 'a' }, { checkpoint: 'b', steps: 30 }],
});

describe('winners in full', () => {
  test('are the chosen cells with their own steps, guidance and seed', () => {
    const spec = winnersInFull(DRAFT, [
      { set: 3, contender: 1 },
      { set: 4, contender: 0 },
    ]);
    expect(generateSpecSchema.parse(spec)).toEqual(spec);
    expect(spec.items.map(({ recipe }) => recipe)).toEqual([
      {
        prompt: 'stone floor',
        seed: 7,
        checkpoint: 'a',
        steps: 24,
        cfg: 6,
        negative: 'blurry',
      },
      {
        prompt: 'knight',
        seed: 8,
        size: [32, 48],
        checkpoint: 'b',
        steps: 30,
        cfg: 6,
        negative: 'blurry',
      },
    ]);
    expect(spec.items.map(({ name }) => name)).toEqual(['floor', undefined]);
  });

  test('are what the comparison would draw were it no draft', () => {
    const full = { ...DRAFT, mode: 'full' as const };
    const [item] = winnersInFull(DRAFT, [{ set: 0, contender: 0 }]).items;
    expect(item?.recipe).toEqual(cellRecipe(full, { contender: 0, prompt: 0, seed: 0 }, null));
  });

  test('are drawn once when they are chosen twice', () => {
    const cell = { set: 0, contender: 0 };
    expect(winnersInFull(DRAFT, [cell, { ...cell }]).items).toHaveLength(1);
  });

  test('are refused where nothing is chosen, there is no such cell, or they are in full already', () => {
    expect(() => winnersInFull(DRAFT, [])).toThrow('Choose');
    expect(() => winnersInFull(DRAFT, [{ set: 6, contender: 0 }])).toThrow(RangeError);
    const full = { ...DRAFT, mode: 'full' as const };
    expect(() => winnersInFull(full, [{ set: 0, contender: 0 }])).toThrow('in full already');
  });
});
