/**
 * The middle of `count` values from `start` on, the upper one of two. Works without branches on the values, which noise would
 * make unpredictable.
 */
export function medianOf(values: Uint8Array, start: number, count: number): number {
  if (count === 1) return values[start]!;
  if (count === 9) return medianOfNine(values, start);
  const end = start + count;
  const half = count >> 1;
  let low = 0;
  // Halves the range of byte values until one is left.
  for (let step = 128; step > 0; step >>= 1) {
    const middle = low + step;
    let below = 0;
    for (let i = start; i < end; i++) below += (values[i]! - middle) >>> 31;
    if (below <= half) low = middle;
  }
  return low;
}

/** By three sorted triples: the median of the largest low, the middle mid and the smallest high. */
function medianOfNine(values: Uint8Array, start: number): number {
  let low = 0;
  let high = 255;
  let middles = 0;
  let leastMiddle = 255;
  let mostMiddle = 0;
  for (let i = start; i < start + 9; i += 3) {
    const a = values[i]!;
    const b = values[i + 1]!;
    const c = values[i + 2]!;
    const least = Math.min(a, b, c);
    const most = Math.max(a, b, c);
    const middle = a + b + c - least - most;
    low = Math.max(low, least);
    high = Math.min(high, most);
    middles += middle;
    leastMiddle = Math.min(leastMiddle, middle);
    mostMiddle = Math.max(mostMiddle, middle);
  }
  const middle = middles - leastMiddle - mostMiddle;
  return low + middle + high - Math.min(low, middle, high) - Math.max(low, middle, high);
}
