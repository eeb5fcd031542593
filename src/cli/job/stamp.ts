import { withPngText } from '../../pixels/png-text.ts';

/** What a written file carries: the recipe's digest, the whole recipe and graph, or nothing. */
export const METADATA_MODES = ['digest', 'full', 'none'] as const;
export type Metadata = (typeof METADATA_MODES)[number];

/** Keyword under which PNG files carry what we say of them. */
const KEYWORD = 'dgx-pixels';

function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47].every((byte, place) => bytes[place] === byte);
}

/**
 * An artifact's bytes as a file in a game's folder: by default prompt, recipe and graph stay behind, since they would ship with
 * the game, and the digest by which the worker knows them goes along. Pixels are untouched; what is no PNG stays as it is.
 * @throws PngError for a broken PNG
 */
export function stampImage(
  bytes: Uint8Array,
  metadata: Metadata,
  recipeDigest: string,
): Uint8Array {
  if (metadata === 'full' || !isPng(bytes)) return bytes;
  const texts = metadata === 'digest' ? { [KEYWORD]: JSON.stringify({ recipeDigest }) } : {};
  return withPngText(bytes, texts, 'all');
}
