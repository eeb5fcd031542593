import { readChunks, writeChunks } from '../../../pixels/png/chunks.ts';
import type { RunImage } from '../../../protocol/jobs.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';
import { plainBytes } from '../messages/bytes.ts';
import type { CellPictures } from '../messages/compare.ts';

/** What decides pixels, colours and frames. Everything else may say who drew a picture, and how. */
const KEPT = new Set([
  'IHDR',
  'PLTE',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'pHYs',
  'acTL',
  'fcTL',
  'fdAT',
  'IDAT',
  'IEND',
]);

/**
 * A PNG without a word in it: no text, no EXIF record, no date, no chunk that is not known to say nothing.
 * @throws PngError for what is no PNG
 */
export function wordless(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeChunks(readChunks(bytes).filter(({ type }) => KEPT.has(type)));
}

/** The part of a client that pictures come from. */
export interface ArtifactSource {
  fetchArtifact(digest: string): Promise<Uint8Array>;
}

/**
 * Pictures of a drawn cell for the page.
 * @param withRaw whether the engine's picture is wanted too
 * @throws Problem `invalid-image` for a picture that is no PNG; what the worker answers
 */
export async function picturesOf(
  source: ArtifactSource,
  { sprite, raw }: Pick<RunImage, 'sprite' | 'raw'>,
  withRaw = true,
): Promise<CellPictures> {
  const [fixed, whole] = await Promise.all([
    source.fetchArtifact(sprite),
    raw === sprite || !withRaw ? null : source.fetchArtifact(raw),
  ]);
  try {
    return {
      fixed: plainBytes(wordless(fixed)),
      raw: whole === null ? null : plainBytes(wordless(whole)),
    };
  } catch (error) {
    throw new Problem('invalid-image', t('This picture is no PNG, and only those are shown.'), [], {
      cause: error,
    });
  }
}
