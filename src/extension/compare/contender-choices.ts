import { contenderNames } from '../../project/compare/contenders.ts';
import { parseContenderText } from '../../project/compare/contender-text.ts';
import type { Preset, ProjectFile } from '../../project/project-file/schema.ts';
import { namedContenders } from '../../project/project-file/settings.ts';
import { type Contender, contenderSchema } from '../../protocol/compare.ts';
import { describeIssues } from '../../protocol/validate.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';

/** How many are compared. */
export const LEAST = 2;
export const MOST = 4;

/** What of a preset a contender may change; its size and pixel settings are shared by all. */
export function contenderOfPreset(name: string, preset: Preset): Contender {
  const { workflow, checkpoint, vae, loras, steps, cfg, sampler, scheduler, negative } = preset;
  const own = { workflow, checkpoint, vae, loras, steps, cfg, sampler, scheduler, negative };
  const said = Object.entries(own).filter(([, value]) => value !== undefined);
  return { name, ...Object.fromEntries(said) };
}

/** What a project offers by name: its contenders, then its presets. */
export function projectContenders(file: ProjectFile): {
  contenders: Contender[];
  presets: Contender[];
} {
  const contenders = namedContenders(file);
  const presets = Object.entries(file.presets ?? {})
    .map(([name, preset]) => contenderOfPreset(name, preset))
    .filter(({ name }) => contenders.every(each => each.name !== name));
  return { contenders, presets };
}

/**
 * A contender as a program names it: one of the project's contenders or presets by its name, text such as `NAME=checkpoint,lora:0.8`, or
 * its parts.
 * @throws Problem, PixelsError `invalid-params`
 */
export function contenderOf(given: unknown, file: ProjectFile): Contender {
  if (typeof given === 'string') {
    const { contenders, presets } = projectContenders(file);
    const known = [...contenders, ...presets].find(({ name }) => name === given.trim());
    return known ?? parseContenderText(given).contender;
  }
  const parsed = contenderSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { sentence } = describeIssues(parsed.error);
  throw new Problem('invalid-params', t('That is no contender: {0}.', sentence), [anew()]);
}

/** What is wrong with a number of contenders, as a sentence; null when nothing is. */
export function countProblem(count: number): string | null {
  if (count >= LEAST && count <= MOST) return null;
  if (count === 0) return t('A comparison takes two to four contenders; none is chosen.');
  return count === 1
    ? t('A comparison takes two to four contenders; one alone cannot be compared.')
    : t('A comparison takes two to four contenders, not {0}.', count);
}

/** Names of contenders in one line. */
export function contendersText(contenders: readonly Contender[]): string {
  return contenderNames(contenders).join(', ');
}

export const anew = () => ({ title: t('Compare Models…'), command: COMMANDS.compareModels });
