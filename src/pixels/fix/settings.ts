/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Lines between the cells of a picture, in its pixels, ascending: `n + 1` lines for `n` cells. */
export interface GridLines {
  columns: ArrayLike<number>;
  rows: ArrayLike<number>;
}

/** Which colours a sprite may have. */
export type PaletteChoice =
  /** As they are. */
  | { kind: 'keep' }
  /** As many as the picture has, what is nearly the same made the same. */
  | { kind: 'auto' }
  /** The best so many. */
  | { kind: 'count'; colors: number }
  /** These and no others. */
  | { kind: 'fixed'; colors: readonly Rgb[] };

/** Ordered dither over a palette. */
export interface DitherChoice {
  pattern: 'checker' | 'bayer2' | 'bayer4' | 'bayer8';
  /** 0 to 1: how far apart two colours may be mixed. */
  strength: number;
}

export interface BackgroundChoice {
  /** Whether what hangs together with the border in its colour becomes transparent. */
  remove: boolean;
  /** Whether enclosed areas of that colour do so too. */
  holes: boolean;
}

/** Only cells that the picture leaves in doubt are changed: those of more than one colour, or pixels that are cells by request. */
export interface CleanupChoice {
  /** Single cells of a colour that no neighbour has, unless they stand out. */
  orphans: boolean;
  /** Cells that make a step of a one-cell line thick. */
  jaggies: boolean;
}

export interface OutlineChoice {
  /** `add` draws one around the sprite, `remove` takes a closed dark one away. */
  mode: 'keep' | 'add' | 'remove';
  /** Colour to add; null takes the darkened colour beside it. */
  color: Rgb | null;
  /** Whether corners count as touching. */
  corners: boolean;
}

export interface CanvasChoice {
  /** Whether empty rows and columns around the sprite go first. */
  trim: boolean;
  /** Empty cells kept on each side within the target. */
  pad: number;
  /** Where a sprite smaller than the target lies. */
  horizontal: 'left' | 'center' | 'right';
  vertical: 'top' | 'center' | 'bottom';
}

/** What is wanted of a picture; every step can be switched off. */
export interface FixSettings {
  /** Cells wanted; null takes what the picture has. */
  size: readonly [width: number, height: number] | null;
  /** What happens when the picture holds more cells than wanted. */
  fit: 'reduce' | 'keep' | 'fail';
  /** `auto` finds the cells, `off` takes each pixel for one; lines that are known already save the search. */
  grid: 'auto' | 'off' | GridLines;
  palette: PaletteChoice;
  dither: DitherChoice | null;
  background: BackgroundChoice;
  cleanup: CleanupChoice;
  outline: OutlineChoice;
  canvas: CanvasChoice;
}

export const DEFAULT_FIX_SETTINGS: FixSettings = {
  size: null,
  fit: 'reduce',
  grid: 'auto',
  palette: { kind: 'auto' },
  dither: null,
  background: { remove: true, holes: false },
  cleanup: { orphans: true, jaggies: true },
  outline: { mode: 'keep', color: null, corners: false },
  canvas: { trim: true, pad: 0, horizontal: 'center', vertical: 'center' },
};

/** Settings of which nothing need be named. */
export type FixSettingsInput = {
  [K in keyof FixSettings]?: FixSettings[K] extends object | null
    ? K extends 'background' | 'cleanup' | 'outline' | 'canvas'
      ? Partial<FixSettings[K]>
      : FixSettings[K]
    : FixSettings[K];
};

/** Largest side of a sprite that can be asked for. */
const MOST_CELLS = 8192;

/**
 * The settings with everything that was left out.
 * @throws RangeError when a number is not one that makes sense
 */
export function completeSettings(input: FixSettingsInput = {}): FixSettings {
  const settings: FixSettings = {
    ...DEFAULT_FIX_SETTINGS,
    ...input,
    background: { ...DEFAULT_FIX_SETTINGS.background, ...input.background },
    cleanup: { ...DEFAULT_FIX_SETTINGS.cleanup, ...input.cleanup },
    outline: { ...DEFAULT_FIX_SETTINGS.outline, ...input.outline },
    canvas: { ...DEFAULT_FIX_SETTINGS.canvas, ...input.canvas },
  };
  const { size, palette, dither, canvas } = settings;
  for (const edge of size ?? []) {
    if (!Number.isInteger(edge) || edge < 1 || edge > MOST_CELLS)
      throw new RangeError(`A sprite has 1 to ${MOST_CELLS} cells a side, not ${edge}.`);
  }
  if (palette.kind === 'count' && !(Number.isInteger(palette.colors) && palette.colors >= 1))
    throw new RangeError(`A palette has 1 or more colours, not ${palette.colors}.`);
  if (palette.kind === 'fixed' && palette.colors.length === 0)
    throw new RangeError('The palette has no colours.');
  if (dither !== null && !(dither.strength >= 0 && dither.strength <= 1))
    throw new RangeError(`The strength of a dither is 0 to 1, not ${dither.strength}.`);
  if (!Number.isInteger(canvas.pad) || canvas.pad < 0)
    throw new RangeError(`The padding is a whole number of cells, not ${canvas.pad}.`);
  return settings;
}
