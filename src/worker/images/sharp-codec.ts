import type { RgbaImage } from '../../pixels/image.ts';
import { PNG_LIMITS } from '../../pixels/png/header.ts';
import { PixelsError } from '../../protocol/errors.ts';

/** Decodes formats other than PNG. */
export interface SharpCodec {
  /**
   * The first picture of a file, upright, as RGBA.
   * @throws PixelsError `invalid-image`
   */
  decode(bytes: Uint8Array): Promise<RgbaImage>;
}

/**
 * Loads sharp, an optional dependency.
 * @returns null where it is not installed, and under Electron, which it can crash on Linux
 */
export async function loadSharp(): Promise<SharpCodec | null> {
  if (process.versions['electron'] !== undefined) return null;
  const sharp = await import('sharp').then(
    module => module.default,
    () => null,
  );
  if (sharp === null) return null;
  return {
    async decode(bytes) {
      try {
        const { data, info } = await sharp(bytes, {
          failOn: 'truncated',
          limitInputPixels: PNG_LIMITS.pixels,
        })
          .rotate()
          .toColourspace('srgb')
          .ensureAlpha()
          .raw({ depth: 'uchar' })
          .toBuffer({ resolveWithObject: true });
        const view = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
        return { width: info.width, height: info.height, data: view };
      } catch (error) {
        const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
        throw new PixelsError(
          'invalid-image',
          `The picture cannot be read: ${reason}.`,
          undefined,
          {
            cause: error,
          },
        );
      }
    },
  };
}
