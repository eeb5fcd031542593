import { isBlack } from '../../pixels/black.ts';
import { findCells } from '../../pixels/fix/cells/source.ts';
import { FixError } from '../../pixels/fix/error.ts';
import { refixPixels } from '../../pixels/fix/fix-pixels.ts';
import type { FixReport } from '../../pixels/fix/report.ts';
import { completeSettings } from '../../pixels/fix/settings.ts';
import type { RgbaImage } from '../../pixels/image.ts';
import { decodePng } from '../../pixels/png/decode.ts';
import { encodePng } from '../../pixels/png/encode.ts';
import { fixInputOf } from '../../project/pixels/fix-input.ts';
import { keptWarnings } from '../../project/pixels/kept-warnings.ts';
import { PixelsError, type WireError } from '../../protocol/errors.ts';
import type { PixelSettings } from '../../protocol/pixels.ts';
import type { Size } from '../../protocol/recipe.ts';
import { asPixelsErrors } from './codec.ts';
import type { PictureCells } from './known-cells.ts';
import { nodeZlib } from './node-zlib.ts';

/** A picture and what is wanted of it. */
export interface FixTask {
  /** Its bytes as PNG, or the cells that were found in it before. */
  picture: Uint8Array | PictureCells;
  size: Size;
  settings: PixelSettings;
  /** Written into the sprite's PNG. */
  text: Record<string, string>;
}

export interface FixResult {
  /** PNG of the sprite; null when the picture stays as it is. */
  sprite: Uint8Array | null;
  width: number;
  height: number;
  raw: { width: number; height: number };
  report: FixReport | null;
  warnings: string[];
  black: boolean;
  /** Cells that this very task found; null when they were known or nobody looked for them. */
  found: PictureCells | null;
}

/** Errors cross a thread's border as plain data: a class would lose its code. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** Recovers the cells of a picture, makes a sprite of them and encodes it. */
export function fix({ picture, size, settings, text }: FixTask): Outcome<FixResult> {
  return outcome(() => {
    const image = picture instanceof Uint8Array ? decodePng(picture, nodeZlib).image : null;
    const known = picture instanceof Uint8Array ? null : picture;
    const seen = known ?? { raw: sizeOf(image!), black: isBlack(image!) };
    const { raw, black } = seen;
    if (settings.fix === 'none') {
      return { sprite: null, ...raw, raw, report: null, warnings: [], black, found: null };
    }
    const input = fixInputOf(settings, size);
    const source = known?.source ?? findCells([image!], completeSettings(input));
    const [fixed] = refixPixels(source, input);
    const { image: sprite, report } = fixed!;
    return {
      sprite: encodePng(sprite, nodeZlib, { text }),
      ...sizeOf(sprite),
      raw,
      report,
      warnings: [...report.warnings, ...keptWarnings(sprite, report)],
      black,
      found: known === null ? { source, raw, black } : null,
    };
  });
}

function sizeOf({ width, height }: RgbaImage): { width: number; height: number } {
  return { width, height };
}

/** Decodes a PNG whole, so that a torn one is found out. */
export function measure(png: Uint8Array): Outcome<Size> {
  return outcome((): Size => {
    const { width, height } = decodePng(png, nodeZlib).image;
    return [width, height];
  });
}

function outcome<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: asPixelsErrors(work) };
  } catch (error) {
    if (PixelsError.is(error)) return { ok: false, error: error.toWire() };
    if (error instanceof FixError && error.code === 'too-many-cells') {
      return { ok: false, error: new PixelsError(error.code, error.message).toWire() };
    }
    throw error;
  }
}
