import type { RgbaImage } from '../pixels/image.ts';
import { decodePng } from '../pixels/png/decode.ts';
import { PngError } from '../pixels/png/error.ts';
import { PixelsError } from '../protocol/errors.ts';
import { nodeZlib } from './preview/zlib.ts';

/**
 * Pixels of a PNG.
 * @throws PixelsError `unsupported-image` for other formats, `invalid-image` for a broken file
 */
export function decodePicture(bytes: Uint8Array, name: string): RgbaImage {
  try {
    return decodePng(bytes, nodeZlib).image;
  } catch (error) {
    if (!(error instanceof PngError)) throw error;
    const code =
      error.code === 'corrupt' || error.code === 'truncated'
        ? 'invalid-image'
        : 'unsupported-image';
    throw new PixelsError(code, `${name} cannot be shown: ${error.message}`, undefined, {
      cause: error,
    });
  }
}
