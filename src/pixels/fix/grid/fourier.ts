import { circle } from './trigonometry.ts';

const circles = new Map<number, ReturnType<typeof circle>>();

/**
 * The discrete Fourier transform in place, by decimation in time.
 * @param real, imaginary of the same length, a power of two of at least 8
 */
export function fourier(real: Float64Array, imaginary: Float64Array): void {
  const count = real.length;
  let table = circles.get(count);
  if (table === undefined) circles.set(count, (table = circle(count)));
  reorder(real, imaginary);
  for (let half = 1; half < count; half *= 2) {
    const stride = count / (2 * half);
    for (let k = 0; k < half; k++) {
      const c = table.cos[k * stride]!;
      const s = -table.sin[k * stride]!;
      for (let at = k; at < count; at += 2 * half) {
        const to = at + half;
        const re = real[to]! * c - imaginary[to]! * s;
        const im = real[to]! * s + imaginary[to]! * c;
        real[to] = real[at]! - re;
        imaginary[to] = imaginary[at]! - im;
        real[at]! += re;
        imaginary[at]! += im;
      }
    }
  }
}

function reorder(real: Float64Array, imaginary: Float64Array): void {
  const count = real.length;
  let mirrored = 0;
  for (let i = 1; i < count; i++) {
    let bit = count >> 1;
    for (; (mirrored & bit) !== 0; bit >>= 1) mirrored ^= bit;
    mirrored |= bit;
    if (i >= mirrored) continue;
    [real[i], real[mirrored]] = [real[mirrored]!, real[i]!];
    [imaginary[i], imaginary[mirrored]] = [imaginary[mirrored]!, imaginary[i]!];
  }
}
