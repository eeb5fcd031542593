/** Uniform numbers in [0, 1) by mulberry32: the same for a seed everywhere. */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a of a text, 32 bits, mixed so that near names give far seeds. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A standard normal deviate, by Box and Muller. */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

let deviates: Float32Array | undefined;

/** Adds white noise of a standard deviation to samples in place: from a table, since millions are needed. */
export function addWhiteNoise(samples: Float32Array, sd: number, random: Random): void {
  if (deviates === undefined) {
    const table = randomOf(0x7ab1e);
    deviates = Float32Array.from({ length: 1 << 16 }, () => normal(table));
  }
  let state = Math.floor(random() * 2 ** 32) | 0;
  for (let i = 0; i < samples.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    samples[i]! += sd * deviates[state >>> 16]!;
  }
}
