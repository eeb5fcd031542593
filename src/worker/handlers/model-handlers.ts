import { mergeInventories } from '../comfyui/inventory.ts';
import type { Core } from '../core.ts';
import type { Handlers } from '../server/handlers.ts';

/** Answers about what the engines have. */
export function modelHandlers(core: Core): Pick<Handlers, 'models.list' | 'workflows.list'> {
  return {
    'models.list': async ({ refresh }) => {
      if (refresh) {
        await Promise.allSettled(core.links.map(async link => link.refreshInventory()));
      }
      return mergeInventories(core.inventories());
    },
    'workflows.list': () => ({ workflows: core.workflows.list() }),
  };
}
