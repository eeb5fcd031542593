import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/project/canonical-json.ts';
import { digestOfText, drawDigest, recipeDigest } from '../../../src/project/digest.ts';
import { type Recipe, recipeRequestSchema, recipeSchema } from '../../../src/protocol/recipe.ts';
import { someRecipe } from '../../helpers/recipes.ts';

describe('canonical JSON', () => {
  it('spells equal values equally, whatever the order of their keys', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'ä"'], c: { z: 0, y: -0 } })).toBe(
      '{"a":[true,null,"ä\\""],"b":1,"c":{"y":0,"z":0}}',
    );
    expect(canonicalJson({ a: 1, gone: undefined })).toBe('{"a":1}');
  });

  it('refuses what JSON cannot hold', () => {
    for (const value of [Number.NaN, Infinity, () => 1, 1n]) {
      expect(() => canonicalJson({ value })).toThrow(TypeError);
    }
  });
});

describe('digests of a recipe', () => {
  const recipe = someRecipe();

  it('are SHA-256 of the canonical JSON', () => {
    expect(digestOfText('söme text')).toBe(
      createHash('sha256').update('söme text', 'utf8').digest('hex'),
    );
    expect(drawDigest(recipe)).toMatch(/^[0-9a-f]{64}$/);
  });

  const drawn: Partial<Recipe>[] = [
    { graph: 'b'.repeat(64) },
    { prompt: 'other' },
    { negative: 'other' },
    { size: [48, 32] },
    { renderSize: [512, 512] },
    { seed: 8 },
    { steps: 9 },
    { cfg: 2.5 },
    { sampler: 'dpmpp_2m' },
    { scheduler: 'karras' },
    { checkpoint: 'other.safetensors' },
    { vae: 'some.safetensors' },
    { loras: [{ name: 'a.safetensors', strength: 0.5 }] },
    { init: { image: 'c'.repeat(64), denoise: 0.5 } },
    { batch: 2 },
  ];
  for (const change of drawn) {
    it(`change when ${Object.keys(change).join()} changes: the engine has to draw again`, () => {
      const changed = { ...recipe, ...change };
      expect(drawDigest(changed)).not.toBe(drawDigest(recipe));
      expect(recipeDigest(changed)).not.toBe(recipeDigest(recipe));
    });
  }

  it('keep the draw digest when only pixel steps change, so nothing is drawn again', () => {
    const changed: Recipe = { ...recipe, pixels: { ...recipe.pixels, fix: 'none' } };
    expect(drawDigest(changed)).toBe(drawDigest(recipe));
    expect(recipeDigest(changed)).not.toBe(recipeDigest(recipe));
  });

  it('do not depend on the name of the workflow, only on its graph', () => {
    expect(drawDigest({ ...recipe, workflow: 'renamed' })).toBe(drawDigest(recipe));
  });

  it('see no difference between a clip strength left out and one that is equal', () => {
    const lora = { name: 'a.safetensors', strength: 0.8 };
    expect(drawDigest({ ...recipe, loras: [lora] })).toBe(
      drawDigest({ ...recipe, loras: [{ ...lora, clipStrength: 0.8 }] }),
    );
  });

  it('stay the same from release to release', () => {
    expect(drawDigest(recipe)).toMatchInlineSnapshot(
      `"e663cf73b594c05e4cbf403cc2df3ddcd2483d7212584bdae096ea1fcf5221dc"`,
    );
    expect(recipeDigest(recipe)).toMatchInlineSnapshot(
      `"d6a43f4432a795c49b0594395c2511a6ad4e2796732da5fcd2119d3323399bbb"`,
    );
  });
});

describe('the words of a recipe', () => {
  it('take a size as a number, a text or a pair', () => {
    for (const [given, size] of [
      [32, [32, 32]],
      ['32', [32, 32]],
      ['24x40', [24, 40]],
      ['24 × 40', [24, 40]],
      [
        [1, 512],
        [1, 512],
      ],
    ] as const) {
      const parsed = recipeRequestSchema.parse({ prompt: 'x', size: given as never });
      expect(parsed.size).toEqual(size);
    }
  });

  it('refuse sizes, steps and numbers that mean nothing', () => {
    const bad = [
      { size: 0 },
      { size: 513 },
      { size: '32x' },
      { size: [1, 2, 3] },
      { renderSize: 33 },
      { renderSize: 16384 },
      { steps: -1 },
      { steps: 1.5 },
      { cfg: Number.NaN },
      { cfg: Infinity },
      { seed: -1 },
      { seed: 2 ** 53 },
      { batch: 0 },
      { checkpoint: '../x.safetensors' },
      { checkpoint: '/etc/passwd' },
      { checkpoint: 'C:\\x' },
      { checkpoint: 'a\\..\\b' },
      { workflow: 'a/b' },
      { init: { image: 'zz' } },
      { loras: [{ name: 'a', strength: 11 }] },
      { promt: 'typo' },
    ];
    for (const change of bad) {
      expect(
        recipeRequestSchema.safeParse({ prompt: 'x', ...change }).success,
        JSON.stringify(change),
      ).toBe(false);
    }
  });

  it('read a resolved recipe back as it was', () => {
    expect(recipeSchema.parse(JSON.parse(JSON.stringify(someRecipe())))).toEqual(someRecipe());
  });
});
