import { randomInt } from 'node:crypto';
import { firstEqual, identicalContenders } from '../../project/compare/check.ts';
import { contenderLabel, contenderNames } from '../../project/compare/contenders.ts';
import { sameFiles } from '../../project/compare/same-files.ts';
import { fitToRoles } from '../../project/project-file/fit-roles.ts';
import type { ProjectFile } from '../../project/project-file/schema.ts';
import { recipeOfSettings, settingsFor } from '../../project/project-file/settings.ts';
import { PROMPT_WORKFLOW } from '../../project/workflows/default-workflow.ts';
import type { CompareSeeds, CompareSpec } from '../../protocol/compare.ts';
import type { WorkflowInfo } from '../../protocol/models.ts';
import type { Stock } from '../commands/stock.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import type { CellSize } from '../prompts/size.ts';
import { anew } from './contender-choices.ts';
import type { CompareChoice } from './last-comparison.ts';

/** What all contenders share: the project's defaults as far as their workflow has a place for them, and the size. */
export function sharedBase(
  file: ProjectFile,
  size: CellSize | null,
  workflows: readonly WorkflowInfo[],
): CompareSpec['base'] {
  const said = size === null ? {} : { size };
  const merged = settingsFor(file, null, said);
  const workflow = workflows.find(({ name }) => name === (merged.workflow ?? PROMPT_WORKFLOW));
  const fitted = workflow === undefined ? merged : fitToRoles(merged, said, workflow.roles);
  return recipeOfSettings(fitted);
}

/** Seeds from one on. */
export function seedsFrom(first: number | null, count: number): CompareSeeds {
  // Seeds below 2^32 are what people see in other tools.
  return { first: first ?? randomInt(0, 2 ** 32), count };
}

/** What is sent for a choice. */
export function specOf(choice: CompareChoice, file: ProjectFile, stock: Stock): CompareSpec {
  const { contenders, prompts, size, seeds, seed, mode } = choice;
  return {
    kind: 'compare',
    contenders: [...contenders],
    base: sharedBase(file, size, stock.workflows),
    prompts: [...prompts],
    seeds: seedsFrom(seed, seeds),
    mode,
  };
}

/**
 * Refuses contenders that are the same files under several names, or have the same name.
 * @throws PixelsError, Problem `invalid-params`
 */
export function requireDifferent(spec: CompareSpec, stock: Stock): void {
  const names = contenderNames(spec.contenders).map(name => name.toLowerCase());
  const named = firstEqual(names);
  if (named !== null) {
    throw new Problem(
      'invalid-params',
      t(
        'Contenders {0} and {1} have the same name; give each one of its own.',
        named[0] + 1,
        named[1] + 1,
      ),
      [anew()],
    );
  }
  const same = sameFiles(spec, stock.models);
  if (same === null) return;
  const [first, second] = same.map(place => contenderLabel(spec.contenders, place));
  if (first === second) throw identicalContenders(spec, same);
  throw new Problem(
    'invalid-params',
    t(
      'Contenders {0} and {1} are the same model: they would draw the same pictures. Change or remove one.',
      first ?? '',
      second ?? '',
    ),
    [anew()],
  );
}
