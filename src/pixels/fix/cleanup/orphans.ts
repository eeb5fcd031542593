import type { RgbaImage } from '../../image.ts';
import { labOf, squaredDistance } from '../cells/lab.ts';

/** Distance in OKLab from which a single cell is a highlight or an eye and stays. */
const STANDS_OUT = 0.14;

/** Neighbours that must share the colour which takes an orphan's place. */
const LEAST_ALIKE = 5;

/** Distance in OKLab within which neighbours count as one colour. */
const SAME = 0.02;

/**
 * Replaces single cells of a colour that none of their eight neighbours has by the colour most neighbours share, in place,
 * unless they stand out. A detached cell that is nearly the removed background's colour goes.
 * @param doubt 1 for the cells that may be changed; null for all
 * @param ground OKLab of the removed background, or null
 * @returns cells changed
 */
export function removeOrphans(
  image: RgbaImage,
  doubt: Uint8Array | null,
  ground: readonly [number, number, number] | null,
): number {
  const { width, height, data } = image;
  const lab = labOf(image);
  const result = data.slice();
  const around = new Int32Array(8);
  let changed = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      if (data[cell * 4 + 3] === 0) continue;
      let count = 0;
      let alike = false;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const other = ny * width + nx;
          if (other === cell || data[other * 4 + 3] === 0) continue;
          around[count++] = other;
          if (squaredDistance(lab, cell, other) <= SAME * SAME) alike = true;
        }
      }
      if (alike) continue;
      if (count === 0) {
        if (ground === null || !nearGround(lab, cell, ground)) continue;
        result.fill(0, cell * 4, cell * 4 + 4);
        changed++;
        continue;
      }
      if (doubt !== null && doubt[cell] === 0) continue;
      const mode = modeOf(lab, around, count);
      if (mode < 0 || squaredDistance(lab, cell, mode) > STANDS_OUT * STANDS_OUT) continue;
      result.set(data.subarray(mode * 4, mode * 4 + 4), cell * 4);
      changed++;
    }
  }
  data.set(result);
  return changed;
}

function nearGround(
  lab: Float64Array,
  cell: number,
  ground: readonly [number, number, number],
): boolean {
  const l = lab[cell * 3]! - ground[0];
  const a = lab[cell * 3 + 1]! - ground[1];
  const b = lab[cell * 3 + 2]! - ground[2];
  return l * l + a * a + b * b <= STANDS_OUT * STANDS_OUT;
}

/** The neighbour whose colour enough others share; -1 when none does. */
function modeOf(lab: Float64Array, around: Int32Array, count: number): number {
  for (let i = 0; i <= count - LEAST_ALIKE; i++) {
    let alike = 1;
    for (let k = i + 1; k < count; k++) {
      if (squaredDistance(lab, around[i]!, around[k]!) <= SAME * SAME) alike++;
    }
    if (alike >= LEAST_ALIKE) return around[i]!;
  }
  return -1;
}
