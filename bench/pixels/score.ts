import type { RgbaImage } from '../../src/pixels/image.ts';

/** Largest difference of a channel that counts as right. */
const TOLERANCE = 16;

/** Cells looked at to find the translations worth a full comparison. */
const PROBES = 96;
const FINALISTS = 6;

/** Share of the truth's opaque cells that are right, 0 to 1, under the best translation. */
export function shareRight(fixed: RgbaImage, truth: RgbaImage): number {
  const cells: number[] = [];
  for (let i = 0; i < truth.width * truth.height; i++) {
    if (truth.data[i * 4 + 3]! >= 128) cells.push(i);
  }
  const probes = cells.filter((_, i) => i % Math.max(1, Math.floor(cells.length / PROBES)) === 0);
  const tries: { x: number; y: number; right: number }[] = [];
  for (let y = -truth.height; y <= fixed.height; y++) {
    for (let x = -truth.width; x <= fixed.width; x++) {
      tries.push({ x, y, right: countRight(fixed, truth, probes, x, y) });
    }
  }
  tries.sort((a, b) => b.right - a.right);
  const finals = tries.slice(0, FINALISTS).map(({ x, y }) => countRight(fixed, truth, cells, x, y));
  return Math.max(...finals) / cells.length;
}

function countRight(
  fixed: RgbaImage,
  truth: RgbaImage,
  cells: readonly number[],
  left: number,
  top: number,
): number {
  let right = 0;
  for (const cell of cells) {
    const x = left + (cell % truth.width);
    const y = top + Math.floor(cell / truth.width);
    if (x < 0 || y < 0 || x >= fixed.width || y >= fixed.height) continue;
    const at = (y * fixed.width + x) * 4;
    let worst = 0;
    for (let c = 0; c < 3; c++) {
      const error = Math.abs(fixed.data[at + c]! - truth.data[cell * 4 + c]!);
      if (error > worst) worst = error;
    }
    if (worst <= TOLERANCE && fixed.data[at + 3]! >= 128) right++;
  }
  return right;
}
