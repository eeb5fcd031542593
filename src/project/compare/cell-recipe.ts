import type { CompareSpec } from '../../protocol/compare.ts';
import type { RecipeRequest } from '../../protocol/recipe.ts';
import type { PlannedRun } from '../expand.ts';
import { type Cell, cellsOf, seedAt } from './cells.ts';
import { effectiveSettings } from './contenders.ts';
import { DRAFT_CFG, DRAFT_STEPS, type DraftWay } from './draft.ts';

/** The settings of a draft in place of a recipe's own. */
function drafted(recipe: RecipeRequest, { workflow }: DraftWay): RecipeRequest {
  if (workflow === null) {
    return { ...recipe, steps: Math.min(DRAFT_STEPS, recipe.steps ?? DRAFT_STEPS) };
  }
  const { sampler: _, scheduler: __, negative: ___, ...rest } = recipe;
  return { ...rest, workflow, steps: DRAFT_STEPS, cfg: DRAFT_CFG };
}

/**
 * The recipe of a cell: the base with what its contender changes, the prompt and the seed of its set.
 * @param draft how to draw it as a draft; null = in full
 */
export function cellRecipe(
  spec: CompareSpec,
  cell: Pick<Cell, 'contender' | 'prompt' | 'seed'>,
  draft: DraftWay | null,
): RecipeRequest & { seed: number } {
  const contender = spec.contenders[cell.contender];
  const prompt = spec.prompts[cell.prompt];
  const seed = seedAt(spec.seeds, cell.seed);
  if (contender === undefined || prompt === undefined || seed === undefined) {
    throw new RangeError('The comparison has no such cell.');
  }
  const full: RecipeRequest = {
    ...spec.base,
    ...effectiveSettings(spec, contender),
    prompt: prompt.prompt,
    ...(prompt.size !== undefined && { size: prompt.size }),
  };
  return { ...(draft === null ? full : drafted(full, draft)), seed };
}

/** The runs of a comparison in their order, each a cell. */
export function planCells(spec: CompareSpec, draft: DraftWay | null): PlannedRun[] {
  return cellsOf(spec).map(cell => ({
    item: cell.contender * spec.prompts.length + cell.prompt,
    // No model's name: a file or a queue must not tell whose cell it is.
    name: spec.prompts[cell.prompt]?.name ?? null,
    recipe: cellRecipe(spec, cell, draft),
  }));
}
