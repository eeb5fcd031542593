import type { CompareSpec } from '../../protocol/compare.ts';
import type { Size } from '../../protocol/recipe.ts';
import { digestOfValue } from '../digest.ts';
import type { SetPlace } from './sets.ts';

/** What a contender may change. */
const OWN = [
  'workflow',
  'checkpoint',
  'vae',
  'loras',
  'steps',
  'cfg',
  'sampler',
  'scheduler',
  'negative',
] as const;

/**
 * Digest of what all contenders of a set share: prompt, seed, size, and of the base what no contender may change. Two sets with the same
 * one asked for the same picture, whoever drew it.
 * @param size cells, as they were drawn
 */
export function sharedRecipeDigest(
  { base, prompts }: Pick<CompareSpec, 'base' | 'prompts'>,
  { prompt, seed }: Pick<SetPlace, 'prompt' | 'seed'>,
  size: Size,
): string {
  const shared: Record<string, unknown> = { ...base };
  for (const key of OWN) Reflect.deleteProperty(shared, key);
  return digestOfValue({ shared: 1, ...shared, prompt: prompts[prompt]?.prompt ?? '', seed, size });
}
