import type { RgbaImage } from '../../image.ts';
import { oklabOf } from '../../palette/oklab.ts';

/** The colour that most of a border has. */
export interface BorderColor {
  /** In OKLab. */
  lab: readonly [number, number, number];
  rgb: [red: number, green: number, blue: number];
  /** Distance in OKLab within which a cell has the colour, from the border's noise. */
  tolerance: number;
  /** Share of the border's cells that have it, 0 to 1. */
  share: number;
}

/** Distance of cells that may be one colour, before the noise is known. */
const GATHER = 0.08;

/** Tolerance: at the least, in standard deviations of the border, and at the most. */
const TOLERANCE = { least: 0.03, deviations: 4.5, most: 0.11 };

/** Steps of a channel that are noise, where there is any: next to black even these lie far apart in OKLab. */
const STEPS = 3;

/** Border cells tried as the colour. */
const CANDIDATES = 48;

/** Cells on the four edges, each once. */
export function borderCells(width: number, height: number): Int32Array {
  const cells: number[] = [];
  for (let x = 0; x < width; x++) cells.push(x);
  for (let y = 1; y < height - 1; y++) {
    cells.push(y * width);
    if (width > 1) cells.push(y * width + width - 1);
  }
  if (height > 1) for (let x = 0; x < width; x++) cells.push((height - 1) * width + x);
  return Int32Array.from(cells);
}

/**
 * The most common colour of the border's opaque cells.
 * @param lab OKLab of the cells
 * @returns null when the border is transparent
 */
export function borderColor(
  image: RgbaImage,
  lab: Float64Array,
  border: Int32Array,
): BorderColor | null {
  const cells = border.filter(cell => image.data[cell * 4 + 3]! > 0);
  if (cells.length === 0) return null;
  let best = cells[0]!;
  let most = 0;
  const step = Math.max(1, Math.floor(cells.length / CANDIDATES));
  for (let i = 0; i < cells.length; i += step) {
    const at = cells[i]! * 3;
    const seed = [lab[at]!, lab[at + 1]!, lab[at + 2]!] as const;
    let near = 0;
    for (const cell of cells) if (distanceTo(lab, cell, seed) <= GATHER) near++;
    if (near > most) [best, most] = [cells[i]!, near];
  }
  const seed = [lab[best * 3]!, lab[best * 3 + 1]!, lab[best * 3 + 2]!] as const;
  const members = cells.filter(cell => distanceTo(lab, cell, seed) <= GATHER);
  const middle = [0, 1, 2].map(c => medianBy(members, cell => lab[cell * 3 + c]!));
  const center = [middle[0]!, middle[1]!, middle[2]!] as const;
  const deviation = 1.4826 * medianBy(members, cell => distanceTo(lab, cell, center));
  const channel = (c: number): number => medianBy(members, cell => image.data[cell * 4 + c]!);
  const rgb: [number, number, number] = [channel(0), channel(1), channel(2)];
  const noisy = members.some(cell => distanceTo(lab, cell, center) > 0);
  const least = Math.max(
    TOLERANCE.least + TOLERANCE.deviations * deviation,
    noisy ? distanceOfSteps(rgb) : 0,
  );
  const tolerance = Math.min(TOLERANCE.most, least);
  const near = cells.filter(cell => distanceTo(lab, cell, center) <= tolerance).length;
  return {
    lab: center,
    rgb,
    tolerance,
    share: near / border.length,
  };
}

/** How far apart in OKLab a colour lies from itself with a few steps of noise in each channel. */
function distanceOfSteps([red, green, blue]: readonly [number, number, number]): number {
  const near = oklabOf(red, green, blue);
  const step = (channel: number): number => (channel + STEPS > 255 ? channel : channel + STEPS);
  return distanceTo(Float64Array.from(near), 0, oklabOf(step(red), step(green), step(blue)));
}

function medianBy(cells: Int32Array, value: (cell: number) => number): number {
  return Float64Array.from(cells, value).sort()[cells.length >> 1]!;
}

export function distanceTo(
  lab: Float64Array,
  cell: number,
  [lightness, green, blue]: readonly [number, number, number],
): number {
  const l = lab[cell * 3]! - lightness;
  const a = lab[cell * 3 + 1]! - green;
  const b = lab[cell * 3 + 2]! - blue;
  return Math.sqrt(l * l + a * a + b * b);
}
