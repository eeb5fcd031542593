import type { RgbaImage } from '../../pixels/image.ts';
import { decodePng } from '../../pixels/png/decode.ts';
import { PngError } from '../../pixels/png/error.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { nodeZlib } from './node-zlib.ts';
import { loadSharp, type SharpCodec } from './sharp-codec.ts';
import { sniffImage } from './sniff.ts';

/** Reads pictures of every format that this worker can. */
export interface ImageCodec {
  /**
   * Decodes a whole picture; of an animation the first frame.
   * @throws PixelsError `invalid-image` for a broken one, `unsupported-image` when nothing here reads its format
   */
  decode(bytes: Uint8Array): Promise<RgbaImage>;
}

export interface ImageCodecOptions {
  /** Whether formats other than PNG may be read, through sharp. */
  allowSharp: boolean;
}

/** PNG is read by our own code, so that it gives the same pixels everywhere; all else by sharp, loaded on first use. */
export function createImageCodec({ allowSharp }: ImageCodecOptions): ImageCodec {
  let loading: Promise<SharpCodec | null> | undefined;
  return {
    async decode(bytes) {
      const mime = sniffImage(bytes);
      if (mime === 'image/png') return asPixelsErrors(() => decodePng(bytes, nodeZlib).image);
      if (mime === null) {
        throw new PixelsError('unsupported-image', 'The file is no picture of a known format.');
      }
      loading ??= allowSharp ? loadSharp() : Promise.resolve(null);
      const sharp = await loading;
      if (sharp === null) {
        throw new PixelsError(
          'unsupported-image',
          `The picture is ${mime} but this worker has no sharp, so only PNG can be read; convert it to PNG.`,
          { mime },
        );
      }
      return sharp.decode(bytes);
    },
  };
}

/**
 * Runs PNG code; what is wrong with a file becomes an error that may cross the wire.
 * @throws PixelsError `invalid-image`
 */
export function asPixelsErrors<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PngError)) throw error;
    throw new PixelsError('invalid-image', error.message, { reason: error.code }, { cause: error });
  }
}
