import type { RgbaImage } from '../image.ts';

/** Sides that the ground of a tile reaches at the least; one of them may happen to be plain. */
const SIDES = 3;

/** Separate pieces that the border of a tile cuts at the least. */
const PIECES = 3;

/**
 * Whether what a removed background would leave is a scatter of pieces cut off all around: the pattern of a tile reaches
 * its border everywhere, while a subject, even one that its frame cuts off, hangs together.
 * @param background cells that would become transparent
 */
export function looksLikeTile(
  image: RgbaImage,
  background: Int32Array,
  border: readonly number[],
): boolean {
  const { width, height } = image;
  const seen = new Uint8Array(width * height);
  for (const cell of background) seen[cell] = 1;
  const sides = new Set<string>();
  let pieces = 0;
  for (const cell of border) {
    if (seen[cell] === 1) continue;
    for (const touched of markPiece(seen, cell, width, height)) sides.add(touched);
    pieces++;
  }
  return pieces >= PIECES && sides.size >= SIDES;
}

/**
 * Marks every cell that hangs together with `start` over sides or corners.
 * @returns the sides of the picture that they reach
 */
function markPiece(seen: Uint8Array, start: number, width: number, height: number): Set<string> {
  const sides = new Set<string>();
  const cells = [start];
  seen[start] = 1;
  for (const cell of cells) {
    const x = cell % width;
    const y = Math.floor(cell / width);
    if (x === 0) sides.add('left');
    if (x === width - 1) sides.add('right');
    if (y === 0) sides.add('top');
    if (y === height - 1) sides.add('bottom');
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const next = ny * width + nx;
        if (seen[next] === 1) continue;
        seen[next] = 1;
        cells.push(next);
      }
    }
  }
  return sides;
}
