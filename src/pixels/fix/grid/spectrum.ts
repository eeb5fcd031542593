import { type Profile, RESOLUTION } from './edges.ts';
import { fourier } from './fourier.ts';

/** How strongly the votes repeat at each frequency; entry k stands for `k / size` cycles per pixel. */
export interface Spectrum {
  x: Float64Array;
  y: Float64Array;
  size: number;
}

/** Frequency steps per cycle over the longer axis. */
const OVERSAMPLING = 4;

/** Magnitudes of the votes' transform, each axis relative to its votes. */
export function spectrumOf(x: Profile, y: Profile): Spectrum {
  const longest = Math.max(x.votes.length, y.votes.length);
  let size = 8;
  while (size < longest * OVERSAMPLING) size *= 2;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  writeFlattened(x, real);
  writeFlattened(y, imaginary);
  fourier(real, imaginary);
  const half = size / 2;
  const across = new Float64Array(half);
  const down = new Float64Array(half);
  // Two real signals share one complex transform: their parts are its even and its odd symmetry.
  for (let k = 1; k < half; k++) {
    const evenRe = (real[k]! + real[size - k]!) / 2;
    const evenIm = (imaginary[k]! - imaginary[size - k]!) / 2;
    const oddRe = (imaginary[k]! + imaginary[size - k]!) / 2;
    const oddIm = (real[size - k]! - real[k]!) / 2;
    across[k] = Math.sqrt(evenRe * evenRe + evenIm * evenIm) / (x.total + 1e-9);
    down[k] = Math.sqrt(oddRe * oddRe + oddIm * oddIm) / (y.total + 1e-9);
  }
  return { x: across, y: down, size: size / RESOLUTION };
}

/** The votes less their moving average: a silhouette's slow rise is no pitch. */
function writeFlattened({ votes }: Profile, target: Float64Array): void {
  const count = votes.length;
  const reach = Math.max(8, count >> 4);
  let sum = 0;
  for (let i = 0; i < Math.min(reach, count); i++) sum += votes[i]!;
  for (let i = 0; i < count; i++) {
    if (i + reach < count) sum += votes[i + reach]!;
    if (i - reach - 1 >= 0) sum -= votes[i - reach - 1]!;
    const from = Math.max(0, i - reach);
    const to = Math.min(count - 1, i + reach);
    target[i] = votes[i]! - sum / (to - from + 1);
  }
}

/**
 * The pitches at which the weighted sum of both axes peaks, strongest first.
 * @param weights of the axes
 */
export function peakPitches(
  spectrum: Spectrum,
  weights: readonly [x: number, y: number],
  range: readonly [least: number, most: number],
  count: number,
): number[] {
  const { x, y, size } = spectrum;
  const from = Math.max(2, Math.ceil(size / range[1]));
  const to = Math.min(x.length - 2, Math.floor(size / range[0]));
  const at = (k: number): number => weights[0] * x[k]! + weights[1] * y[k]!;
  const peaks: { pitch: number; height: number }[] = [];
  for (let k = from; k <= to; k++) {
    const here = at(k);
    const before = at(k - 1);
    const after = at(k + 1);
    if (here <= before || here < after) continue;
    const bend = before - 2 * here + after;
    const place = k + (bend < 0 ? (before - after) / (2 * bend) : 0);
    peaks.push({ pitch: size / place, height: here });
  }
  return peaks
    .sort((a, b) => b.height - a.height)
    .slice(0, count)
    .map(({ pitch }) => pitch);
}
