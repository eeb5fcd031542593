import { randomInt } from 'node:crypto';
import type { Contender, CompareSpec, ComparePrompt } from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { namedContenders, recipeOfSettings } from '../../project/project-file/settings.ts';
import type { ProjectFile, ProjectSettings } from '../../project/project-file/schema.ts';
import type { ContenderText } from '../../project/compare/contender-text.ts';

/**
 * The contenders that are typed, or the project's where none are.
 * @throws PixelsError `invalid-params` unless there are two to four
 */
export function chooseContenders(
  typed: readonly ContenderText[],
  file: ProjectFile | null,
): Contender[] {
  const named = file === null ? [] : namedContenders(file);
  const chosen =
    typed.length === 0
      ? named
      : typed.map(({ typed: name, contender, isPlain }) => {
          const known = named.find(each => each.name === name);
          return isPlain && known !== undefined ? known : contender;
        });
  if (chosen.length >= 2 && chosen.length <= 4) return chosen;
  const given =
    chosen.length === 0
      ? 'none is given'
      : typed.length === 0
        ? `the project has ${chosen.length}`
        : `${chosen.length === 1 ? 'one is' : `${chosen.length} are`} given`;
  throw new PixelsError(
    'invalid-params',
    `A comparison takes two to four contenders; ${given}. Name each with --contender NAME=checkpoint,lora:strength, or under "contenders:" in .dgx-pixels/project.yaml.`,
    { contenders: chosen.length },
  );
}

/** What is compared, in parts. */
export interface CompareParts {
  contenders: Contender[];
  prompts: ComparePrompt[];
  settings: ProjectSettings;
  /** Seeds from this one on; random when absent. */
  seed: number | undefined;
  seeds: number;
  draft: boolean;
}

/** What is sent; every cell is known by then, its seed too. */
export function compareSpec(parts: CompareParts): CompareSpec {
  const { contenders, prompts, settings, seed, seeds, draft } = parts;
  return {
    kind: 'compare',
    contenders,
    base: recipeOfSettings(settings),
    prompts,
    // Seeds below 2^32 are what people see in other tools.
    seeds: { first: seed ?? randomInt(0, 2 ** 32), count: seeds },
    mode: draft ? 'draft' : 'full',
  };
}
