import type { RgbaImage } from '../../image.ts';

/*
 * Blur carries a part of each cell's colour into its neighbours, most of all in small cells and in the colour differences,
 * which JPEG stores at half size. How much is measured at the lines between cells; then it is taken back.
 */

/** Widths of the blur that are told apart, in pixels: standard deviations of a Gaussian. */
const SIGMAS = Float64Array.from({ length: 23 }, (_, i) => 0.3 + i * 0.15);

/** Distance from a line at which the neighbour's part is measured, in pixels. */
const AT = 1.5;

/** Squared step of colour between cells that is clear enough to measure at. */
const CLEAR = 900;

/** Rounds of solving: the parts are small, so each round gains an order of magnitude. */
const ROUNDS = 3;

/** Cells wider than this hold hardly any of their neighbours in the middle, in pixels. */
const WIDE = 24;

/**
 * Takes the neighbours' colours out of blurred cells, in place.
 * @param image the picture
 * @param cells the medians of the inner parts of its cells
 */
export function unmixCells(
  image: RgbaImage,
  cells: RgbaImage,
  columns: ArrayLike<number>,
  rows: ArrayLike<number>,
): void {
  const pitch = (columns[columns.length - 1]! - columns[0]!) / (columns.length - 1);
  if (pitch > WIDE || pitch < 4 || !opaque(cells)) return;
  const blur = measure(image, cells, columns, rows);
  if (blur.luma < 0.5 && blur.chroma < 0.5) return;
  const planes = planesOf(cells);
  for (const [i, plane] of planes.entries()) {
    const sigma = i === 0 ? blur.luma : blur.chroma;
    solve(plane, cells.width, cells.height, partsOf(columns, sigma), 1);
    solve(plane, cells.height, cells.width, partsOf(rows, sigma), cells.width);
  }
  writePlanes(cells, planes);
}

function opaque({ data }: RgbaImage): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

/** Share of a Gaussian beyond `distance`: Zelen and Severo's cubic, with e^-x by squaring a short series. */
function tail(distance: number, sigma: number): number {
  const x = distance / sigma;
  const t = 1 / (1 + 0.33267 * x);
  return 0.3989423 * bell(x) * t * (0.4361836 + t * (-0.1201676 + 0.937298 * t));
}

/** e^(-x²/2) */
function bell(x: number): number {
  // The series is for small parts; what is beyond six deviations is nothing.
  if (x > 6) return 0;
  const part = (-x * x) / 2 / 64;
  let value = 1 + part * (1 + (part / 2) * (1 + (part / 3) * (1 + part / 4)));
  for (let i = 0; i < 6; i++) value *= value;
  return value;
}

/** Width of the blur in brightness and in colour differences. */
function measure(
  image: RgbaImage,
  cells: RgbaImage,
  columns: ArrayLike<number>,
  rows: ArrayLike<number>,
): { luma: number; chroma: number } {
  const sums = { luma: 0, lumaWeight: 0, chroma: 0, chromaWeight: 0 };
  const { width } = cells;
  for (let row = 0; row < cells.height; row++) {
    const y = Math.floor((rows[row]! + rows[row + 1]!) / 2);
    for (let column = 0; column + 1 < width; column++) {
      const line = columns[column + 1]!;
      const cell = row * width + column;
      add(image, cells, sums, cell, cell + 1, Math.floor(line - AT), y, line);
      add(image, cells, sums, cell + 1, cell, Math.floor(line + AT), y, line);
    }
  }
  return {
    luma: sigmaFor(sums.luma, sums.lumaWeight),
    chroma: sigmaFor(sums.chroma, sums.chromaWeight),
  };
}

