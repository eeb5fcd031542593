import type { Model } from '../../protocol/models.ts';
import type { Size } from '../../protocol/recipe.ts';
import type { Core } from '../core.ts';
import { constantsOf } from './families.ts';

/** Checkpoints that forecasts are made for; a server may list thousands. */
const MOST = 500;

async function forecastOf(core: Core, model: Model): Promise<Model['forecast']> {
  const edge = constantsOf(model.family)?.edge;
  const server = model.servers.find(name => core.memory.get(name)?.last != null);
  if (edge === undefined || server === undefined) return null;
  const renderSize: Size = [edge, edge];
  // Two evaluations a step, as with any guidance.
  const drawing = { checkpoint: model.name, vae: null, loras: [], renderSize, batch: 1, cfg: 7 };
  const found = await core.memory
    .get(server)
    ?.forecast(drawing)
    .catch(() => null);
  if (found == null) return null;
  const { forecast, verdict } = found;
  const { peak, weights } = forecast;
  return { renderSize, peakBytes: peak, weightsBytes: weights, fits: verdict.fits };
}

/** Adds to checkpoints what one image of their family's own size would take. */
export async function withForecasts(core: Core, models: readonly Model[]): Promise<Model[]> {
  const told: Model[] = [];
  for (const [place, model] of models.entries()) {
    told.push(
      place < MOST && !model.placeholder
        ? { ...model, forecast: await forecastOf(core, model) }
        : model,
    );
  }
  return told;
}
