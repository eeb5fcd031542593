import type { CompareSpec } from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { JobSpec } from '../../protocol/jobs.ts';
import type { RecipeRequest } from '../../protocol/recipe.ts';
import { cellRecipe, planCells } from '../../project/compare/cell-recipe.ts';
import { runOfCell } from '../../project/compare/cells.ts';
import { checkCompare, firstEqual, identicalContenders } from '../../project/compare/check.ts';
import { type DraftWay, draftWorkflow } from '../../project/compare/draft.ts';
import { expandItems, type PlannedRun } from '../../project/expand.ts';

/** Runs of a job as they were asked for. */
export interface RunPlan {
  runs: PlannedRun[];
  /** Of a comparison of drafts: how they are drawn. */
  draft: DraftWay | null;
  warnings: string[];
}

/** Drafts are drawn in the workflow for drafts where every contender can be, and else in few steps of each one's own. */
function chooseDraft(
  spec: CompareSpec,
  tryRecipe: (request: RecipeRequest) => void,
): Pick<RunPlan, 'warnings'> & { draft: DraftWay } {
  const own = { workflow: null };
  const workflow = draftWorkflow(spec);
  if (workflow === null) return { draft: own, warnings: [] };
  const draft = { workflow };
  try {
    for (const contender of spec.contenders.keys()) {
      tryRecipe(cellRecipe(spec, { contender, prompt: 0, seed: 0 }, draft));
    }
    return { draft, warnings: [] };
  } catch (error) {
    if (!PixelsError.is(error) || error.code === 'engine-unavailable') throw error;
    const warning = `Drafts are drawn in each contender's own workflow, with its own CFG: ${error.message}`;
    return { draft: own, warnings: [warning] };
  }
}

/**
 * Expands what a client asks for to runs.
 * @param chooseSeed a random whole number below 2^32
 * @param tryRecipe throws when no engine can draw a recipe
 * @throws PixelsError as `expandItems` and `checkCompare`
 */
export function planRuns(
  spec: JobSpec,
  chooseSeed: () => number,
  tryRecipe: (request: RecipeRequest) => void,
): RunPlan {
  if (spec.kind === 'generate') {
    return { runs: expandItems(spec.items, chooseSeed), draft: null, warnings: [] };
  }
  checkCompare(spec);
  const { draft, warnings } =
    spec.mode === 'draft' ? chooseDraft(spec, tryRecipe) : { draft: null, warnings: [] };
  return { runs: planCells(spec, draft), draft, warnings };
}

/**
 * Refuses contenders that differ in words only: names that mean the same model, defaults that are spelled out, what a draft leaves out.
 * @param runs of the comparison, in their order
 * @throws PixelsError `invalid-params`
 */
export function requireDifference(
  spec: CompareSpec,
  runs: readonly { drawDigest: string }[],
): void {
  const digests = spec.contenders.map(
    (_, contender) => runs[runOfCell(spec, 0, contender)]?.drawDigest ?? '',
  );
  const same = firstEqual(digests);
  if (same !== null) throw identicalContenders(spec, same);
}
