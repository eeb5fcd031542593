import { applyPalette, quantize } from 'gifenc/dist/gifenc.esm.js';
import { createImage, type RgbaImage } from '../../image.ts';

/** Index 0 is the transparent one. */
export const TRANSPARENT = 0;

const MOST_COLORS = 255;

export interface GifPalette {
  /** RGB; the first stands for transparent pixels. */
  colors: number[][];
  indexesOf: (image: RgbaImage) => Uint8Array;
  /** Whether every visible colour is in it. */
  exact: boolean;
}

/** A picture whose pixels are opaque, or transparent black: GIF knows nothing between. */
export function withHardAlpha(image: RgbaImage): { image: RgbaImage; changed: boolean } {
  const result = createImage(image.width, image.height);
  let changed = false;
  for (let i = 0; i < image.data.length; i += 4) {
    const alpha = image.data[i + 3]!;
    if (alpha > 0 && alpha < 255) changed = true;
    if (alpha < 128) continue;
    result.data.set(image.data.subarray(i, i + 3), i);
    result.data[i + 3] = 255;
  }
  return { image: result, changed };
}

/**
 * A palette of up to 255 colours and a transparent one. Where there are more, the nearest of 255 that pairwise nearest neighbours
 * leave (gifenc).
 */
export function gifPalette(image: RgbaImage): GifPalette {
  const words = new Map<number, number>();
  const colors: number[][] = [[0, 0, 0]];
  const { data } = image;
  for (let i = 0; i < data.length && colors.length <= MOST_COLORS + 1; i += 4) {
    const word = wordAt(data, i);
    if (data[i + 3] === 0 || words.has(word)) continue;
    words.set(word, colors.length);
    colors.push([data[i]!, data[i + 1]!, data[i + 2]!]);
  }
  if (colors.length > MOST_COLORS + 1) return nearestPalette(image);
  return {
    colors,
    exact: true,
    indexesOf: ({ data: pixels }) =>
      Uint8Array.from({ length: pixels.length / 4 }, (_, i) =>
        pixels[i * 4 + 3] === 0 ? TRANSPARENT : words.get(wordAt(pixels, i * 4))!,
      ),
  };
}

function wordAt(data: Uint8ClampedArray, at: number): number {
  return (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
}

function nearestPalette(image: RgbaImage): GifPalette {
  const found = quantize(opaqueOnly(image), MOST_COLORS);
  return {
    colors: [[0, 0, 0], ...found],
    exact: false,
    indexesOf: picture => {
      const indexes = applyPalette(picture.data, found);
      return indexes.map((index, i) => (picture.data[i * 4 + 3] === 0 ? TRANSPARENT : index + 1));
    },
  };
}

/** Transparent pixels must not ask for a colour. */
function opaqueOnly({ data }: RgbaImage): Uint8ClampedArray {
  const kept = new Uint8ClampedArray(data.length);
  let length = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    kept.set(data.subarray(i, i + 4), length);
    length += 4;
  }
  return kept.subarray(0, length);
}

/** The pictures one below the other, to find the colours of all. */
export function stacked(images: readonly RgbaImage[]): RgbaImage {
  const [{ width, height }] = images as [RgbaImage];
  const stack = createImage(width, height * images.length);
  for (const [index, image] of images.entries()) {
    stack.data.set(image.data, index * width * height * 4);
  }
  return stack;
}
