import { PngError } from './error.ts';

/**
 * Undoes the row filters of PNG (specification, clause 9) in place. Filter bytes stay where they are.
 * @param bytes rows of `1 + stride` bytes each, from `start` on
 * @param distance bytes between a sample and the one to its left
 * @throws PngError `corrupt` for a filter that does not exist
 */
export function unfilter(
  bytes: Uint8Array,
  start: number,
  rows: number,
  stride: number,
  distance: number,
): void {
  for (let row = 0, at = start + 1; row < rows; row++, at += stride + 1) {
    const filter = bytes[at - 1]!;
    const above = row === 0 ? -1 : at - stride - 1;
    if (filter === 0) continue;
    if (filter === 1) undoSub(bytes, at, stride, distance);
    else if (filter === 2) undoUp(bytes, at, above, stride);
    else if (filter === 3) undoAverage(bytes, at, above, stride, distance);
    else if (filter === 4) undoPaeth(bytes, at, above, stride, distance);
    else throw new PngError('corrupt', `The PNG is damaged: row filter ${filter} does not exist.`);
  }
}

function undoSub(bytes: Uint8Array, at: number, stride: number, distance: number): void {
  const end = at + stride;
  for (let i = at + distance; i < end; i++) bytes[i] = bytes[i]! + bytes[i - distance]!;
}

function undoUp(bytes: Uint8Array, at: number, above: number, stride: number): void {
  if (above < 0) return;
  for (let i = 0; i < stride; i++) bytes[at + i] = bytes[at + i]! + bytes[above + i]!;
}

function undoAverage(
  bytes: Uint8Array,
  at: number,
  above: number,
  stride: number,
  distance: number,
): void {
  for (let i = 0; i < stride; i++) {
    const left = i < distance ? 0 : bytes[at + i - distance]!;
    const up = above < 0 ? 0 : bytes[above + i]!;
    bytes[at + i] = bytes[at + i]! + ((left + up) >> 1);
  }
}

/** One channel after the other, so that left and upper left stay in registers. */
function undoPaeth(
  bytes: Uint8Array,
  at: number,
  above: number,
  stride: number,
  distance: number,
): void {
  if (above < 0) {
    undoSub(bytes, at, stride, distance);
    return;
  }
  for (let channel = 0; channel < distance; channel++) {
    let left = 0;
    let corner = 0;
    for (let i = channel; i < stride; i += distance) {
      const up = bytes[above + i]!;
      let toLeft = up - corner;
      let toUp = left - corner;
      let toCorner = toLeft + toUp;
      if (toLeft < 0) toLeft = -toLeft;
      if (toUp < 0) toUp = -toUp;
      if (toCorner < 0) toCorner = -toCorner;
      const predicted =
        toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      left = (bytes[at + i]! + predicted) & 255;
      bytes[at + i] = left;
      corner = up;
    }
  }
}
