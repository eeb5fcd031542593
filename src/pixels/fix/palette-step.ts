import type { RgbaImage } from '../image.ts';
import { clusterColors, type ColorCounts, countColors, mergeColors } from '../palette/cluster.ts';
import { ditherColors } from '../palette/dither.ts';
import { type Palette, paletteOf, snapColors } from '../palette/snap.ts';
import type { PaletteReport } from './report.ts';
import type { DitherChoice, PaletteChoice } from './settings.ts';

/** Colours that an automatic palette has at the most: more is no palette. */
const MOST_AUTOMATIC = 64;

/**
 * Brings all frames to one palette, in place.
 * @param exact whether the colours are those that were drawn, to the last bit: then two that are nearly the same are two
 */
export function applyPalette(
  frames: readonly RgbaImage[],
  choice: PaletteChoice,
  dither: DitherChoice | null,
  exact: boolean,
): { report: PaletteReport; palette: Palette | null } {
  const counted = countAll(frames);
  const before = counted.colors.length;
  if (choice.kind === 'keep' || before === 0) {
    const report = { kind: choice.kind, before, after: before, meanChange: 0, mostChange: 0 };
    return { report, palette: null };
  }
  const palette = paletteFor(choice, counted, exact);
  let mean = 0;
  let most = 0;
  for (const { data, width } of frames) {
    const change =
      dither === null
        ? snapColors(data, palette)
        : ditherColors(data, width, palette, dither.pattern, dither.strength);
    mean += change.mean / frames.length;
    most = Math.max(most, change.most);
  }
  const after = countAll(frames).colors.length;
  return {
    report: { kind: choice.kind, before, after, meanChange: mean, mostChange: most },
    palette,
  };
}

function countAll(frames: readonly RgbaImage[]): ColorCounts {
  if (frames.length === 1) return countColors(frames[0]!.data);
  const all = new Uint8ClampedArray(frames.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of frames) {
    all.set(data, at);
    at += data.length;
  }
  return countColors(all);
}

function paletteFor(
  choice: Exclude<PaletteChoice, { kind: 'keep' }>,
  counted: ColorCounts,
  exact: boolean,
): Palette {
  if (choice.kind === 'fixed')
    return paletteOf(choice.colors.map(([r, g, b]) => (r << 16) | (g << 8) | b));
  if (choice.kind === 'count') return paletteOf(clusterColors(counted, choice.colors).colors);
  if (exact && counted.colors.length <= MOST_AUTOMATIC) return paletteOf(counted.colors);
  const merged = mergeColors(counted);
  if (merged.colors.length <= MOST_AUTOMATIC) return paletteOf(merged.colors);
  return paletteOf(clusterColors(counted, MOST_AUTOMATIC).colors);
}
