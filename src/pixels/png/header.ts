import { PngError } from './error.ts';

export type BitDepth = 1 | 2 | 4 | 8 | 16;

/** 0 grey, 2 RGB, 3 indexed, 4 grey with alpha, 6 RGBA. */
export type ColorType = 0 | 2 | 3 | 4 | 6;

export interface PngHeader {
  width: number;
  height: number;
  bitDepth: BitDepth;
  colorType: ColorType;
  interlaced: boolean;
}

/** The largest picture that is decoded. */
export interface PngLimits {
  /** Pixels along one side. */
  side: number;
  /** Pixels in all. */
  pixels: number;
}

export const PNG_LIMITS: PngLimits = { side: 16_384, pixels: 64 * 1024 * 1024 };

/** Samples per pixel of each colour type. */
export const CHANNELS: Readonly<Record<ColorType, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const DEPTHS: Readonly<Record<ColorType, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Reads the body of an IHDR chunk.
 * @throws PngError `corrupt`, `too-large`, or `unsupported` for a method PNG does not know yet
 */
export function readHeader(body: Uint8Array, limits: PngLimits = PNG_LIMITS): PngHeader {
  if (body.length !== 13)
    throw new PngError('corrupt', 'The header of the PNG has the wrong size.');
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const bitDepth = body[8]!;
  const colorType = body[9]!;
  if (width === 0 || height === 0) throw new PngError('corrupt', 'The PNG has no pixels.');
  if (!isColorType(colorType) || !DEPTHS[colorType].includes(bitDepth)) {
    throw new PngError(
      'corrupt',
      `The PNG names colour type ${colorType} at ${bitDepth} bits, which does not exist.`,
    );
  }
  if (body[10] !== 0 || body[11] !== 0 || body[12]! > 1) {
    throw new PngError('unsupported', 'The PNG is packed in a way that no standard describes.');
  }
  if (width > limits.side || height > limits.side || width * height > limits.pixels) {
    throw new PngError(
      'too-large',
      `The PNG has ${width}x${height} pixels; at most ${limits.side} along a side and ${limits.pixels} in all are read.`,
    );
  }
  return { width, height, bitDepth: bitDepth as BitDepth, colorType, interlaced: body[12] === 1 };
}

function isColorType(value: number): value is ColorType {
  return value === 0 || value === 2 || value === 3 || value === 4 || value === 6;
}

/** Bytes of a row of `width` pixels without its filter byte. */
export function rowBytes(header: PngHeader, width: number): number {
  return Math.ceil((width * CHANNELS[header.colorType] * header.bitDepth) / 8);
}

/** Distance in bytes to the sample that a filter takes as "left". */
export function filterDistance(header: PngHeader): number {
  return Math.max(1, (CHANNELS[header.colorType] * header.bitDepth) / 8);
}
