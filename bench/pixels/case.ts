import sharp from 'sharp';
import type { RgbaImage } from '../../src/pixels/image.ts';
import { fixPixels, refixPixels } from '../../src/pixels/fix/fix-pixels.ts';
import type { FixSettingsInput } from '../../src/pixels/fix/settings.ts';
import { type Condition, degrade, flattened } from './degrade.ts';
import { shareRight } from './score.ts';
import type { Truth } from './truth.ts';

/** What came of one picture. */
export interface CaseResult {
  name: string;
  size: number;
  condition: Condition['name'];
  /** Share of the sprite's cells that are right. */
  cells: number;
  pitchRight: boolean;
  confidence: number;
  /** For a person who looks for the reason. */
  pitch: number;
  found: number;
}

/** Largest error of a pitch that counts as right. */
const PITCH_TOLERANCE = 0.012;

/** Neither palette nor background, as the figures are defined; the size is asked for, as it always is. */
export const PLAIN: FixSettingsInput = {
  fit: 'keep',
  palette: { kind: 'keep' },
  background: { remove: false, holes: false },
  cleanup: { orphans: false, jaggies: false },
};

/** Decodes what a model would have delivered. */
export async function decode(file: Buffer): Promise<RgbaImage> {
  const { data, info } = await sharp(file)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength),
  };
}

/** Degrades a sprite, fixes the picture and compares. */
export async function runCase(truth: Truth, condition: Condition): Promise<CaseResult> {
  const { name, size, image } = truth;
  const { file, pitch } = await degrade(image, name, condition);
  const picture = await decode(file);
  const { image: fixed, report } = fixPixels(picture, { ...PLAIN, size: [size, size] });
  const errors = report.grid.pitch.map((found, axis) => Math.abs(found / pitch[axis]! - 1));
  return {
    name,
    size,
    condition: condition.name,
    cells: shareRight(fixed, flattened(image, name)),
    pitchRight: Math.max(...errors) <= PITCH_TOLERANCE,
    confidence: report.grid.confidence,
    pitch: pitch[0],
    found: report.grid.pitch[0],
  };
}

/** A 64-cell picture whose cells are two by two of a 32-cell sprite, some single ones strayed, asked for at 32. */
export async function runReduced(truth: Truth, condition: Condition): Promise<CaseResult> {
  const { name, image } = truth;
  const doubled = doubledOf(image, name);
  const { file, pitch } = await degrade(doubled, `${name} doubled`, condition);
  const picture = await decode(file);
  const { image: fixed, report } = fixPixels(picture, {
    ...PLAIN,
    fit: 'reduce',
    size: [32, 32],
  });
  return {
    name,
    size: 64,
    condition: condition.name,
    cells: shareRight(fixed, flattened(image, `${name} doubled`)),
    pitchRight: Math.abs(report.grid.pitch[0] / pitch[0] - 1) <= PITCH_TOLERANCE,
    confidence: report.grid.confidence,
    pitch: pitch[0],
    found: report.grid.pitch[0],
  };
}

/** Every cell four; where neighbours differ, one in three loses a corner to the neighbour, which three of four outvote. */
function doubledOf(image: RgbaImage, name: string): RgbaImage {
  const { width, height } = image;
  const data = new Uint8ClampedArray(width * height * 16);
  const at = (x: number, y: number): number => (y * width + x) * 4;
  for (let y = 0; y < height * 2; y++) {
    for (let x = 0; x < width * 2; x++) {
      const cell = at(x >> 1, y >> 1);
      data.set(image.data.subarray(cell, cell + 4), (y * width * 2 + x) * 4);
    }
  }
  let state = name.length;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      if ((state >>> 16) % 3 !== 0) continue;
      const other = at(x + 1, y);
      const opaque = image.data[at(x, y) + 3]! >= 128 && image.data[other + 3]! >= 128;
      if (!opaque) continue;
      const corner = ((2 * y + ((state >>> 20) & 1)) * width * 2 + 2 * x + 1) * 4;
      data.set(image.data.subarray(other, other + 4), corner);
    }
  }
  return { width: width * 2, height: height * 2, data };
}

/** Milliseconds of fixing everything, and of changing palette and background on the cells found. */
export function timeFix(picture: RgbaImage, size: number): { fix: number; refix: number } {
  const wanted: FixSettingsInput = { size: [size, size], palette: { kind: 'auto' } };
  const start = performance.now();
  const { source } = fixPixels(picture, wanted);
  const between = performance.now();
  refixPixels(source, { ...wanted, palette: { kind: 'count', colors: 16 } });
  return { fix: between - start, refix: performance.now() - between };
}
