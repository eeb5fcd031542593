import { basicFix, type BasicFixReport, isBlack } from '../../pixels/basic-fix.ts';
import { decodePng } from '../../pixels/png/decode.ts';
import { encodePng } from '../../pixels/png/encode.ts';
import { PixelsError, type WireError } from '../../protocol/errors.ts';
import type { PixelSettings, Size } from '../../protocol/recipe.ts';
import { asPixelsErrors } from './codec.ts';
import { nodeZlib } from './node-zlib.ts';

/** A render and what is wanted of it. */
export interface FixTask {
  png: Uint8Array;
  size: Size;
  settings: PixelSettings;
  /** Written into the sprite's PNG. */
  text: Record<string, string>;
}

export interface FixResult {
  /** PNG of the sprite; null when the render stays as it is. */
  sprite: Uint8Array | null;
  width: number;
  height: number;
  raw: { width: number; height: number };
  report: BasicFixReport | null;
  black: boolean;
}

/** Errors cross a thread's border as plain data: a class would lose its code. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** Decodes a render, recovers its cells and encodes the sprite. */
export function fix({ png, size, settings, text }: FixTask): Outcome<FixResult> {
  return outcome(() => {
    const { image } = decodePng(png, nodeZlib);
    const raw = { width: image.width, height: image.height };
    const black = isBlack(image);
    if (settings.fix === 'none') return { sprite: null, ...raw, raw, report: null, black };
    const [width, height] = size;
    const fixed = basicFix(image, { width, height, background: settings.background });
    const sprite = encodePng(fixed.image, nodeZlib, { text });
    return { sprite, width, height, raw, report: fixed.report, black };
  });
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
    throw error;
  }
}
