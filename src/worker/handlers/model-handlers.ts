import { setTimeout } from 'node:timers/promises';
import { mergeInventories } from '../comfyui/inventory.ts';
import type { Core } from '../core.ts';
import { withForecasts } from '../limits/model-forecasts.ts';
import type { Handlers } from '../server/handlers.ts';

/** A slow disk may take longer; what it shows is told by `models.changed` then. */
const LOOK_MS = 5_000;

/** Kinds of runs whose times are told. */
const STEP_TIMES = 200;

/** Answers about what the engines have. */
export function modelHandlers(core: Core): Pick<Handlers, 'models.list'> {
  return {
    'models.list': async ({ refresh }) => {
      if (refresh) {
        await Promise.allSettled(core.links.map(async link => link.refreshInventory()));
        await Promise.race([core.models.look(), setTimeout(LOOK_MS, null, { ref: false })]);
      }
      const inventory = core.inventory.get() ?? mergeInventories(core.inventories());
      return {
        ...inventory,
        checkpoints: await withForecasts(core, inventory.checkpoints),
        stepTimes: core.stepTimes.list(STEP_TIMES),
      };
    },
  };
}
