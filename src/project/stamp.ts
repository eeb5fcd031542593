import { readPngText, withPngText } from '../pixels/png-text.ts';
import type { Zlib } from '../pixels/png/zlib.ts';
import type { Recipe } from '../protocol/recipe.ts';

/** What a written file carries: the recipe's digest, the recipe itself, that and the engine's graph, or nothing. */
export const METADATA_MODES = ['digest', 'recipe', 'full', 'none'] as const;
export type Metadata = (typeof METADATA_MODES)[number];

/** Keyword under which PNG files carry what we say of them. */
const KEYWORD = 'dgx-pixels';

/** What a file says of its origin. */
export interface Stamp {
  recipeDigest: string;
  /** SHA-256 of the artifact it was made from, by which a worker finds the rest. */
  artifact?: string;
  recipe?: Recipe;
  /** Drawn by the built-in engine. */
  placeholder?: boolean;
}

function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47].every((byte, place) => bytes[place] === byte);
}

function textOf({ recipeDigest, artifact, recipe, placeholder }: Stamp, metadata: Metadata) {
  return JSON.stringify({
    recipeDigest,
    ...(artifact !== undefined && { artifact }),
    ...(placeholder === true && { placeholder }),
    ...(metadata !== 'digest' && recipe !== undefined && { recipe }),
  });
}

/**
 * An artifact's bytes as a file in a game's folder. What the engine wrote into it stays behind unless `full` is asked for, since
 * it would ship with the game. Pixels are untouched; what is no PNG stays as it is.
 * @throws PngError for a broken PNG
 */
export function stampImage(bytes: Uint8Array, metadata: Metadata, stamp: Stamp): Uint8Array {
  if (!isPng(bytes)) return bytes;
  if (metadata === 'none') return withPngText(bytes, {}, 'all');
  return withPngText(
    bytes,
    { [KEYWORD]: textOf(stamp, metadata) },
    metadata === 'full' ? [] : 'all',
  );
}

/**
 * What a PNG says of its origin; null for one that we did not write.
 * @throws PngError for a broken PNG
 */
export function readStamp(bytes: Uint8Array, zlib: Zlib | null = null): Stamp | null {
  if (!isPng(bytes)) return null;
  const text = readPngText(bytes, zlib)[KEYWORD];
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isStamp(value) ? value : null;
  } catch {
    return null;
  }
}

function isStamp(value: unknown): value is Stamp {
  return (
    typeof value === 'object' &&
    value !== null &&
    'recipeDigest' in value &&
    typeof value.recipeDigest === 'string'
  );
}
