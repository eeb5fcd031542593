import { clamp } from '../colour/colour.ts';
import type { ArtImage } from '../types.ts';
import { forwardDct, inverseDct, SCALES } from './dct.ts';

/** Quantisation tables of the JPEG standard, annex K. */
const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
  92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

const CHROMA = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
  47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/** The table at a quality of 1-100, scaled as libjpeg does. */
function tableAt(base: readonly number[], quality: number): Float64Array {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return Float64Array.from(base, q => clamp(Math.floor((q * scale + 50) / 100), 1, 255));
}

/** One channel of floats with sides padded to whole blocks by repeating the edge. */
interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

function plane(width: number, height: number): Plane {
  const w = Math.ceil(width / 8) * 8;
  const h = Math.ceil(height / 8) * 8;
  return { width: w, height: h, data: new Float32Array(w * h) };
}

/** Quantises every 8x8 block of a plane (values centred on 0) and transforms it back. */
function quantise(target: Plane, table: Float64Array): void {
  const { width, height, data } = target;
  const block = new Float64Array(64);
  const divide = new Float64Array(64);
  const multiply = new Float64Array(64);
  for (let i = 0; i < 64; i++) {
    const scale = (SCALES[i >> 3] as number) * (SCALES[i & 7] as number);
    divide[i] = 1 / (table[i]! * scale * 8);
    multiply[i] = (table[i]! * scale) / 8;
  }
  for (let by = 0; by < height; by += 8) {
    for (let bx = 0; bx < width; bx += 8) {
      const origin = by * width + bx;
      const first = data[origin]!;
      let even = true;
      for (let y = 0; y < 8; y++) {
        const from = origin + y * width;
        for (let x = 0; x < 8; x++) {
          const value = data[from + x]!;
          if (value !== first) even = false;
          block[y * 8 + x] = value;
        }
      }
      if (even) {
        const step = table[0]! / 8;
        const value = Math.round(first / step) * step;
        for (let y = 0; y < 8; y++) data.fill(value, origin + y * width, origin + y * width + 8);
        continue;
      }
      forwardDct(block);
      for (let i = 0; i < 64; i++) {
        block[i] = Math.round(block[i]! * divide[i]!) * multiply[i]!;
      }
      inverseDct(block);
      for (let y = 0; y < 8; y++) {
        const to = origin + y * width;
        for (let x = 0; x < 8; x++) data[to + x] = block[y * 8 + x]!;
      }
    }
  }
}

/**
 * What a JPEG file of this quality would give back: YCbCr (BT.601), chroma halved below quality 90,
 * 8x8 DCT, quantisation with the standard tables, and the way back. Alpha stays as it is.
 */
export function jpegRoundTrip(image: ArtImage, quality: number): void {
  const { width, height, data } = image;
  const q = clamp(Math.round(quality), 1, 100);
  const shift = q < 90 ? 1 : 0;
  const luma = plane(width, height);
  const chromaWidth = (width + shift) >> shift;
  const chromaHeight = (height + shift) >> shift;
  const blue = plane(chromaWidth, chromaHeight);
  const red = plane(chromaWidth, chromaHeight);
  const share = shift === 1 ? 0.25 : 1;
  for (let y = 0; y < luma.height; y++) {
    const row = Math.min(y, height - 1) * width;
    const chromaRow = (y >> shift) * blue.width;
    for (let x = 0; x < luma.width; x++) {
      const i = (row + (x < width ? x : width - 1)) * 4;
      const r = data[i]!;
      const g = data[i + 1]!;
      const b = data[i + 2]!;
      luma.data[y * luma.width + x] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
      const at = chromaRow + (x >> shift);
      if (y >> shift < blue.height && x >> shift < blue.width) {
        blue.data[at] = blue.data[at]! + share * (-0.168736 * r - 0.331264 * g + 0.5 * b);
        red.data[at] = red.data[at]! + share * (0.5 * r - 0.418688 * g - 0.081312 * b);
      }
    }
  }
  if (shift === 1) {
    padEdges(blue, luma.width >> 1, luma.height >> 1);
    padEdges(red, luma.width >> 1, luma.height >> 1);
  }
  quantise(luma, tableAt(LUMA, q));
  quantise(blue, tableAt(CHROMA, q));
  quantise(red, tableAt(CHROMA, q));
  const blueRow = new Float32Array(2 * chromaWidth);
  const redRow = new Float32Array(2 * chromaWidth);
  for (let y = 0; y < height; y++) {
    chromaLine(blue, chromaWidth, chromaHeight, y, shift, blueRow);
    chromaLine(red, chromaWidth, chromaHeight, y, shift, redRow);
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      const light = luma.data[y * luma.width + x]! + 128.5;
      const cb = blueRow[x]!;
      const cr = redRow[x]!;
      data[i] = clamp(light + 1.402 * cr, 0, 255) | 0;
      data[i + 1] = clamp(light - 0.344136 * cb - 0.714136 * cr, 0, 255) | 0;
      data[i + 2] = clamp(light + 1.772 * cb, 0, 255) | 0;
    }
  }
}

/** One line of a chroma plane at full width; halved planes by libjpeg's triangle filter. */
function chromaLine(
  source: Plane,
  width: number,
  height: number,
  y: number,
  shift: number,
  out: Float32Array,
): void {
  const { data } = source;
  const row = y >> shift;
  const at = row * source.width;
  if (shift === 0) {
    for (let x = 0; x < width; x++) out[x] = data[at + x]!;
    return;
  }
  const other = Math.min(height - 1, Math.max(0, (y & 1) === 0 ? row - 1 : row + 1)) * source.width;
  let here = 0.75 * data[at]! + 0.25 * data[other]!;
  let before = here;
  for (let x = 0; x < width; x++) {
    const next = x + 1 < width ? 0.75 * data[at + x + 1]! + 0.25 * data[other + x + 1]! : here;
    out[2 * x] = 0.75 * here + 0.25 * before;
    out[2 * x + 1] = 0.75 * here + 0.25 * next;
    before = here;
    here = next;
  }
}

/** Repeats the last filled column and row into the padding of a halved plane. */
function padEdges(target: Plane, width: number, height: number): void {
  const { data } = target;
  for (let y = 0; y < Math.min(height, target.height); y++) {
    const row = y * target.width;
    for (let x = width; x < target.width; x++) data[row + x] = data[row + width - 1]!;
  }
  for (let y = height; y < target.height; y++) {
    data.copyWithin(y * target.width, (height - 1) * target.width, height * target.width);
  }
}
