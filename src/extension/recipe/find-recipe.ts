import { createHash } from 'node:crypto';
import type { WorkerClient } from '../../client/worker-client.ts';
import type { EngineStamp } from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import { codeOf } from '../problem.ts';
import { stampOf } from './stamp-of.ts';

/** How a picture was made. */
export interface FoundRecipe {
  recipe: Recipe;
  recipeDigest: string;
  /** Engine and models; null when only the file itself could be asked. */
  engine: EngineStamp | null;
  placeholder: boolean;
}

async function ask(client: WorkerClient, digest: string): Promise<FoundRecipe | null> {
  try {
    const { recipe, recipeDigest, engine } = await client.request('artifacts.recipe', { digest });
    return { recipe, recipeDigest, engine, placeholder: engine?.engine === 'builtin' };
  } catch (error) {
    if (codeOf(error) === 'not-found') return null;
    throw error;
  }
}

/**
 * The recipe of a picture: what the file says of itself, with what the worker knows beyond that.
 * @param client of a worker that is there; null = only the file is asked
 * @returns null for a picture that is not ours
 */
export async function findRecipe(
  bytes: Uint8Array,
  client: WorkerClient | null,
): Promise<FoundRecipe | null> {
  const stamp = stampOf(bytes);
  const digest = stamp?.artifact ?? createHash('sha256').update(bytes).digest('hex');
  const known = client === null ? null : await ask(client, digest);
  if (known !== null) return known;
  if (stamp?.recipe === undefined) return null;
  const { recipe, recipeDigest, placeholder = false } = stamp;
  return { recipe, recipeDigest, engine: null, placeholder };
}
