import { pixelWords, type RgbaImage } from '../image.ts';
import type { Chunk } from './chunks.ts';

/** A picture as indexes into its own colours. */
export interface IndexedImage {
  /** One byte per pixel, row-major. */
  indexes: Uint8Array;
  /** RGBA of each colour. */
  colors: Uint8Array;
}

/**
 * Finds the colours of a picture, the most transparent first, so that PNG stores few opacities.
 * @returns null when there are more than 256
 */
export function indexColors(image: RgbaImage): IndexedImage | null {
  const words = pixelWords(image);
  const found = new Map<number, number>();
  for (let i = 0, last = -1; i < words.length; i++) {
    const word = words[i]!;
    if (word === last) continue;
    last = word;
    if (found.has(word)) continue;
    if (found.size === 256) return null;
    found.set(word, found.size);
  }
  const listed = new Uint32Array(found.keys());
  const bytes = new Uint8Array(listed.buffer);
  const order = Array.from(listed, (_, i) => i).sort(
    (a, b) => bytes[a * 4 + 3]! - bytes[b * 4 + 3]!,
  );
  const colors = new Uint8Array(order.length * 4);
  for (const [index, from] of order.entries()) {
    colors.set(bytes.subarray(from * 4, from * 4 + 4), index * 4);
    found.set(listed[from]!, index);
  }
  return { indexes: Uint8Array.from(words, word => found.get(word)!), colors };
}

/** The PLTE chunk and, unless all is opaque, the tRNS chunk. */
export function paletteChunks(colors: Uint8Array): Chunk[] {
  const count = colors.length / 4;
  const palette = new Uint8Array(count * 3);
  let clear = 0;
  for (let i = 0; i < count; i++) {
    palette.set(colors.subarray(i * 4, i * 4 + 3), i * 3);
    if (colors[i * 4 + 3] !== 255) clear = i + 1;
  }
  const opacities = Uint8Array.from({ length: clear }, (_, i) => colors[i * 4 + 3]!);
  return [
    { type: 'PLTE', body: palette },
    ...(clear > 0 ? [{ type: 'tRNS', body: opacities }] : []),
  ];
}

/** Rows of indexes at the given bits each, with filter byte 0: differences of indexes mean nothing. */
export function packIndexes(
  indexes: Uint8Array,
  width: number,
  height: number,
  bitDepth: number,
): Uint8Array {
  const stride = 1 + Math.ceil((width * bitDepth) / 8);
  const rows = new Uint8Array(height * stride);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from++) {
      const bit = x * bitDepth;
      rows[y * stride + 1 + (bit >> 3)]! |= indexes[from]! << (8 - bitDepth - (bit & 7));
    }
  }
  return rows;
}
