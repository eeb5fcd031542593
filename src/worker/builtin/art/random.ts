/** Mixes one 32-bit word into a hash (MurmurHash3's block step). */
function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's finaliser: every input bit reaches every output bit. */
function avalanche(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A 32-bit hash of numbers and strings, the same on every platform: integer arithmetic only.
 * Numbers are hashed as their integer part (up to 2^53) and their fraction in 2^-20 steps.
 */
export function hash(...values: readonly (number | string)[]): number {
  let h = 0x2545f491;
  for (const value of values) {
    if (typeof value === 'string') {
      for (let i = 0; i < value.length; i++) h = mix(h, value.charCodeAt(i));
      h = mix(h, value.length);
    } else {
      const whole = Math.floor(value);
      h = mix(h, whole | 0);
      h = mix(h, Math.floor(whole / 4294967296) | 0);
      h = mix(h, Math.floor((value - whole) * 1048576) | 0);
    }
  }
  return avalanche(h);
}

/** The hash as a number in [0, 1). */
export function unitHash(...values: readonly (number | string)[]): number {
  return hash(...values) / 4294967296;
}

/** A hash of two small integers under a key, in [0, 1): the fast path for per-cell noise. */
export function cellHash(key: number, x: number, y: number): number {
  return avalanche(mix(mix(key, x), y)) / 4294967296;
}

/** A small sequential generator (mulberry32): each call gives the next number in [0, 1). */
export function sequence(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
