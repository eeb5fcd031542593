import type { MethodResult } from '../../protocol/methods.ts';

/** What a written file carries: the recipe's digest, the whole recipe and graph, or nothing. */
export const METADATA_MODES = ['digest', 'full', 'none'] as const;
export type Metadata = (typeof METADATA_MODES)[number];

export async function stampImage(
  bytes: Uint8Array,
  _metadata: Metadata,
  _recipeDigest: string,
  _recipe: () => Promise<MethodResult<'artifacts.recipe'>>,
): Promise<Uint8Array> {
  return bytes;
}
