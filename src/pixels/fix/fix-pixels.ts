import type { RgbaImage } from '../image.ts';
import { snapColors } from '../palette/snap.ts';
import { clearGround, findGround, type Ground } from './background/background.ts';
import { fitFrames } from './canvas/fit.ts';
import { labOf } from './cells/lab.ts';
import { type CellSource, findCells } from './cells/source.ts';
import { doubtfulCells } from './cleanup/doubt.ts';
import { smoothJaggies } from './cleanup/jaggies.ts';
import { removeOrphans } from './cleanup/orphans.ts';
import { addOutline, removeOutline } from './cleanup/outline.ts';
import { applyPalette } from './palette-step.ts';
import { FIX_VERSION, type FixReport } from './report.ts';
import { completeSettings, type FixSettings, type FixSettingsInput } from './settings.ts';
import { warningsOf } from './warnings.ts';

export interface FixResult {
  image: RgbaImage;
  report: FixReport;
}

/**
 * Makes true pixel art of a picture of pixel art: finds its cells, takes one colour of each, clears the background, fits the
 * canvas, brings the colours to a palette and tidies up. The same picture and settings give the same bytes everywhere.
 * @param image not changed
 * @returns the sprite, what each step did, and the cells before any step, from which `refixPixels` starts
 * @throws RangeError when a setting makes no sense
 * @throws FixError `too-many-cells` (fit `fail` only), `bad-grid`
 */
export function fixPixels(
  image: RgbaImage,
  input: FixSettingsInput = {},
): FixResult & { source: CellSource } {
  const settings = completeSettings(input);
  const source = findCells([image], settings);
  const [result] = finishCells(source, settings);
  return { ...result!, source };
}

/**
 * As `fixPixels`, for frames of one animation: they share grid, window and palette.
 * @throws FixError also `no-frames`, `unequal-frames`
 */
export function fixFrames(
  images: readonly RgbaImage[],
  input: FixSettingsInput = {},
): { frames: FixResult[]; source: CellSource } {
  const settings = completeSettings(input);
  const source = findCells(images, settings);
  return { frames: finishCells(source, settings), source };
}

/** Fixes again from cells that were found before: everything but `grid` may differ. */
export function refixPixels(source: CellSource, input: FixSettingsInput = {}): FixResult[] {
  return finishCells(source, completeSettings(input));
}

function finishCells(source: CellSource, settings: FixSettings): FixResult[] {
  const { background, cleanup, outline } = settings;
  const cells = source.frames.map(copyOf);
  const grounds = cells.map(image => findGround(image, labOf(image), background.holes));
  const cleared = cells.map((image, i) => clearGround(image, grounds[i]!, background));
  const layers = cells.map((image, i) => ({ image, mask: grounds[i]!.mask }));
  const keptGround = cells.every(opaque) ? (grounds[0]!.color?.rgb ?? null) : null;
  const { frames, report: fit } = fitFrames(layers, settings, keptGround);
  const tidied = cleanup.orphans || cleanup.jaggies;
  const doubts = frames.map((image, i) =>
    tidied ? doubtfulCells(source.doubts[i]!, source.frames[i]!, image, fit.window) : null,
  );
  const exact = source.grid.report.method === 'exact';
  const { report: palette, palette: colors } = applyPalette(
    frames,
    settings.palette,
    settings.dither,
    exact,
  );
  return frames.map((image, i) => {
    const ground = grounds[i]!;
    const orphans = cleanup.orphans
      ? removeOrphans(image, doubts[i]!, exact ? null : removedColor(ground, background.remove))
      : 0;
    const jaggies = cleanup.jaggies ? smoothJaggies(image, doubts[i]!) : 0;
    let drawn = 0;
    if (outline.mode === 'remove') drawn = removeOutline(image, outline);
    if (outline.mode === 'add') {
      drawn = addOutline(image, outline);
      if (colors !== null && settings.palette.kind === 'fixed') snapColors(image.data, colors);
    }
    const report: FixReport = {
      stage: 'fix',
      version: FIX_VERSION,
      size: [image.width, image.height],
      grid: source.grid.report,
      background: cleared[i]!,
      fit,
      palette,
      cleanup: { orphans, jaggies },
      outline: drawn,
      warnings: [],
    };
    report.warnings = warningsOf(report, settings, ground, image);
    return { image, report };
  });
}

function copyOf({ width, height, data }: RgbaImage): RgbaImage {
  return { width, height, data: data.slice() };
}

function opaque({ data }: RgbaImage): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

function removedColor(
  { color }: Ground,
  removed: boolean,
): readonly [number, number, number] | null {
  return removed ? (color?.lab ?? null) : null;
}
