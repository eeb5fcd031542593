import { PixelsError } from '../protocol/errors.ts';
import type { GenerateItem } from '../protocol/jobs.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { RecipeRequest } from '../protocol/recipe.ts';

/** One run to be: an item's recipe with its seed fixed. */
export interface PlannedRun {
  /** Place of its item; runs of one item differ in their seed alone. */
  item: number;
  name: string | null;
  recipe: RecipeRequest & { seed: number };
}

/**
 * Expands items to runs: `count n` with seed s becomes n runs with the seeds s … s+n-1. An item without a seed gets one from `chooseSeed`.
 * @param chooseSeed a random whole number below 2^32
 * @throws PixelsError `too-large` above LIMITS.runsPerJob, `invalid-params` when a seed would exceed 2^53-1
 */
export function expandItems(
  items: readonly GenerateItem[],
  chooseSeed: () => number,
): PlannedRun[] {
  const total = items.reduce((sum, item) => sum + item.count, 0);
  if (total > LIMITS.runsPerJob) {
    throw new PixelsError(
      'too-large',
      `The job would make ${total} runs; at most ${LIMITS.runsPerJob} fit into one. Split it.`,
      { runs: total, limit: LIMITS.runsPerJob },
    );
  }
  return items.flatMap((item, itemPlace) => {
    const first = item.recipe.seed ?? chooseSeed();
    if (first > Number.MAX_SAFE_INTEGER - (item.count - 1)) {
      throw new PixelsError(
        'invalid-params',
        `Seed ${first} leaves no room for ${item.count} seeds after it; choose a smaller one.`,
        { seed: first, count: item.count },
      );
    }
    return Array.from({ length: item.count }, (_, place) => ({
      item: itemPlace,
      name: item.name ?? null,
      recipe: { ...item.recipe, seed: first + place },
    }));
  });
}
