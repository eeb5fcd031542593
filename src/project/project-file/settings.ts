import type { Contender } from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { RecipeRequest } from '../../protocol/recipe.ts';
import { suggestNames } from '../near-names.ts';
import { splitPixels } from '../pixels/said.ts';
import { IMAGE_WORKFLOW, PROMPT_WORKFLOW } from '../workflows/default-workflow.ts';
import type { Preset, ProjectFile, ProjectSettings } from './schema.ts';

/** What the person says for one drawing; what is undefined is not said. */
export type SaidSettings = { [K in keyof ProjectSettings]?: ProjectSettings[K] | undefined };

/** Values that are tuned to a workflow: eight steps of one are a draft, of another a finished picture. */
const TUNED = ['steps', 'cfg', 'sampler', 'scheduler'] as const;

/** Lays nearer settings over farther ones. */
function over(nearer: SaidSettings, farther: ProjectSettings, usual: string): ProjectSettings {
  const said = Object.entries(nearer).filter(([, value]) => value !== undefined);
  const kept = { ...farther };
  if (nearer.workflow !== undefined && nearer.workflow !== (farther.workflow ?? usual)) {
    for (const key of TUNED) Reflect.deleteProperty(kept, key);
  }
  return { ...kept, ...Object.fromEntries(said) };
}

/**
 * Settings that hold for a drawing: what the person says, before the preset, before the project's defaults. Lists are taken whole: a
 * preset's LoRAs stand in place of the defaults', not beside them. Who names another workflow also leaves the steps, CFG, sampler and
 * scheduler that were meant for the one before.
 * @param preset name of one of the file's presets; null = none
 * @param init whether the drawing starts from an image: then the default workflow, which starts from a prompt, is not meant
 * @throws PixelsError `invalid-params` for a preset that the file does not have
 */
export function settingsFor(
  file: ProjectFile,
  preset: string | null,
  said: SaidSettings = {},
  init = false,
): ProjectSettings {
  const { description: _, ...chosen } = preset === null ? {} : presetOf(file, preset);
  const usual = init ? IMAGE_WORKFLOW : PROMPT_WORKFLOW;
  const { workflow, ...unbound } = file.defaults ?? {};
  const defaults =
    init && workflow !== undefined && workflow !== usual
      ? over({ workflow: usual }, { ...unbound, workflow }, usual)
      : (file.defaults ?? {});
  return over(said, over(chosen, defaults, usual), usual);
}

function presetOf({ presets = {} }: ProjectFile, name: string): Preset {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset !== undefined) return preset;
  const names = Object.keys(presets);
  const hint =
    names.length === 0
      ? ' The project has none: write them under "presets:" in its .dgx-pixels/project.yaml.'
      : suggestNames(name, names);
  throw new PixelsError('invalid-params', `There is no preset "${name}".${hint}`, {
    given: name,
    known: names,
  });
}

/** The part of settings that is a recipe's; pixel settings only where something is said of them, since workflows have their own. */
export function recipeOfSettings(settings: ProjectSettings): Omit<RecipeRequest, 'prompt'> {
  const { out: _, ...others } = settings;
  const { pixels, rest } = splitPixels(others);
  return { ...rest, ...(pixels !== null && { pixels }) };
}

/** The file's contenders with their names, in its order. */
export function namedContenders({ contenders = {} }: ProjectFile): Contender[] {
  return Object.entries(contenders).map(([name, settings]) => ({ name, ...settings }));
}
