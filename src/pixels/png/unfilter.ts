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
  if (above < 0) {
    for (let i = distance; i < stride; i++) {
      bytes[at + i] = bytes[at + i]! + (bytes[at + i - distance]! >> 1);
    }
    return;
  }
  const lead = Math.min(distance, stride);
  for (let i = 0; i < lead; i++) bytes[at + i] = bytes[at + i]! + (bytes[above + i]! >> 1);
  for (let i = lead; i < stride; i++) {
    bytes[at + i] = bytes[at + i]! + ((bytes[at + i - distance]! + bytes[above + i]!) >> 1);
  }
}

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
  if (distance === 3) {
    undoPaeth3(bytes, at, above, stride);
    return;
  }
  const lead = Math.min(distance, stride);
  for (let i = 0; i < lead; i++) bytes[at + i] = bytes[at + i]! + bytes[above + i]!;
  for (let i = lead; i < stride; i++) {
    const left = bytes[at + i - distance]!;
    const corner = bytes[above + i - distance]!;
    bytes[at + i] = bytes[at + i]! + paeth(left, bytes[above + i]!, corner);
  }
}

/** RGB, which most renders are: its three channels do not wait for each other. */
function undoPaeth3(bytes: Uint8Array, at: number, above: number, stride: number): void {
  let left0 = 0;
  let left1 = 0;
  let left2 = 0;
  let corner0 = 0;
  let corner1 = 0;
  let corner2 = 0;
  for (let i = 0; i < stride; i += 3) {
    const up0 = bytes[above + i]!;
    const up1 = bytes[above + i + 1]!;
    const up2 = bytes[above + i + 2]!;
    left0 = (bytes[at + i]! + paeth(left0, up0, corner0)) & 255;
    left1 = (bytes[at + i + 1]! + paeth(left1, up1, corner1)) & 255;
    left2 = (bytes[at + i + 2]! + paeth(left2, up2, corner2)) & 255;
    bytes[at + i] = left0;
    bytes[at + i + 1] = left1;
    bytes[at + i + 2] = left2;
    corner0 = up0;
    corner1 = up1;
    corner2 = up2;
  }
}

/** The predictor of Alan Paeth without branches, which noise would make unpredictable: masks are all ones or zero. */
function paeth(left: number, up: number, corner: number): number {
  let toLeft = up - corner;
  let toUp = left - corner;
  let toCorner = toLeft + toUp;
  toLeft = (toLeft ^ (toLeft >> 31)) - (toLeft >> 31);
  toUp = (toUp ^ (toUp >> 31)) - (toUp >> 31);
  toCorner = (toCorner ^ (toCorner >> 31)) - (toCorner >> 31);
  const notUp = (toCorner - toUp) >> 31;
  const notLeft = ((toUp - toLeft) | (toCorner - toLeft)) >> 31;
  const other = up ^ ((up ^ corner) & notUp);
  return left ^ ((left ^ other) & notLeft);
}
