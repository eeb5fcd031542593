import { writeOklab } from './oklab.ts';
import { nearestColor, type Palette } from './snap.ts';

export type DitherPattern = 'checker' | 'bayer2' | 'bayer4' | 'bayer8';

/** Side of each pattern in cells. */
const SIDES: Readonly<Record<DitherPattern, number>> = {
  checker: 2,
  bayer2: 2,
  bayer4: 4,
  bayer8: 8,
};

/** Largest distance of two colours in OKLab that may be mixed at strength 1. */
const MOST_SPAN = 0.7;

/** Thresholds of a pattern, row by row, each between 0 and 1. */
function thresholds(pattern: DitherPattern): Float64Array {
  if (pattern === 'checker') return Float64Array.of(0.25, 0.75, 0.75, 0.25);
  let side = 1;
  let ranks = [0];
  while (side < SIDES[pattern]) {
    // Bayer's recursion: each rank becomes four, spread over the quarters 0, 2, 3, 1.
    const next: number[] = [];
    for (let y = 0; y < side * 2; y++) {
      for (let x = 0; x < side * 2; x++) {
        const quarter = y < side ? (x < side ? 0 : 2) : x < side ? 3 : 1;
        next.push(4 * ranks[(y % side) * side + (x % side)]! + quarter);
      }
    }
    ranks = next;
    side *= 2;
  }
  return Float64Array.from(ranks, rank => (rank + 0.5) / (side * side));
}

/**
 * Brings every opaque pixel to the palette, in place: to one of the two colours whose mix comes nearest, by an ordered
 * pattern. Colours far apart are not mixed.
 * @param strength 0 to 1: how far apart two colours may be mixed
 * @returns mean and largest change in OKLab
 */
export function ditherColors(
  data: Uint8ClampedArray,
  width: number,
  palette: Palette,
  pattern: DitherPattern,
  strength: number,
): { mean: number; most: number } {
  const side = SIDES[pattern];
  const limits = thresholds(pattern);
  const known = new Map<number, Mix>();
  const lab = new Float64Array(3);
  let sum = 0;
  let most = 0;
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    const key = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
    let mix = known.get(key);
    if (mix === undefined) {
      writeOklab(lab, 0, data[at]!, data[at + 1]!, data[at + 2]!);
      mix = bestMix(palette, lab, MOST_SPAN * strength);
      known.set(key, mix);
    }
    const pixel = at / 4;
    const x = pixel % width;
    const y = (pixel - x) / width;
    const second = mix.share > limits[(y % side) * side + (x % side)]!;
    const color = palette.colors[second ? mix.second : mix.first]!;
    data[at] = color >> 16;
    data[at + 1] = (color >> 8) & 255;
    data[at + 2] = color & 255;
    sum += mix.change;
    count++;
    if (mix.change > most) most = mix.change;
  }
  return { mean: count === 0 ? 0 : sum / count, most };
}

interface Mix {
  first: number;
  second: number;
  /** Share of the second colour, 0 to 0.5. */
  share: number;
  /** Distance of the mix from the colour wanted. */
  change: number;
}

/** The nearest colour and the one that, mixed in by half at most, comes nearest. */
function bestMix(palette: Palette, lab: Float64Array, span: number): Mix {
  const { lab: colors } = palette;
  const { place: first, distance } = nearestColor(palette, lab[0]!, lab[1]!, lab[2]!);
  let best: Mix = { first, second: first, share: 0, change: distance };
  const fl = colors[first * 3]!;
  const fa = colors[first * 3 + 1]!;
  const fb = colors[first * 3 + 2]!;
  for (let second = 0; second < palette.colors.length; second++) {
    const dl = colors[second * 3]! - fl;
    const da = colors[second * 3 + 1]! - fa;
    const db = colors[second * 3 + 2]! - fb;
    const length = dl * dl + da * da + db * db;
    if (length === 0 || length > span * span) continue;
    const along = (lab[0]! - fl) * dl + (lab[1]! - fa) * da + (lab[2]! - fb) * db;
    const share = Math.max(0, Math.min(0.5, along / length));
    const el = fl + share * dl - lab[0]!;
    const ea = fa + share * da - lab[1]!;
    const eb = fb + share * db - lab[2]!;
    const change = Math.sqrt(el * el + ea * ea + eb * eb);
    if (change < best.change - 1e-9) best = { first, second, share, change };
  }
  return best;
}
