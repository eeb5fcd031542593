import { PixelsError } from '../../protocol/errors.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { ServerInventory } from '../comfyui/inventory.ts';
import { canDraw } from '../jobs/scheduler.ts';
import { checkFit } from './fit.ts';
import type { ModelFiles } from './model-files.ts';

/** Says what is doubtful about a recipe's models. @throws PixelsError `invalid-params` for what is known to be wrong */
export type ModelCheck = (recipe: Recipe) => string[];

/** Checks recipes against the files of every server that could draw them; one server whose files fit is enough. */
export function modelCheck(
  files: Pick<ModelFiles, 'get' | 'want'>,
  inventories: () => ReadonlyMap<string, ServerInventory>,
): ModelCheck {
  return recipe => {
    files.want([recipe.checkpoint, recipe.vae ?? '', ...recipe.loras.map(lora => lora.name)]);
    let refused: PixelsError | null = null;
    for (const [server, inventory] of inventories()) {
      if (!canDraw(inventory, recipe)) continue;
      try {
        return checkFit(recipe, (kind, name) => files.get(server, kind, name)?.knowledge ?? null);
      } catch (error) {
        if (!PixelsError.is(error, 'invalid-params')) throw error;
        refused ??= error;
      }
    }
    if (refused !== null) throw refused;
    return [];
  };
}