/** Adds how much of `other` is at a pixel of `cell`, scaled to the distance measured at. */
function add(
  image: RgbaImage,
  cells: RgbaImage,
  sums: { luma: number; lumaWeight: number; chroma: number; chromaWeight: number },
  cell: number,
  other: number,
  x: number,
  y: number,
  line: number,
): void {
  if (x < 0 || x >= image.width) return;
  const at = (y * image.width + x) * 4;
  const off = Math.abs(x + 0.5 - line);
  // Pixels lie at any fraction of a pixel from a line; the mean of many is what counts.
  if (off < AT - 0.5 || off > AT + 0.5) return;
  const here = cell * 4;
  const there = other * 4;
  const y0 = lumaAt(cells.data, here);
  const y1 = lumaAt(cells.data, there);
  const yi = lumaAt(image.data, at);
  const step = y1 - y0;
  if (step * step > CLEAR) {
    sums.luma += (yi - y0) * step;
    sums.lumaWeight += step * step;
  }
  for (const c of [0, 2]) {
    const c0 = cells.data[here + c]! - y0;
    const change = cells.data[there + c]! - y1 - c0;
    if (change * change <= CLEAR) continue;
    sums.chroma += (image.data[at + c]! - yi - c0) * change;
    sums.chromaWeight += change * change;
  }
}

function lumaAt(data: Uint8ClampedArray, at: number): number {
  return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
}

function sigmaFor(sum: number, weight: number): number {
  if (weight === 0) return 0;
  const share = sum / weight;
  let sigma = 0;
  for (const candidate of SIGMAS) if (tail(AT, candidate) <= share) sigma = candidate;
  return sigma;
}

/** Of each cell's middle the parts that are its neighbours' before and after it. */
function partsOf(
  lines: ArrayLike<number>,
  sigma: number,
): { before: Float64Array; after: Float64Array } {
  const count = lines.length - 1;
  const before = new Float64Array(count);
  const after = new Float64Array(count);
  if (sigma < 0.3) return { before, after };
  for (let cell = 0; cell < count; cell++) {
    const part = tail((lines[cell + 1]! - lines[cell]!) / 2, sigma);
    if (cell > 0) before[cell] = part;
    if (cell + 1 < count) after[cell] = part;
  }
  return { before, after };
}

/** Brightness, and red and blue less brightness. */
function planesOf({ data }: RgbaImage): [Float64Array, Float64Array, Float64Array] {
  const count = data.length / 4;
  const planes: [Float64Array, Float64Array, Float64Array] = [
    new Float64Array(count),
    new Float64Array(count),
    new Float64Array(count),
  ];
  for (let i = 0; i < count; i++) {
    const luma = lumaAt(data, i * 4);
    planes[0][i] = luma;
    planes[1][i] = data[i * 4]! - luma;
    planes[2][i] = data[i * 4 + 2]! - luma;
  }
  return planes;
}

function writePlanes(
  { data }: RgbaImage,
  [luma, red, blue]: [Float64Array, Float64Array, Float64Array],
): void {
  for (let i = 0; i < luma.length; i++) {
    const r = luma[i]! + red[i]!;
    const b = luma[i]! + blue[i]!;
    data[i * 4] = Math.round(r);
    data[i * 4 + 1] = Math.round((luma[i]! - 0.299 * r - 0.114 * b) / 0.587);
    data[i * 4 + 2] = Math.round(b);
  }
}

/**
 * Solves for the colours whose mixture was measured, along one axis, by Neumann's series.
 * @param length cells along the axis
 * @param across cells across it
 * @param step from a cell to the next along the axis
 */
function solve(
  plane: Float64Array,
  length: number,
  across: number,
  { before, after }: { before: Float64Array; after: Float64Array },
  step: number,
): void {
  const measured = new Float64Array(length);
  const pure = new Float64Array(length);
  const next = new Float64Array(length);
  for (let k = 0; k < across; k++) {
    const start = step === 1 ? k * length : k;
    for (let i = 0; i < length; i++) measured[i] = pure[i] = plane[start + i * step]!;
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < length; i++) {
        const here = pure[i]!;
        const left = i > 0 ? before[i]! * (pure[i - 1]! - here) : 0;
        const right = i + 1 < length ? after[i]! * (pure[i + 1]! - here) : 0;
        next[i] = measured[i]! - left - right;
      }
      pure.set(next);
    }
    for (let i = 0; i < length; i++) plane[start + i * step] = pure[i]!;
  }
}
