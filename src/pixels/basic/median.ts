/**
 * The middle of `count` values from `start` on, the upper one of two: halves the range of byte values until one is left.
 * Without branches on the values, which noise would make unpredictable.
 */
export function medianOf(values: Uint8Array, start: number, count: number): number {
  if (count === 1) return values[start]!;
  const end = start + count;
  const half = count >> 1;
  let low = 0;
  for (let step = 128; step > 0; step >>= 1) {
    const middle = low + step;
    let below = 0;
    for (let i = start; i < end; i++) below += (values[i]! - middle) >>> 31;
    if (below <= half) low = middle;
  }
  return low;
}
