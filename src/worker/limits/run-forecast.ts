import type { ModelFamily } from '../../protocol/models.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import { familyOfName } from '../comfyui/inventory.ts';
import type { ModelKind } from '../models/facts.ts';
import { familyOf } from '../models/family/architecture.ts';
import type { KnownModel } from '../models/known-models.ts';
import type { EngineMemory } from './engine-memory.ts';
import { forecast, type Forecast } from './forecast.ts';
import { type Weights, type WeightsReader, weightsOfSize } from './weights.ts';

/** What decides the memory of a run. */
export type Drawing = Pick<
  Recipe,
  'checkpoint' | 'vae' | 'loras' | 'renderSize' | 'batch' | 'cfg' | 'batchIndex'
>;

export type LookUp = (kind: ModelKind, name: string) => KnownModel | null;

/** Bytes that the built-in engine takes per engine pixel: the drawn picture, its flawed copy and the PNG being made, RGBA each, and room for one more. */
const BUILTIN_PIXEL_BYTES = 16;

/** The header decides, else the name. */
export function familyOfModel(name: string, model: KnownModel | null): ModelFamily {
  const architectures = model?.knowledge.facts?.architectures ?? null;
  const family = familyOf(architectures);
  return architectures !== null && family !== 'unknown' ? family : familyOfName(name);
}

function builtinForecast({ renderSize: [width, height], batch }: Drawing): Forecast {
  const decoding = width * height * batch * BUILTIN_PIXEL_BYTES;
  return { weights: 0, loading: 0, loras: 0, sampling: 0, decoding, peak: decoding };
}

/**
 * Forecasts a run on an engine.
 * @returns null when nothing can be told (unknown family or size), or a promise when a file's header must be read first
 */
export function forecastRun(
  drawing: Drawing,
  memory: EngineMemory,
  lookUp: LookUp,
  reader: WeightsReader,
): Forecast | null | Promise<Forecast | null> {
  const checkpoint = lookUp('checkpoint', drawing.checkpoint);
  const family = familyOfModel(drawing.checkpoint, checkpoint);
  if (memory.builtin) return builtinForecast(drawing);
  if (checkpoint?.bytes == null) return null;
  const sizeOf = (kind: ModelKind, name: string): number => lookUp(kind, name)?.bytes ?? 0;
  const finish = (weights: Weights): Forecast | null =>
    forecast(
      {
        family,
        weights,
        vaeBytes: drawing.vae === null ? 0 : sizeOf('vae', drawing.vae),
        loraBytes: drawing.loras.map(({ name }) => sizeOf('lora', name)),
        renderSize: drawing.renderSize,
        batch: drawing.batchIndex === undefined ? drawing.batch : 1,
        cfg: drawing.cfg,
      },
      memory.traits,
      memory.believedFreeBytes,
    );
  if (checkpoint.file === null) return finish(weightsOfSize(checkpoint.bytes));
  const known = reader.known(checkpoint.file);
  return known === null ? reader.read(checkpoint.file).then(finish) : finish(known);
}
