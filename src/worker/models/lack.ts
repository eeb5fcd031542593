import { PixelsError } from '../../protocol/errors.ts';
import { NO_CHECKPOINT, type Recipe } from '../../protocol/recipe.ts';
import type { DemandedKind, Demands } from '../../project/workflows/demands.ts';
import { packOf } from '../../project/workflows/packs.ts';
import type { ServerInventory } from '../comfyui/inventory.ts';

const TITLES: Record<DemandedKind, string> = {
  checkpoint: 'checkpoint',
  lora: 'LoRA',
  vae: 'VAE',
  background: 'background removal model',
};

/** True when a server lists every model that a recipe names; what its workflow needs beside them is not looked at. */
export function hasModels(
  inventory: ServerInventory,
  { checkpoint, vae, loras }: Pick<Recipe, 'checkpoint' | 'vae' | 'loras'>,
): boolean {
  const { files } = listed(inventory);
  return (
    (checkpoint === NO_CHECKPOINT || files.checkpoint.has(checkpoint)) &&
    (vae === null || files.vae.has(vae)) &&
    loras.every(({ name }) => files.lora.has(name))
  );
}

/** An inventory as sets: lists may have 10,000 names. */
interface Lists {
  files: Record<DemandedKind, ReadonlySet<string>>;
  classes: ReadonlySet<string>;
}

const listsOf = new WeakMap<ServerInventory, Lists>();

function listed(inventory: ServerInventory): Lists {
  const known = listsOf.get(inventory);
  if (known !== undefined) return known;
  const lists: Lists = {
    files: {
      checkpoint: new Set(inventory.checkpoints),
      lora: new Set(inventory.loras),
      vae: new Set(inventory.vaes),
      background: new Set(inventory.backgroundModels),
    },
    classes: new Set(inventory.classes),
  };
  listsOf.set(inventory, lists);
  return lists;
}

function withoutClass(server: string, classes: readonly string[]): PixelsError {
  const [first = ''] = classes;
  const pack = packOf(first);
  return new PixelsError(
    'engine-rejected',
    `The server ${server} does not know the node class ${classes.join(', ')}${pack === null ? '' : ` (of ${pack})`}. Install the node pack there and restart it, or choose another workflow.`,
    { server, classes, pack },
  );
}

function withoutOption(server: string, what: string, name: string): PixelsError {
  return new PixelsError(
    'invalid-params',
    `The server ${server} does not know the ${what} "${name}". Choose another ${what}, or update that server.`,
    { server, kind: what, given: name },
  );
}

/**
 * What a server lists too little of to draw something; lists that are empty, as an older worker noted them, tell nothing.
 * @returns null when it has all
 */
export function lackOf(
  server: string,
  inventory: ServerInventory,
  demands: Demands,
): PixelsError | null {
  const { files, classes } = listed(inventory);
  const missing = demands.files.filter(({ kind, name }) => !files[kind].has(name));
  if (missing.length > 0) {
    const names = missing.map(({ kind, name }) => `the ${TITLES[kind]} ${name}`).join(' and ');
    return new PixelsError(
      'unknown-model',
      `The server ${server} does not have ${names}. Put the file there, or choose another.`,
      { server, missing: missing.map(({ name }) => name) },
    );
  }
  if (classes.size > 0) {
    const unknown = demands.classes.filter(name => !classes.has(name));
    if (unknown.length > 0) return withoutClass(server, unknown);
  }
  const { sampler, scheduler } = demands;
  const { samplers, schedulers } = inventory;
  if (sampler !== null && samplers.length > 0 && !samplers.includes(sampler)) {
    return withoutOption(server, 'sampler', sampler);
  }
  if (scheduler !== null && schedulers.length > 0 && !schedulers.includes(scheduler)) {
    return withoutOption(server, 'scheduler', scheduler);
  }
  return null;
}
