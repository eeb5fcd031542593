/** Sides that the ground of a tile reaches at the least; one of them may happen to be plain. */
const SIDES = 3;

/** Separate pieces that the border of a tile cuts at the least. */
const PIECES = 3;

/**
 * Whether what a removed background would leave is a scatter of pieces cut off all around: a tile's pattern reaches its border
 * everywhere, while a subject, even one that its frame cuts off, hangs together.
 * @param background 1 for the cells that would become transparent
 */
export function looksLikeTile(
  background: Uint8Array,
  border: Int32Array,
  width: number,
  height: number,
): boolean {
  const seen = background.slice();
  let sides = 0;
  let pieces = 0;
  for (const cell of border) {
    if (seen[cell] === 1) continue;
    sides |= markPiece(seen, cell, width, height);
    pieces++;
  }
  const reached = (sides & 1) + ((sides >> 1) & 1) + ((sides >> 2) & 1) + ((sides >> 3) & 1);
  return pieces >= PIECES && reached >= SIDES;
}

/** Marks every cell that hangs together with `start` over sides or corners; one bit for each side of the picture it reaches. */
function markPiece(seen: Uint8Array, start: number, width: number, height: number): number {
  let sides = 0;
  const cells = [start];
  seen[start] = 1;
  for (const cell of cells) {
    const x = cell % width;
    const y = (cell - x) / width;
    if (x === 0) sides |= 1;
    if (x === width - 1) sides |= 2;
    if (y === 0) sides |= 4;
    if (y === height - 1) sides |= 8;
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
