import { hash, sequence } from '../random.ts';
import type { ArtImage } from '../types.ts';

const TABLE_BITS = 10;

/** A table of normal deviates (sums of twelve uniform numbers), sd 1, mean 0. */
function deviates(): Float64Array {
  const size = 1 << TABLE_BITS;
  const table = new Float64Array(size);
  const next = sequence(0x5eed);
  for (let i = 0; i < size / 2; i++) {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += next();
    table[i] = sum;
    table[size / 2 + i] = -sum;
  }
  return table;
}

let table: Float64Array | undefined;

/** Adds independent noise of the given standard deviation (0-255) to every colour channel in place. */
export function addNoise(image: ArtImage, sd: number, seed: number): void {
  table ??= deviates();
  const steps = new Int32Array(table.length);
  for (let i = 0; i < steps.length; i++) steps[i] = Math.round(table[i]! * sd * 256);
  const { data } = image;
  const mask = steps.length - 1;
  let state = hash(seed, 'noise') | 0;
  for (let i = 0; i < data.length; i += 4) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    t ^= t >>> 14;
    if (data[i + 3] === 0) continue;
    data[i] = (data[i]! * 256 + 128 + steps[t & mask]!) >> 8;
    data[i + 1] = (data[i + 1]! * 256 + 128 + steps[(t >>> TABLE_BITS) & mask]!) >> 8;
    data[i + 2] = (data[i + 2]! * 256 + 128 + steps[(t >>> (2 * TABLE_BITS)) & mask]!) >> 8;
  }
}
