import type { RgbaImage } from '../image.ts';

/**
 * Filters RGB or RGBA rows, each with the filter whose signed bytes have the smallest sum
 * (the heuristic of the PNG specification, clause 12.8).
 * @param channels 3 leaves alpha out
 * @returns rows of `1 + width * channels` bytes
 */
export function filterRows(image: RgbaImage, channels: 3 | 4): Uint8Array {
  const stride = image.width * channels;
  const rows = new Uint8Array(image.height * (stride + 1));
  let above = new Uint8Array(stride);
  let row = new Uint8Array(stride);
  const attempts = Array.from({ length: 5 }, () => new Uint8Array(stride));
  for (let y = 0; y < image.height; y++) {
    takeRow(image, y, channels, row);
    let best = 0;
    let least = Infinity;
    for (const [filter, attempt] of attempts.entries()) {
      const sum = applyFilter(filter, row, above, channels, attempt);
      if (sum < least) [best, least] = [filter, sum];
    }
    rows[y * (stride + 1)] = best;
    rows.set(attempts[best]!, y * (stride + 1) + 1);
    [above, row] = [row, above];
  }
  return rows;
}

function takeRow(image: RgbaImage, y: number, channels: number, row: Uint8Array): void {
  const { data, width } = image;
  for (let x = 0, from = y * width * 4, at = 0; x < width; x++, from += 4) {
    for (let channel = 0; channel < channels; channel++) row[at++] = data[from + channel]!;
  }
}

/** @returns the sum of the absolute values of the differences */
function applyFilter(
  filter: number,
  row: Uint8Array,
  above: Uint8Array,
  channels: number,
  result: Uint8Array,
): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) {
    const left = i < channels ? 0 : row[i - channels]!;
    const up = above[i]!;
    let predicted = 0;
    if (filter === 1) predicted = left;
    else if (filter === 2) predicted = up;
    else if (filter === 3) predicted = (left + up) >> 1;
    else if (filter === 4) predicted = paeth(left, up, i < channels ? 0 : above[i - channels]!);
    const difference = (row[i]! - predicted) & 255;
    result[i] = difference;
    sum += difference < 128 ? difference : 256 - difference;
  }
  return sum;
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - corner - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
