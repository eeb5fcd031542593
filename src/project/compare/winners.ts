import type { CompareSpec } from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { GenerateSpec } from '../../protocol/jobs.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { cellAt, runOfCell } from './cells.ts';
import { cellRecipe } from './cell-recipe.ts';

/** A cell by its place. */
export interface ChosenCell {
  set: number;
  contender: number;
}

/**
 * The job that draws chosen cells of a draft in full: same prompt, seed and contender, with the steps, guidance and sampler that the draft
 * left out. The picture is a new one, since these decide it too. A cell chosen twice is drawn once.
 * @throws PixelsError `invalid-params` when nothing is chosen or the comparison is no draft
 * @throws RangeError when the comparison has no such cell
 */
export function winnersInFull(spec: CompareSpec, chosen: readonly ChosenCell[]): GenerateSpec {
  if (spec.mode !== 'draft') {
    throw new PixelsError('invalid-params', 'These images are drawn in full already.');
  }
  const runs = new Set(chosen.map(({ set, contender }) => runOfCell(spec, set, contender)));
  if (runs.size === 0 || runs.size > LIMITS.runsPerJob) {
    throw new PixelsError('invalid-params', 'Choose the cells that are to be drawn in full.');
  }
  const items = [...runs]
    .sort((a, b) => a - b)
    .map(run => {
      const cell = cellAt(spec, run);
      const name = spec.prompts[cell.prompt]?.name;
      return {
        recipe: cellRecipe(spec, cell, null),
        count: 1,
        ...(name !== undefined && { name }),
      };
    });
  return { kind: 'generate', items };
}
