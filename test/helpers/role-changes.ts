import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RecipeInput } from '../../src/protocol/recipe.ts';
import { defineWorkflow, type Workflow } from '../../src/project/workflows/definition.ts';
import { FILE_ROLES, type FileRole, type Role } from '../../src/project/workflows/roles.ts';
import { sidecarSchema } from '../../src/project/workflows/sidecar.ts';

/** Folder of the workflows that ship. */
export const SHIPPED_FOLDER = join(import.meta.dirname, '..', '..', 'workflows');

/** A shipped workflow with its sidecar. */
export function shippedWorkflow(name: string): Workflow {
  const text = (ending: string) => readFileSync(join(SHIPPED_FOLDER, `${name}${ending}`), 'utf8');
  return defineWorkflow(
    name,
    JSON.parse(text('.json')),
    sidecarSchema.parse(parse(text('.roles.yaml'))),
  );
}

/** Names of the workflows that ship. */
export const SHIPPED_NAMES: readonly string[] = readdirSync(SHIPPED_FOLDER)
  .filter(file => file.endsWith('.json'))
  .map(file => file.slice(0, -'.json'.length));

export type Change = Partial<RecipeInput>;

/** What an engine has to offer for changes of a recipe that draws at 64×64 or above with a sampler other than heun. */
export interface RoleWorld {
  /** A checkpoint other than the plain recipe's. */
  otherCheckpoint: string;
  /** Two LoRAs that fit the plain recipe's checkpoint. */
  loras: readonly [string, string];
  /** A VAE other than the checkpoint's own. */
  vae: string;
  /** Digests of two pictures: the plain recipe's init, and another. */
  inits: { one: string; other: string };
  /** A render size other than the plain recipe's. */
  renderSize: string;
}

function lora(name: string, strength = 1, clipStrength?: number): Change {
  return { loras: [{ name, strength, ...(clipStrength !== undefined && { clipStrength }) }] };
}

/** Roles that a recipe has no value for: the prefix of file names, and files that the engine fills in. */
export function isBesideRecipes(role: Role): role is 'save' | FileRole {
  return role === 'save' || (FILE_ROLES as readonly Role[]).includes(role);
}

/**
 * What is asked for in a role's place. The plain recipe must name seed 7, steps 4, cfg 7, sampler euler, scheduler normal, negative
 * "blurry", one image and, where the workflow takes one, `inits.one` at denoise 0.6; each change must then give pixels that neither it
 * nor any other change gives.
 */
export function changesOf(role: Role, { inits, ...world }: RoleWorld): Change[] {
  const [a, b] = world.loras;
  switch (role) {
    case 'positive':
      return [{ prompt: 'blue shield' }];
    case 'negative':
      return [{ negative: 'a green meadow' }];
    case 'seed':
      return [{ seed: 8 }, { seed: 2 ** 40 }];
    case 'steps':
      return [{ steps: 6 }];
    case 'cfg':
      return [{ cfg: 3 }];
    case 'sampler':
      return [{ sampler: 'heun' }];
    case 'scheduler':
      return [{ scheduler: 'karras' }];
    case 'size':
      return [{ renderSize: world.renderSize }];
    case 'batch':
      return [{ batch: 2 }, { batch: 2, batchIndex: 1 }];
    case 'checkpoint':
      return [{ checkpoint: world.otherCheckpoint }];
    case 'vae':
      return [{ vae: world.vae }];
    case 'lora':
      return [
        lora(a),
        lora(b),
        lora(a, 0.5),
        lora(a, 1, 0.2),
        { loras: [a, b].map(name => ({ name, strength: 0.7 })) },
        { loras: [b, a].map((name, place) => ({ name, strength: place === 0 ? 0.9 : 0.3 })) },
      ];
    case 'init':
      return [{ init: { image: inits.other, denoise: 0.6 } }];
    case 'denoise':
      return [{ init: { image: inits.one, denoise: 0.9 } }];
    case 'save':
    case 'distill':
    case 'background':
      return [];
  }
}
