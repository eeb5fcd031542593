import type { EngineStamp } from '../../protocol/jobs.ts';
import { NO_CHECKPOINT, type Recipe } from '../../protocol/recipe.ts';
import type { ModelKind } from './facts.ts';

type StampedModels = EngineStamp['models'];

/**
 * SHA-256 of the files that a run was drawn with, null for what is not known for certain.
 * @param since when the run began, Unix milliseconds
 */
export type ModelHash = (
  server: string,
  kind: ModelKind,
  name: string,
  since: number,
) => Promise<string | null>;

/** Models of a recipe, as they are written into what it made. */
export function modelsOf(recipe: Recipe): (StampedModels[number] & { kind: ModelKind })[] {
  return [
    ...(recipe.checkpoint === NO_CHECKPOINT
      ? []
      : [{ kind: 'checkpoint' as const, name: recipe.checkpoint, sha256: null }]),
    ...(recipe.vae === null ? [] : [{ kind: 'vae' as const, name: recipe.vae, sha256: null }]),
    ...recipe.loras.map(lora => ({ kind: 'lora' as const, name: lora.name, sha256: null })),
  ];
}

/** The same with their hashes. */
export async function hashedModelsOf(
  recipe: Recipe,
  server: string,
  since: number,
  hash: ModelHash,
): Promise<StampedModels> {
  return Promise.all(
    modelsOf(recipe).map(async model => ({
      ...model,
      sha256: await hash(server, model.kind, model.name, since),
    })),
  );
}
