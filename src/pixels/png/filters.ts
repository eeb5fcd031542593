import { PngError } from './error.ts';

/**
 * Undoes the row filters of one pass in place.
 * @param start index of the first row's filter byte
 * @param pixelBytes bytes from a sample to the same one of the pixel before, at least 1
 * @throws PngError `corrupt` for a filter that does not exist
 */
export function unfilter(
  bytes: Uint8Array,
  start: number,
  rows: number,
  rowBytes: number,
  pixelBytes: number,
): void {
  const lead = Math.min(pixelBytes, rowBytes);
  for (let row = 0; row < rows; row++) {
    const first = start + row * (rowBytes + 1) + 1;
    const filter = bytes[first - 1]!;
    const end = first + rowBytes;
    const above = row === 0 ? null : bytes.subarray(first - rowBytes - 1, first - 1);
    if (filter === 0) continue;
    if (filter === 1) {
      for (let at = first + lead; at < end; at++) bytes[at]! += bytes[at - pixelBytes]!;
    } else if (filter === 2) {
      if (above !== null) for (let at = 0; at < rowBytes; at++) bytes[first + at]! += above[at]!;
    } else if (filter === 3) {
      for (let at = 0; at < rowBytes; at++) {
        const left = at < pixelBytes ? 0 : bytes[first + at - pixelBytes]!;
        bytes[first + at]! += (left + (above === null ? 0 : above[at]!)) >> 1;
      }
    } else if (filter === 4) {
      unfilterPaeth(bytes, first, rowBytes, lead, pixelBytes, above);
    } else {
      throw new PngError('corrupt', `The PNG file is corrupt: row filter ${filter} does not exist.`);
    }
  }
}

function unfilterPaeth(
  bytes: Uint8Array,
  first: number,
  rowBytes: number,
  lead: number,
  pixelBytes: number,
  above: Uint8Array | null,
): void {
  // Without a row above the predictor is the left sample, without a left one the sample above.
  if (above === null) {
    for (let at = first + lead; at < first + rowBytes; at++) bytes[at]! += bytes[at - pixelBytes]!;
    return;
  }
  for (let at = 0; at < lead; at++) bytes[first + at]! += above[at]!;
  for (let at = lead; at < rowBytes; at++) {
    const left = bytes[first + at - pixelBytes]!;
    bytes[first + at]! += paeth(left, above[at]!, above[at - pixelBytes]!);
  }
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/**
 * Filters rows, each by the filter whose signed differences sum to the least (the heuristic of the
 * PNG specification, section 12.8).
 * @param bytes unfiltered rows without gaps
 * @returns the rows with their filter bytes
 */
export function filterAdaptively(
  bytes: Uint8Array,
  rows: number,
  rowBytes: number,
  pixelBytes: number,
): Uint8Array {
  const filtered = new Uint8Array(rows * (rowBytes + 1));
  const candidates = Array.from({ length: 5 }, () => new Uint8Array(rowBytes));
  let above = new Uint8Array(rowBytes);
  for (let row = 0; row < rows; row++) {
    const current = bytes.subarray(row * rowBytes, (row + 1) * rowBytes);
    const sums = filterRow(candidates, current, above, pixelBytes);
    let best = 0;
    for (let filter = 1; filter < 5; filter++) if (sums[filter]! < sums[best]!) best = filter;
    filtered[row * (rowBytes + 1)] = best;
    filtered.set(candidates[best]!, row * (rowBytes + 1) + 1);
    above = current;
  }
  return filtered;
}

function filterRow(
  candidates: readonly Uint8Array[],
  current: Uint8Array,
  above: Uint8Array,
  pixelBytes: number,
): number[] {
  const [none, sub, up, average, paethed] = candidates as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const sums = [0, 0, 0, 0, 0];
  for (let at = 0; at < current.length; at++) {
    const value = current[at]!;
    const over = above[at]!;
    const left = at < pixelBytes ? 0 : current[at - pixelBytes]!;
    const corner = at < pixelBytes ? 0 : above[at - pixelBytes]!;
    none[at] = value;
    sub[at] = value - left;
    up[at] = value - over;
    average[at] = value - ((left + over) >> 1);
    paethed[at] = value - paeth(left, over, corner);
    for (let filter = 0; filter < 5; filter++) {
      const difference = candidates[filter]![at]!;
      sums[filter]! += difference < 128 ? difference : 256 - difference;
    }
  }
  return sums;
}
