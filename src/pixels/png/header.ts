import { PngError } from './error.ts';

/** PNG's colour types: 0 grey, 2 RGB, 3 indexed, 4 grey with alpha, 6 RGBA. */
export type ColorType = 0 | 2 | 3 | 4 | 6;
export type BitDepth = 1 | 2 | 4 | 8 | 16;

export interface Header {
  width: number;
  height: number;
  bitDepth: BitDepth;
  colorType: ColorType;
  interlaced: boolean;
}

/** Largest image that is read. */
export interface PngLimits {
  /** Pixels of the longer side. */
  side: number;
  /** Pixels altogether. */
  pixels: number;
}

export const DEFAULT_PNG_LIMITS: PngLimits = { side: 16_384, pixels: 64_000_000 };

/** Samples of a pixel. */
export const CHANNELS: Readonly<Record<ColorType, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const BIT_DEPTHS: Readonly<Record<ColorType, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Reads the data of an IHDR chunk.
 * @throws PngError `corrupt`, `unsupported` or `too-large`
 */
export function parseHeader(data: Uint8Array, limits: PngLimits): Header {
  if (data.length !== 13) throw new PngError('corrupt', 'The PNG file has a malformed header.');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const [bitDepth = 0, colorType = 0, compression, filter, interlace = 0] = data.subarray(8);
  if (width === 0 || height === 0) throw new PngError('corrupt', 'The PNG file has no pixels.');
  if (width > limits.side || height > limits.side || width * height > limits.pixels) {
    throw new PngError(
      'too-large',
      `The image of ${width}x${height} is too large; at most ${limits.side} pixels a side and ${limits.pixels / 1e6} million in all are read.`,
    );
  }
  if (!isColorType(colorType) || !BIT_DEPTHS[colorType].includes(bitDepth)) {
    throw new PngError(
      'corrupt',
      `The PNG file is corrupt: colour type ${colorType} with ${bitDepth} bits does not exist.`,
    );
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw new PngError('unsupported', 'The PNG file is packed in a way that is not known.');
  }
  return { width, height, bitDepth: bitDepth as BitDepth, colorType, interlaced: interlace === 1 };
}

function isColorType(value: number): value is ColorType {
  return value in CHANNELS;
}

/** Data of an IHDR chunk, not interlaced. */
export function headerData(
  width: number,
  height: number,
  bitDepth: BitDepth,
  colorType: ColorType,
): Uint8Array {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data[8] = bitDepth;
  data[9] = colorType;
  return data;
}
