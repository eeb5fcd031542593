import { describe, expect, test } from 'vitest';
import {
  cellAt,
  cellCount,
  cellsOf,
  runOfCell,
  seedsOf,
  setCount,
} from '../../../../src/project/compare/cells.ts';
import { cellRecipe, planCells } from '../../../../src/project/compare/cell-recipe.ts';
import { comparison } from './comparisons.ts';

const LORA = { name: 'x.safetensors', strength: 0.8 };

const MIXED = comparison({
  contenders: [
    { checkpoint: 'a.safetensors' },
    { checkpoint: 'b.safetensors' },
    { checkpoint: 'a.safetensors', loras: [LORA] },
    {},
  ],
});

describe('the cells of a comparison', () => {
  test('are as many as prompts times seeds times contenders', () => {
    expect(setCount(MIXED)).toBe(6);
    expect(cellCount(MIXED)).toBe(24);
  });

  test('lead from the run to set and contender and back, each once', () => {
    const seen = new Set<string>();
    cellsOf(MIXED).forEach((cell, index) => {
      expect(runOfCell(MIXED, cell.set, cell.contender)).toBe(index);
      expect(cell.set).toBe(cell.prompt * 2 + cell.seed);
      seen.add(`${cell.set} ${cell.contender}`);
    });
    expect(seen.size).toBe(24);
  });

  test('are drawn checkpoint by checkpoint, so that each is loaded once', () => {
    const checkpoints = cellsOf(MIXED).map(
      ({ contender }) => MIXED.contenders[contender]?.checkpoint ?? 'default',
    );
    const loads = checkpoints.filter((name, place) => name !== checkpoints[place - 1]);
    expect(loads).toEqual(['a.safetensors', 'b.safetensors', 'default']);
  });

  test('of contenders on one checkpoint are drawn prompt by prompt, the seeds of a contender in a row', () => {
    const spec = comparison({ contenders: [{}, { loras: [LORA] }], base: { checkpoint: 'a' } });
    const order = cellsOf(spec).map(({ prompt, contender, seed }) => [prompt, contender, seed]);
    expect(order.slice(0, 5)).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
      [0, 1, 1],
      [1, 0, 0],
    ]);
  });

  test.each([-1, 24, 0.5, Number.NaN])('are none for a run %s', index => {
    expect(() => cellAt(MIXED, index)).toThrow(RangeError);
  });

  test.each([
    [6, 0],
    [-1, 0],
    [0, 4],
  ])('are none for set %i and contender %i', (set, contender) => {
    expect(() => runOfCell(MIXED, set, contender)).toThrow(RangeError);
  });

  test('take seeds as a list or counted from the first', () => {
    expect(seedsOf({ first: 5, count: 3 })).toEqual([5, 6, 7]);
    expect(seedsOf([9, 1])).toEqual([9, 1]);
  });
});

describe('the recipes of a set', () => {
  const spec = comparison({
    base: { checkpoint: 'a.safetensors', steps: 24, cfg: 6, size: 16, renderSize: [512, 512] },
    contenders: [{}, { loras: [LORA] }, { steps: 30, sampler: 'euler' }],
  });

  test('are the same but for what the contender changes', () => {
    for (const set of [0, 1, 2, 3, 4, 5]) {
      const [plain, styled, longer] = [0, 1, 2].map(contender =>
        cellRecipe(spec, cellAt(spec, runOfCell(spec, set, contender)), null),
      );
      expect(styled).toEqual({ ...plain, loras: [LORA] });
      expect(longer).toEqual({ ...plain, steps: 30, sampler: 'euler' });
    }
  });

  test("take prompt, seed and the prompt's own size", () => {
    expect(cellRecipe(spec, cellAt(spec, runOfCell(spec, 3, 0)), null)).toEqual({
      prompt: 'knight',
      seed: 8,
      checkpoint: 'a.safetensors',
      steps: 24,
      cfg: 6,
      size: [32, 48],
      renderSize: [512, 512],
    });
  });

  test('of one item differ in their seed alone', () => {
    const all = planCells(spec, null);
    for (const item of new Set(all.map(run => run.item))) {
      const runs = all.filter(run => run.item === item);
      expect(runs).toHaveLength(2);
      const [first, second] = runs.map(({ recipe: { seed: _, ...rest } }) => rest);
      expect(second).toEqual(first);
    }
  });

  test('name the prompt for files and never the contender', () => {
    const names = new Set(planCells(spec, null).map(({ name }) => name));
    expect(names).toEqual(new Set([null, 'floor']));
  });

  test('of a draft take few steps without guidance and leave what only full ones need', () => {
    const negative = comparison({
      contenders: [{ negative: 'blurry', sampler: 'euler', scheduler: 'karras' }, {}],
    });
    const cell = cellAt(negative, 0);
    expect(cellRecipe(negative, cell, { workflow: 'draft-sdxl' })).toEqual({
      workflow: 'draft-sdxl',
      prompt: 'rusty sword',
      seed: 7,
      steps: 8,
      cfg: 1,
    });
  });

  test("of a draft without a workflow for drafts keep each contender's own guidance", () => {
    const [first, third] = [0, 2].map(contender =>
      cellRecipe(spec, { contender, prompt: 0, seed: 0 }, { workflow: null }),
    );
    expect(first).toMatchObject({ steps: 8, cfg: 6 });
    expect(third).toMatchObject({ steps: 8, cfg: 6, sampler: 'euler' });
  });

  test('of a contender that needs fewer steps than a draft keep them', () => {
    const few = comparison({ contenders: [{ steps: 4 }, {}] });
    const cell = { contender: 0, prompt: 0, seed: 0 };
    expect(cellRecipe(few, cell, { workflow: null }).steps).toBe(4);
  });
});
