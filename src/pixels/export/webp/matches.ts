/** A run of pixels that was seen before, or one pixel as it is. */
export type Piece = { pixel: number } | { length: number; distance: number };

const LEAST = 3;
const MOST = 4096;
/** VP8L's window. */
const WINDOW = (1 << 20) - 120;
const HASH_BITS = 15;
const TRIES = 24;

/**
 * Finds repetitions (LZ77), each time the longest of the last few places where three pixels were the same.
 * @param pixels one word each
 */
export function findMatches(pixels: Uint32Array): Piece[] {
  const heads = new Int32Array(1 << HASH_BITS).fill(-1);
  const links = new Int32Array(pixels.length);
  const hash = (at: number) =>
    (Math.imul(pixels[at]!, 0x9e3779b1) ^
      Math.imul(pixels[at + 1]!, 0x85ebca6b) ^
      Math.imul(pixels[at + 2]!, 0xc2b2ae35)) >>>
    (32 - HASH_BITS);
  const enter = (at: number) => {
    if (at + LEAST > pixels.length) return;
    const slot = hash(at);
    links[at] = heads[slot]!;
    heads[slot] = at;
  };
  const pieces: Piece[] = [];
  for (let at = 0; at < pixels.length;) {
    let length = 0;
    let from = 0;
    if (at + LEAST <= pixels.length) {
      let place = heads[hash(at)]!;
      for (let tries = TRIES; tries > 0 && place >= 0 && at - place <= WINDOW; tries--) {
        const found = matchLength(pixels, place, at);
        if (found > length) [length, from] = [found, place];
        if (length === MOST) break;
        place = links[place]!;
      }
    }
    if (length < LEAST) {
      pieces.push({ pixel: pixels[at]! });
      enter(at++);
    } else {
      pieces.push({ length, distance: at - from });
      for (const end = at + length; at < end; at++) enter(at);
    }
  }
  return pieces;
}

function matchLength(pixels: Uint32Array, a: number, b: number): number {
  const most = Math.min(MOST, pixels.length - b);
  let length = 0;
  while (length < most && pixels[a + length] === pixels[b + length]) length++;
  return length;
}
