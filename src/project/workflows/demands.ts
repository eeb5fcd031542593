import { NO_CHECKPOINT, type Recipe } from '../../protocol/recipe.ts';
import { bindRecipe } from './bind.ts';
import type { Workflow } from './definition.ts';
import type { GraphNode } from './graph.ts';

/** Kinds of files that a graph loads by name. */
export type DemandedKind = 'checkpoint' | 'lora' | 'vae' | 'background';

export interface DemandedFile {
  kind: DemandedKind;
  name: string;
}

/** What an engine must have for a recipe. */
export interface Demands {
  /** Node classes of the graph as it is posted. */
  classes: string[];
  /** Files that the graph loads, each once: the recipe's checkpoint, VAE and LoRAs, then those that the workflow brings along. */
  files: DemandedFile[];
  /** Names that the engine must list; null where the graph has no place for one. */
  sampler: string | null;
  scheduler: string | null;
}

/** Inputs of ComfyUI's loaders that name a file, whose lists the worker knows of each server. */
const FILE_INPUTS: Readonly<Record<string, DemandedKind>> = {
  ckpt_name: 'checkpoint',
  lora_name: 'lora',
  vae_name: 'vae',
  bg_removal_name: 'background',
};

function filesOf({ inputs }: GraphNode): DemandedFile[] {
  return Object.entries(FILE_INPUTS).flatMap(([input, kind]) => {
    const name = inputs[input];
    return typeof name === 'string' ? [{ kind, name }] : [];
  });
}

/** Files that a recipe names itself, in its own order. */
function recipeFiles({ checkpoint, vae, loras }: Recipe): DemandedFile[] {
  return [
    ...(checkpoint === NO_CHECKPOINT ? [] : [{ kind: 'checkpoint' as const, name: checkpoint }]),
    ...(vae === null ? [] : [{ kind: 'vae' as const, name: vae }]),
    ...loras.map(({ name }) => ({ kind: 'lora' as const, name })),
  ];
}

/**
 * What a recipe takes: node classes and files of the graph that would be posted. So a VAE loader that is bridged is not asked for, and a
 * LoRA that the workflow brings along is.
 * @throws PixelsError when the recipe does not go with the workflow, as `bindRecipe` does
 */
export function demandsOf(workflow: Workflow, recipe: Recipe): Demands {
  const nodes = Object.values(bindRecipe(workflow, recipe, { savePrefix: '', initImage: '' }));
  const named = [...recipeFiles(recipe), ...nodes.flatMap(filesOf)];
  const files = new Map(named.map(file => [`${file.kind} ${file.name}`, file]));
  const { roles } = workflow;
  return {
    classes: [...new Set(nodes.map(node => node.class_type))],
    files: [...files.values()],
    sampler: roles.sampler === undefined ? null : recipe.sampler,
    scheduler: roles.scheduler === undefined ? null : recipe.scheduler,
  };
}

/** The part of a recipe that its demands depend on, as one text: recipes of equal text can be drawn by the same engines. */
export function demandKey(recipe: Recipe): string {
  return JSON.stringify([
    recipe.graph,
    recipe.checkpoint,
    recipe.vae,
    recipe.loras.map(lora => lora.name),
    recipe.sampler,
    recipe.scheduler,
    recipe.batchIndex !== undefined,
  ]);
}
