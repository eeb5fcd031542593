import type { RgbaImage } from '../../image.ts';
import { indexColors } from '../../png/palette.ts';
import { BitWriter } from './bit-writer.ts';
import { writePixels } from './entropy-image.ts';

const SUBTRACT_GREEN = 2;
const COLOR_INDEXING = 3;

/**
 * Encodes a picture as a VP8L stream (RFC 9649), without loss, also of the colours under transparent pixels. Up to 256 colours become
 * indexes, several to a byte where there are few.
 */
export function encodeVp8l(image: RgbaImage): Uint8Array<ArrayBuffer> {
  const { width, height, data } = image;
  const writer = new BitWriter();
  writer.put(0x2f, 8);
  writer.put(width - 1, 14);
  writer.put(height - 1, 14);
  writer.put(isOpaque(data) ? 0 : 1, 1);
  writer.put(0, 3);
  const indexed = indexColors(image);
  if (indexed === null) writeDirect(writer, image);
  else writeIndexed(writer, image, indexed.indexes, indexed.colors);
  return writer.done();
}

function isOpaque(data: Uint8ClampedArray): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

function word(red: number, green: number, blue: number, alpha: number): number {
  return ((alpha << 24) | ((red & 255) << 16) | (green << 8) | (blue & 255)) >>> 0;
}

/** Red and blue as their differences from green. */
function writeDirect(writer: BitWriter, { data, width }: RgbaImage): void {
  writer.put(1, 1);
  writer.put(SUBTRACT_GREEN, 2);
  writer.put(0, 1);
  const pixels = Uint32Array.from({ length: data.length / 4 }, (_, i) => {
    const green = data[i * 4 + 1]!;
    return word(data[i * 4]! - green, green, data[i * 4 + 2]! - green, data[i * 4 + 3]!);
  });
  writePixels(writer, pixels, width, true);
}

function writeIndexed(
  writer: BitWriter,
  { width, height }: RgbaImage,
  indexes: Uint8Array,
  colors: Uint8Array,
): void {
  const count = colors.length / 4;
  writer.put(1, 1);
  writer.put(COLOR_INDEXING, 2);
  writer.put(count - 1, 8);
  // Each colour as its difference from the one before.
  const differences = Uint32Array.from({ length: count }, (_, i) => {
    const channel = (c: number) => (colors[i * 4 + c]! - (colors[i * 4 + c - 4] ?? 0)) & 255;
    return word(channel(0), channel(1), channel(2), channel(3));
  });
  writePixels(writer, differences, count, false);
  writer.put(0, 1);
  const shift = count <= 2 ? 3 : count <= 4 ? 2 : count <= 16 ? 1 : 0;
  const bits = 8 >> shift;
  const across = Math.ceil(width / (1 << shift));
  const bundled = new Uint32Array(across * height).fill(0xff000000);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from++) {
      const place = (x & ((1 << shift) - 1)) * bits;
      bundled[y * across + (x >> shift)]! |= indexes[from]! << (8 + place);
    }
  }
  writePixels(writer, bundled, across, true);
}
