import { writeOklab } from './oklab.ts';

/** A list of colours that others are brought to. */
export interface Palette {
  /** `0xrrggbb` each. */
  colors: Uint32Array;
  /** OKLab of each, three numbers. */
  lab: Float64Array;
}

/** @param colors `0xrrggbb` each; what comes twice is taken once */
export function paletteOf(colors: Iterable<number>): Palette {
  const list = Uint32Array.from(new Set(colors));
  const lab = new Float64Array(list.length * 3);
  for (let i = 0; i < list.length; i++) {
    const color = list[i]!;
    writeOklab(lab, i * 3, color >> 16, (color >> 8) & 255, color & 255);
  }
  return { colors: list, lab };
}

/** The place of the palette's colour nearest to one in OKLab; the first of equals. */
export function nearestColor(
  { lab }: Palette,
  lightness: number,
  a: number,
  b: number,
): { place: number; distance: number } {
  let place = 0;
  let nearest = Infinity;
  for (let i = 0; i < lab.length; i += 3) {
    const dl = lab[i]! - lightness;
    const da = lab[i + 1]! - a;
    const db = lab[i + 2]! - b;
    const distance = dl * dl + da * da + db * db;
    if (distance < nearest) {
      nearest = distance;
      place = i / 3;
    }
  }
  return { place, distance: Math.sqrt(nearest) };
}

/**
 * Gives every opaque pixel the palette's nearest colour, in place.
 * @returns mean and largest change in OKLab
 */
export function snapColors(
  data: Uint8ClampedArray,
  palette: Palette,
): { mean: number; most: number } {
  const known = new Map<number, { color: number; distance: number }>();
  const lab = new Float64Array(3);
  let sum = 0;
  let most = 0;
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    const key = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
    let found = known.get(key);
    if (found === undefined) {
      writeOklab(lab, 0, data[at]!, data[at + 1]!, data[at + 2]!);
      const { place, distance } = nearestColor(palette, lab[0]!, lab[1]!, lab[2]!);
      found = { color: palette.colors[place]!, distance };
      known.set(key, found);
    }
    data[at] = found.color >> 16;
    data[at + 1] = (found.color >> 8) & 255;
    data[at + 2] = found.color & 255;
    sum += found.distance;
    count++;
    if (found.distance > most) most = found.distance;
  }
  return { mean: count === 0 ? 0 : sum / count, most };
}
