import type { Pass } from './adam7.ts';
import type { Colors } from './colors.ts';
import { CHANNELS, type PngHeader, rowBytes } from './header.ts';
import { pixelWords, type RgbaImage } from '../image.ts';

/**
 * Writes the unfiltered rows of one pass into the picture.
 * @param bytes rows with their filter bytes, from `start` on
 */
export function expandPass(
  image: RgbaImage,
  header: PngHeader,
  colors: Colors,
  pass: Pass,
  bytes: Uint8Array,
  start: number,
): void {
  const stride = rowBytes(header, pass.width);
  const expandRow = rowExpander(image, header, colors, bytes);
  for (let row = 0; row < pass.height; row++) {
    const target = (pass.y + row * pass.stepY) * image.width + pass.x;
    expandRow(start + 1 + row * (stride + 1), pass.width, target, pass.stepX);
  }
}

/** @param from first byte of the row; `target` and `step` count pixels of the picture */
type RowExpander = (from: number, count: number, target: number, step: number) => void;

function rowExpander(
  image: RgbaImage,
  header: PngHeader,
  colors: Colors,
  bytes: Uint8Array,
): RowExpander {
  const { bitDepth, colorType } = header;
  if (colors.table.length > 0) return tableRow(pixelWords(image), bitDepth, colors.table, bytes);
  const data = new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.length);
  if (bitDepth === 16) return deepRow(data, header, colors, bytes);
  if (colorType === 2) return rgbRow(data, colors, bytes);
  if (colorType === 4) return greyAlphaRow(data, bytes);
  return rgbaRow(data, bytes);
}

function tableRow(
  words: Uint32Array,
  bitDepth: number,
  table: Uint32Array,
  bytes: Uint8Array,
): RowExpander {
  const mask = (1 << bitDepth) - 1;
  return (from, count, target, step) => {
    if (bitDepth === 8) {
      for (let i = 0; i < count; i++) words[target + i * step] = table[bytes[from + i]!]!;
      return;
    }
    for (let i = 0; i < count; i++) {
      const bit = i * bitDepth;
      const sample = (bytes[from + (bit >> 3)]! >> (8 - bitDepth - (bit & 7))) & mask;
      words[target + i * step] = table[sample]!;
    }
  };
}

function rgbRow(data: Uint8Array, colors: Colors, bytes: Uint8Array): RowExpander {
  const [red = -1, green = -1, blue = -1] = colors.transparent ?? [];
  return (from, count, target, step) => {
    for (let i = 0, at = target * 4; i < count; i++, from += 3, at += step * 4) {
      const r = bytes[from]!;
      const g = bytes[from + 1]!;
      const b = bytes[from + 2]!;
      data[at] = r;
      data[at + 1] = g;
      data[at + 2] = b;
      data[at + 3] = r === red && g === green && b === blue ? 0 : 255;
    }
  };
}

function rgbaRow(data: Uint8Array, bytes: Uint8Array): RowExpander {
  return (from, count, target, step) => {
    if (step === 1) {
      data.set(bytes.subarray(from, from + count * 4), target * 4);
      return;
    }
    for (let i = 0, at = target * 4; i < count; i++, from += 4, at += step * 4) {
      data[at] = bytes[from]!;
      data[at + 1] = bytes[from + 1]!;
      data[at + 2] = bytes[from + 2]!;
      data[at + 3] = bytes[from + 3]!;
    }
  };
}

function greyAlphaRow(data: Uint8Array, bytes: Uint8Array): RowExpander {
  return (from, count, target, step) => {
    for (let i = 0, at = target * 4; i < count; i++, from += 2, at += step * 4) {
      data.fill(bytes[from]!, at, at + 3);
      data[at + 3] = bytes[from + 1]!;
    }
  };
}

/** 16-bit samples, rounded to the nearest of 8 bits. */
function deepRow(
  data: Uint8Array,
  header: PngHeader,
  colors: Colors,
  bytes: Uint8Array,
): RowExpander {
  const channels = CHANNELS[header.colorType];
  const grey = channels < 3;
  const { transparent } = colors;
  const sample = (at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
  const rounded = (at: number): number => (sample(at) * 255 + 32_895) >>> 16;
  return (from, count, target, step) => {
    for (let i = 0, at = target * 4; i < count; i++, from += channels * 2, at += step * 4) {
      data[at] = rounded(from);
      data[at + 1] = grey ? data[at]! : rounded(from + 2);
      data[at + 2] = grey ? data[at]! : rounded(from + 4);
      const clear = transparent?.every((value, c) => sample(from + c * 2) === value) ?? false;
      const opacity = channels % 2 === 0 ? rounded(from + (channels - 1) * 2) : 255;
      data[at + 3] = clear ? 0 : opacity;
    }
  };
}
