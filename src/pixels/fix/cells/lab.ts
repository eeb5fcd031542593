import type { RgbaImage } from '../../image.ts';
import { writeOklab } from '../../palette/oklab.ts';

/** OKLab of every cell, three numbers each; transparent cells are 0. */
export function labOf({ data, width, height }: RgbaImage): Float64Array {
  const count = width * height;
  const lab = new Float64Array(3 * count);
  for (let cell = 0; cell < count; cell++) {
    const at = cell * 4;
    if (data[at + 3] === 0) continue;
    if (
      cell > 0 &&
      data[at] === data[at - 4] &&
      data[at + 1] === data[at - 3] &&
      data[at + 2] === data[at - 2] &&
      data[at - 1] !== 0
    ) {
      lab.copyWithin(cell * 3, cell * 3 - 3, cell * 3);
    } else writeOklab(lab, cell * 3, data[at]!, data[at + 1]!, data[at + 2]!);
  }
  return lab;
}

/** Squared distance of two cells in OKLab. */
export function squaredDistance(lab: Float64Array, one: number, other: number): number {
  const l = lab[one * 3]! - lab[other * 3]!;
  const a = lab[one * 3 + 1]! - lab[other * 3 + 1]!;
  const b = lab[one * 3 + 2]! - lab[other * 3 + 2]!;
  return l * l + a * a + b * b;
}
