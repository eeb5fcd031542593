import { readChunks } from '../../pixels/png/chunks.ts';
import { decodePng } from '../../pixels/png/decode.ts';
import { encodePng } from '../../pixels/png/encode.ts';
import type { RgbaImage } from '../../pixels/image.ts';
import { nodeZlib } from './node-zlib.ts';

/** Larger pictures are no sprites, and would take longer than a person waits. */
export const PICTURE_LIMITS = { side: 16_384, pixels: 16 * 1024 * 1024 };

/** A PNG as it is worked on, and what is lost when it is written again. */
export interface DecodedPicture {
  image: RgbaImage;
  /** Texts of the file by key, the recipe among them. */
  text: Readonly<Record<string, string>>;
  /** 16 bits a channel became 8. */
  deep: boolean;
  /** It has more frames than the one that is read. */
  animated: boolean;
}

/**
 * Reads a PNG.
 * @throws PngError
 */
export function decodePicture(bytes: Uint8Array): DecodedPicture {
  const { image, text, bitDepth } = decodePng(bytes, nodeZlib, PICTURE_LIMITS);
  const animated = readChunks(bytes).some(({ type }) => type === 'acTL');
  return { image, text, deep: bitDepth === 16, animated };
}

/**
 * Writes a PNG with the texts of the file that it came from.
 * @throws RangeError when the data do not fit the size
 */
export function encodePicture(
  image: RgbaImage,
  text: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  return encodePng(image, nodeZlib, { text });
}
