import type { RgbaImage } from '../../image.ts';

/** Summed-area tables of a picture in steps of `step` pixels: the variance of any rectangle in constant time. */
export interface Sums {
  /** Steps. */
  width: number;
  height: number;
  step: number;
  /** Place of the first step in the picture. */
  left: number;
  top: number;
  /** Sums of the channels' values, then of their squares, `(width + 1) * (height + 1)` each. */
  tables: readonly Float64Array[];
}

/** Sums of a window of the picture; transparent pixels count as magenta. */
export function sumsOf(
  image: RgbaImage,
  window: { x: number; y: number; width: number; height: number },
  step: number,
): Sums {
  const width = Math.floor(window.width / step);
  const height = Math.floor(window.height / step);
  const stride = width + 1;
  const tables = Array.from({ length: 4 }, () => new Float64Array(stride * (height + 1)));
  const [reds, greens, blues, squares] = tables as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const { data } = image;
  const scale = 1 / (step * step);
  for (let y = 0; y < height; y++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let square = 0;
    let to = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++, to++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let dy = 0; dy < step; dy++) {
        let from = ((window.y + y * step + dy) * image.width + window.x + x * step) * 4;
        for (let dx = 0; dx < step; dx++, from += 4) {
          const opaque = data[from + 3]! >= 128;
          r += opaque ? data[from]! : 255;
          g += opaque ? data[from + 1]! : 0;
          b += opaque ? data[from + 2]! : 255;
        }
      }
      r *= scale;
      g *= scale;
      b *= scale;
      red += r;
      green += g;
      blue += b;
      square += r * r + g * g + b * b;
      reds[to] = reds[to - stride]! + red;
      greens[to] = greens[to - stride]! + green;
      blues[to] = blues[to - stride]! + blue;
      squares[to] = squares[to - stride]! + square;
    }
  }
  return { width, height, step, left: window.x, top: window.y, tables };
}

/** Excess variance that counts half: a standard deviation of ten 8-bit steps in each channel. */
const HALF = 300;

/** Steps along the side of the blocks that the noise is taken from. */
const BLOCK = 3;

/** The variance of flat parts, summed over the channels: from the quieter third of small blocks. */
export function noiseOf(sums: Sums): number {
  const { tables, width, height } = sums;
  const [reds, greens, blues, squares] = tables as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const stride = width + 1;
  const variances: number[] = [];
  for (let y = 0; y + BLOCK <= height; y += 2 * BLOCK) {
    for (let x = 0; x + BLOCK <= width; x += 2 * BLOCK) {
      const a = y * stride + x;
      const b = a + BLOCK;
      const c = a + BLOCK * stride;
      const d = c + BLOCK;
      const count = BLOCK * BLOCK;
      const r = (reds[d]! - reds[c]! - reds[b]! + reds[a]!) / count;
      const g = (greens[d]! - greens[c]! - greens[b]! + greens[a]!) / count;
      const l = (blues[d]! - blues[c]! - blues[b]! + blues[a]!) / count;
      const square = (squares[d]! - squares[c]! - squares[b]! + squares[a]!) / count;
      variances.push(Math.max(0, square - r * r - g * g - l * l));
    }
  }
  if (variances.length === 0) return 0;
  const quiet = Float64Array.from(variances).sort()[Math.floor(variances.length / 3)]!;
  return Math.min(2.5 * quiet, MOST_NOISE);
}

/** Noise beyond this is structure: a picture without flat parts must not pass for a noisy one. */
const MOST_NOISE = 400;

/** Share of a cell on each side that lies in its blurred border. */
const MARGIN = 0.2;

/**
 * How far a picture is from one colour per cell: the area of the cells, each times `v / (v + 300)`, v being by how much the
 * variance of the cell's inner part exceeds the noise's. 0 is pure.
 * @param columns, rows the lines between cells, in pixels, ascending
 * @param noise variance that flat parts have, summed over the channels
 * @returns square pixels
 */
export function impurity(
  sums: Sums,
  columns: Float64Array,
  rows: Float64Array,
  noise: number,
): number {
  const { tables, step, width, height } = sums;
  const [reds, greens, blues, squares] = tables as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const stride = width + 1;
  const across = innerOf(columns, sums.left, step, width);
  const down = innerOf(rows, sums.top, step, height);
  let total = 0;
  for (let row = 0; row + 1 < rows.length; row++) {
    const y0 = down[row * 2]!;
    const y1 = down[row * 2 + 1]!;
    if (y1 <= y0) continue;
    for (let column = 0; column + 1 < columns.length; column++) {
      const x0 = across[column * 2]!;
      const x1 = across[column * 2 + 1]!;
      if (x1 <= x0) continue;
      const a = y0 * stride + x0;
      const b = y0 * stride + x1;
      const c = y1 * stride + x0;
      const d = y1 * stride + x1;
      const count = (x1 - x0) * (y1 - y0);
      const r = (reds[d]! - reds[c]! - reds[b]! + reds[a]!) / count;
      const g = (greens[d]! - greens[c]! - greens[b]! + greens[a]!) / count;
      const l = (blues[d]! - blues[c]! - blues[b]! + blues[a]!) / count;
      const square = (squares[d]! - squares[c]! - squares[b]! + squares[a]!) / count;
      const excess = square - r * r - g * g - l * l - noise;
      if (excess <= 0) continue;
      const area = (columns[column + 1]! - columns[column]!) * (rows[row + 1]! - rows[row]!);
      total += (area * excess) / (excess + HALF);
    }
  }
  return total;
}

/** First and last step of each cell's inner part; empty where the cell is not wholly inside the window. */
function innerOf(lines: Float64Array, start: number, step: number, count: number): Int32Array {
  const inner = new Int32Array(2 * lines.length);
  for (let i = 0; i + 1 < lines.length; i++) {
    const margin = (lines[i + 1]! - lines[i]!) * MARGIN;
    let from = Math.ceil((lines[i]! - start + margin) / step - 0.25);
    let to = Math.floor((lines[i + 1]! - start - margin) / step + 0.25);
    if (to <= from) {
      from = Math.floor(((lines[i]! + lines[i + 1]!) / 2 - start) / step);
      to = from + 1;
    }
    const inside = from >= 0 && to <= count;
    inner[i * 2] = inside ? from : 0;
    inner[i * 2 + 1] = inside ? to : 0;
  }
  return inner;
}
