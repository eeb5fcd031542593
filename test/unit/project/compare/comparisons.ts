import {
  type CompareInput,
  type CompareSpec,
  compareSpecSchema,
} from '../../../../src/protocol/compare.ts';

/** A comparison of two models with three prompts and two seeds, with whatever a test changes. */
export function comparison(change: Partial<CompareInput> = {}): CompareSpec {
  return compareSpecSchema.parse({
    kind: 'compare',
    contenders: [{ checkpoint: 'a.safetensors' }, { checkpoint: 'b.safetensors' }],
    prompts: [
      { prompt: 'rusty sword', category: 'item' },
      { prompt: 'knight', category: 'character', size: '32x48' },
      { prompt: 'stone floor', category: 'tile', name: 'floor' },
    ],
    seeds: { first: 7, count: 2 },
    ...change,
  });
}
