import type { Backdrop } from '../stage/backdrop.ts';

/** Patterns of ground as a game has them. */
export const GROUNDS = ['grass', 'stone', 'planks', 'water'] as const;
export type GroundName = (typeof GROUNDS)[number];

/** What transparent cells are shown on; `color` is one of one's own. */
export const BACKDROP_NAMES = [
  'checker',
  'editor',
  'dark',
  'light',
  'color',
  ...GROUNDS,
] as const satisfies readonly (Backdrop | GroundName | 'color')[];
export type BackdropName = (typeof BACKDROP_NAMES)[number];

/** Cells along a ground tile's side. */
export const GROUND_SIDE = 16;

type Shade = readonly [red: number, green: number, blue: number];

const SHADES: Readonly<Record<GroundName, readonly [Shade, Shade, Shade]>> = {
  grass: [
    [86, 138, 60],
    [74, 122, 54],
    [106, 158, 70],
  ],
  stone: [
    [112, 116, 124],
    [86, 90, 98],
    [130, 134, 142],
  ],
  planks: [
    [142, 98, 58],
    [112, 76, 44],
    [156, 110, 68],
  ],
  water: [
    [52, 108, 160],
    [44, 94, 146],
    [84, 142, 188],
  ],
};

/** A number of a cell that looks random and is always the same, 0-255. */
function noise(x: number, y: number): number {
  let word = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 15), 0x2c1b3c6d);
  return (word ^ (word >>> 13)) & 0xff;
}

function shadeAt(ground: GroundName, x: number, y: number): 0 | 1 | 2 {
  const grain = noise(x, y);
  switch (ground) {
    case 'grass':
      return grain > 226 ? 2 : grain < 44 ? 1 : 0;
    case 'stone': {
      const shifted = y % 16 < 8 ? x : (x + 4) % 16;
      if (y % 8 === 7 || shifted % 8 === 7) return 1;
      return y % 8 === 0 || grain > 240 ? 2 : 0;
    }
    case 'planks':
      if (y % 8 === 7 || (x === (y < 8 ? 3 : 11) && y % 8 < 7)) return 1;
      return grain > 214 ? 2 : 0;
    case 'water':
      return (x + (y % 8 < 4 ? 0 : 8)) % 16 < 5 && y % 4 === 1 ? 2 : y % 8 === 5 ? 1 : 0;
  }
}

/** A tile of ground as straight-alpha RGBA, `GROUND_SIDE` cells along a side; it joins itself. */
export function groundPixels(ground: GroundName): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(GROUND_SIDE * GROUND_SIDE * 4);
  for (let y = 0; y < GROUND_SIDE; y++) {
    for (let x = 0; x < GROUND_SIDE; x++) {
      const shade = SHADES[ground][shadeAt(ground, x, y)];
      pixels.set([...shade, 255], (y * GROUND_SIDE + x) * 4);
    }
  }
  return pixels;
}

/** The next backdrop, around the end. */
export function nextBackdrop(name: BackdropName): BackdropName {
  const at = BACKDROP_NAMES.indexOf(name);
  return BACKDROP_NAMES[(at + 1) % BACKDROP_NAMES.length] ?? 'checker';
}
