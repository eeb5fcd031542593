import { pixelSettingsSchema, type PixelSettings } from '../../protocol/pixels.ts';

const shape = pixelSettingsSchema.shape;

/** Pixel settings as files for people have them: each by itself among the other settings of a sprite, none needed. */
export const saidPixelsShape = {
  fix: shape.fix.unwrap().optional(),
  fit: shape.fit.unwrap().optional(),
  background: shape.background.unwrap().optional(),
  holes: shape.holes.unwrap().optional(),
  palette: shape.palette.unwrap().optional(),
  dither: shape.dither.unwrap().optional(),
  cleanup: shape.cleanup.unwrap().optional(),
  outline: shape.outline.unwrap().optional(),
  outlineColor: shape.outlineColor.unwrap().optional(),
  trim: shape.trim.unwrap().optional(),
  pad: shape.pad.unwrap().optional(),
  align: shape.align.unwrap().optional(),
};

type PixelKey = keyof PixelSettings;

/** Pixel settings of which nothing need be said. */
export type SaidPixels = { [K in PixelKey]?: PixelSettings[K] | undefined };

const KEYS = Object.keys(saidPixelsShape) as PixelKey[];

/**
 * Takes the pixel settings out of others and completes them.
 * @returns null where nothing is said of them: then a workflow's own hold
 */
export function splitPixels<T extends SaidPixels>(
  settings: T,
): { pixels: PixelSettings | null; rest: Omit<T, PixelKey> } {
  const said = KEYS.flatMap(key => (settings[key] === undefined ? [] : [[key, settings[key]]]));
  const rest: T = { ...settings };
  for (const key of KEYS) Reflect.deleteProperty(rest, key);
  const pixels = said.length === 0 ? null : pixelSettingsSchema.parse(Object.fromEntries(said));
  return { pixels, rest };
}
