import { describe, expect, it } from 'vitest';
import {
  contenderDifferences,
  contenderDigest,
  contenderIdentity,
} from '../../../../src/project/votes/contender.ts';
import { someRecipe } from '../../../helpers/recipes.ts';

const unknown = () => null;
const base = contenderIdentity(someRecipe(), unknown);

describe('the identity of a contender', () => {
  it('does not change with prompt, seed, size or the name of its workflow', () => {
    const other = {
      prompt: 'x',
      seed: 99,
      size: [16, 16] as [number, number],
      workflow: 'renamed',
    };
    expect(contenderDigest(contenderIdentity({ ...someRecipe(), ...other }, unknown))).toBe(
      contenderDigest(base),
    );
  });

  const changes: [part: string, change: object][] = [
    ['workflow', { graph: 'd'.repeat(64), workflow: 'other' }],
    ['checkpoint', { checkpoint: 'other.safetensors' }],
    ['VAE', { vae: 'some.safetensors' }],
    ['LoRAs', { loras: [{ name: 'a.safetensors', strength: 0.5 }] }],
    ['steps', { steps: 3 }],
    ['cfg', { cfg: 1.25 }],
    ['sampler', { sampler: 'other' }],
    ['scheduler', { scheduler: 'other' }],
  ];
  for (const [part, change] of changes) {
    it(`changes with its ${part}, which is what is told`, () => {
      const changed = contenderIdentity({ ...someRecipe(), ...change }, unknown);
      expect(contenderDigest(changed)).not.toBe(contenderDigest(base));
      expect(contenderDifferences(base, changed).map(one => one.part)).toEqual([part]);
    });
  }

  it('is the same for two that draw the same, and nothing is told', () => {
    const lora = { name: 'a.safetensors', strength: 0.8 };
    const one = contenderIdentity({ ...someRecipe(), loras: [lora] }, unknown);
    const clip = contenderIdentity(
      { ...someRecipe(), loras: [{ ...lora, clipStrength: 0.8 }] },
      unknown,
    );
    expect(contenderDigest(clip)).toBe(contenderDigest(one));
    expect(contenderDifferences(one, clip)).toEqual([]);
  });

  it('follows the bytes of a model, not its name', () => {
    const hash = (digit: string) => () => digit.repeat(64);
    const recipe = someRecipe();
    const known = contenderIdentity(recipe, hash('1'));
    const renamed = contenderIdentity({ ...recipe, checkpoint: 'new.safetensors' }, hash('1'));
    expect(contenderDigest(renamed)).toBe(contenderDigest(known));
    const changed = contenderIdentity(recipe, hash('2'));
    expect(contenderDigest(changed)).not.toBe(contenderDigest(known));
    expect(contenderDifferences(known, changed)).toContainEqual({
      part: 'checkpoint',
      first: `${recipe.checkpoint} (11111111)`,
      second: `${recipe.checkpoint} (22222222)`,
    });
  });

  it('has a negative prompt only where the contender brings its own', () => {
    const own = contenderIdentity(someRecipe(), unknown, 'blurry');
    expect(contenderDifferences(base, own)).toEqual([
      { part: 'negative', first: 'not set', second: 'blurry' },
    ]);
  });
});
