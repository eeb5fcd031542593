import { PixelsError } from '../../protocol/errors.ts';
import type { Inventory, Model } from '../../protocol/models.ts';
import { USUAL_PIXELS } from '../../protocol/pixels.ts';
import { NO_CHECKPOINT, type Recipe, type RecipeRequest } from '../../protocol/recipe.ts';
import { nearNames, suggestNames } from '../near-names.ts';
import { KEEPS_IMAGE, requireRoles } from './bind.ts';
import { chooseRenderSize, type Workflow } from './definition.ts';
import { fitWorkflow } from './fit.ts';

/** Cells of a sprite whose size nobody named. */
const DEFAULT_SPRITE: [number, number] = [32, 32];

function known(given: string, models: readonly Model[], what: string): string {
  const names = models.map(model => model.name);
  const exact = names.find(name => name === given);
  if (exact !== undefined) return exact;
  // A name without folder or ending is what people type; it counts when it is unambiguous.
  const loose = names.filter(
    name =>
      name.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '') === given || name.endsWith(`/${given}`),
  );
  if (loose.length === 1 && loose[0] !== undefined) return loose[0];
  throw new PixelsError(
    'unknown-model',
    `There is no ${what} "${given}".${suggestNames(given, names)}`,
    {
      kind: what,
      given,
      near: loose.length > 0 ? loose : nearNames(given, names, 5),
      known: names.slice(0, 20),
    },
  );
}

function knownOption(given: string, options: readonly string[], what: string): string {
  if (options.length === 0 || options.includes(given)) return given;
  throw new PixelsError(
    'invalid-params',
    `There is no ${what} "${given}".${suggestNames(given, options)}`,
    {
      kind: what,
      given,
    },
  );
}

function chooseCheckpoint(workflow: Workflow, inventory: Inventory): string {
  if (workflow.roles.checkpoint === undefined) return NO_CHECKPOINT;
  const { checkpoint } = workflow.defaults;
  const names = inventory.checkpoints.map(model => model.name);
  if (checkpoint !== null && names.includes(checkpoint)) return checkpoint;
  const fitting =
    inventory.checkpoints.find(model => model.family === workflow.family) ??
    inventory.checkpoints.find(model => model.family === 'builtin') ??
    inventory.checkpoints.find(model => model.family === 'unknown');
  if (fitting !== undefined) return fitting.name;
  throw new PixelsError(
    'unknown-model',
    names.length === 0
      ? 'The engine has no checkpoint. Put one into its models/checkpoints folder.'
      : `The engine has no checkpoint of the family ${workflow.family} for the workflow ${workflow.name}; name one: ${names.slice(0, 6).join(', ')}.`,
    { kind: 'checkpoint', near: names.slice(0, 5) },
  );
}

/**
 * Fills in what a request leaves out and checks it against what the engine has.
 * @returns the complete recipe, the workflow fitted to the engine, whose graph the recipe names, and warnings for a person
 * @throws PixelsError `unknown-model` (with near names), `missing-role`, `invalid-params`
 */
export function resolveRecipe(
  request: RecipeRequest & { seed: number },
  workflow: Workflow,
  inventory: Inventory,
): { recipe: Recipe; workflow: Workflow; warnings: string[] } {
  const { defaults, roles } = workflow;
  const takesSeed = roles.seed !== undefined;
  requireRoles(workflow, {
    ...request,
    // A seed is always chosen; a graph without one simply is not varied by it.
    seed: takesSeed ? request.seed : undefined,
    init: request.init ?? null,
  } as Parameters<typeof requireRoles>[1]);
  const size = request.size ?? DEFAULT_SPRITE;
  const checkpoint =
    request.checkpoint === undefined
      ? chooseCheckpoint(workflow, inventory)
      : known(request.checkpoint, inventory.checkpoints, 'checkpoint');
  const placeholder =
    inventory.checkpoints.find(({ name }) => name === checkpoint)?.placeholder ?? null;
  const fitted = fitWorkflow(workflow, inventory, placeholder);
  const init = request.init ?? null;
  const recipe: Recipe = {
    workflow: workflow.name,
    graph: fitted.digest,
    prompt: request.prompt,
    negative: request.negative ?? (roles.negative === undefined ? '' : defaults.negative),
    size: [size[0], size[1]],
    renderSize: request.renderSize ?? chooseRenderSize(workflow.renderSizes, size),
    // A value that the graph has no place for is always the same: equal pictures have equal digests.
    seed: takesSeed ? request.seed : 0,
    steps: request.steps ?? defaults.steps,
    cfg: request.cfg ?? defaults.cfg,
    sampler: knownOption(request.sampler ?? defaults.sampler, inventory.samplers, 'sampler'),
    scheduler: knownOption(
      request.scheduler ?? defaults.scheduler,
      inventory.schedulers,
      'scheduler',
    ),
    checkpoint,
    vae: request.vae === undefined ? null : known(request.vae, inventory.vaes, 'VAE'),
    loras: (request.loras ?? []).map(lora => ({
      ...lora,
      name: known(lora.name, inventory.loras, 'LoRA'),
    })),
    init: init === null || roles.denoise !== undefined ? init : { ...init, denoise: KEEPS_IMAGE },
    batch: request.batch ?? 1,
    ...(request.batchIndex !== undefined && { batchIndex: request.batchIndex }),
    pixels: request.pixels ?? workflow.pixels ?? USUAL_PIXELS,
  };
  const warnings: string[] = [];
  if (recipe.cfg === 1 && (request.negative ?? '') !== '') {
    warnings.push('At CFG 1 the engine skips the negative prompt; raise cfg or leave it out.');
  }
  const drawn = roles.size !== undefined;
  if (drawn && (recipe.size[0] > recipe.renderSize[0] || recipe.size[1] > recipe.renderSize[1])) {
    warnings.push('The sprite has more cells than the engine draws pixels; raise the render size.');
  }
  return { recipe, workflow: fitted, warnings };
}
