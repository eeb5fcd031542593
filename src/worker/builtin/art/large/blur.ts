import type { ArtImage } from '../types.ts';

/** exp(-x) for x >= 0 by halving and a Taylor series: the same bits on every platform. */
function decay(x: number): number {
  let halvings = 0;
  let small = x;
  while (small > 0.5) {
    small /= 2;
    halvings++;
  }
  let sum = 1;
  let term = 1;
  for (let i = 1; i < 14; i++) {
    term *= -small / i;
    sum += term;
  }
  for (let i = 0; i < halvings; i++) sum *= sum;
  return sum;
}

/** Weights of a Gaussian from its centre outwards, as 16-bit fractions that sum to one. */
export function kernelOf(sigma: number): Int32Array {
  const radius = Math.max(1, Math.ceil(sigma * 3));
  const raw = Array.from({ length: radius + 1 }, (_, k) => decay((k * k) / (2 * sigma * sigma)));
  let total = raw[0]!;
  for (let k = 1; k <= radius; k++) total += 2 * raw[k]!;
  const kernel = new Int32Array(radius + 1);
  let rest = 65536;
  for (let k = radius; k > 0; k--) {
    kernel[k] = Math.round((raw[k]! / total) * 65536);
    rest -= 2 * kernel[k]!;
  }
  kernel[0] = rest;
  return kernel;
}

/** Blurs one row of RGBA in place; clear pixels lend no colour (alpha-weighted). */
export function blurredRow(row: Uint8ClampedArray, kernel: Int32Array): void {
  const pixels = row.length / 4;
  const source = row.slice();
  const radius = kernel.length - 1;
  for (let x = 0; x < pixels; x++) {
    let [r, g, b, a] = [0, 0, 0, 0];
    for (let k = -radius; k <= radius; k++) {
      const at = Math.min(pixels - 1, Math.max(0, x + k)) * 4;
      const alpha = kernel[k < 0 ? -k : k]! * source[at + 3]!;
      r += alpha * source[at]!;
      g += alpha * source[at + 1]!;
      b += alpha * source[at + 2]!;
      a += alpha;
    }
    if (a <= 0) continue;
    row[x * 4] = Math.round(r / a);
    row[x * 4 + 1] = Math.round(g / a);
    row[x * 4 + 2] = Math.round(b / a);
    row[x * 4 + 3] = Math.round(a / 65536);
  }
}

/**
 * Blurs columns. `rows` names the sprite row each line shows: where a whole neighbourhood shows
 * the same row nothing can change, and such lines are left as they are.
 */
export function blurVertically(image: ArtImage, kernel: Int32Array, rows: Int32Array): void {
  const { width, height, data } = image;
  const radius = kernel.length - 1;
  const source = data.slice();
  const stride = width * 4;
  let opaque = true;
  for (let i = 3; i < source.length && opaque; i += 4) opaque = source[i] === 255;
  const sums = new Float64Array(stride);
  const totals = new Int32Array(stride);
  for (let y = 0; y < height; y++) {
    const low = Math.max(0, y - radius);
    const high = Math.min(height - 1, y + radius);
    if (rows[low] === rows[high] && high - low < 2 * radius + 1 && sameRows(rows, low, high))
      continue;
    if (opaque) {
      totals.fill(32768);
      for (let k = -radius; k <= radius; k++) {
        const from = Math.min(height - 1, Math.max(0, y + k)) * stride;
        const weight = kernel[k < 0 ? -k : k]!;
        for (let i = 0; i < stride; i++) {
          totals[i] = totals[i]! + weight * source[from + i]!;
        }
      }
      const to = y * stride;
      for (let i = 0; i < stride; i++) data[to + i] = totals[i]! >> 16;
      continue;
    }
    sums.fill(0);
    for (let k = -radius; k <= radius; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k)) * stride;
      const weight = kernel[k < 0 ? -k : k]!;
      for (let i = 0; i < stride; i += 4) {
        const alpha = weight * source[from + i + 3]!;
        sums[i] = sums[i]! + alpha * source[from + i]!;
        sums[i + 1] = sums[i + 1]! + alpha * source[from + i + 1]!;
        sums[i + 2] = sums[i + 2]! + alpha * source[from + i + 2]!;
        sums[i + 3] = sums[i + 3]! + alpha;
      }
    }
    for (let i = 0; i < stride; i += 4) {
      const alpha = sums[i + 3]!;
      const to = y * stride + i;
      for (let c = 0; c < 3; c++) data[to + c] = alpha > 0 ? Math.round(sums[i + c]! / alpha) : 0;
      data[to + 3] = Math.round(alpha / 65536);
    }
  }
}

function sameRows(rows: Int32Array, low: number, high: number): boolean {
  for (let y = low + 1; y <= high; y++) if (rows[y] !== rows[low]) return false;
  return true;
}
