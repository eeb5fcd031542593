import type { RunForecast } from '../../protocol/models.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { Core } from '../core.ts';
import { hasModels } from '../models/lack.ts';

/** What a run would take, on the server with its models that has most room to spare; null where nothing can be forecast. */
export async function forecastRecipe(core: Core, recipe: Recipe): Promise<RunForecast | null> {
  const forecasts: RunForecast[] = [];
  for (const { name, state, inventory } of core.links) {
    if (state !== 'ready' || inventory === null || !hasModels(inventory, recipe)) continue;
    const found = await core.memory
      .get(name)
      ?.forecast(recipe)
      .catch(() => null);
    if (found == null) continue;
    const { peak, weights } = found.forecast;
    const { roomBytes, guardBytes, fits } = found.verdict;
    forecasts.push({
      server: name,
      peakBytes: peak,
      weightsBytes: weights,
      roomBytes,
      guardBytes,
      fits,
    });
  }
  const spare = ({ roomBytes, peakBytes }: RunForecast): number => roomBytes - peakBytes;
  const [best] = forecasts.toSorted((a, b) => spare(b) - spare(a));
  return best ?? null;
}
