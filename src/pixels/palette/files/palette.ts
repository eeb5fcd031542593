/** Red, green, blue, alpha, whole numbers 0 to 255; alpha is straight. */
export type Rgba8 = readonly [red: number, green: number, blue: number, alpha: number];

/** Colours in the order of the file. */
export interface Palette {
  /** As the file says, else null. */
  name: string | null;
  colours: readonly Rgba8[];
}

export type PaletteErrorCode = 'unknown-format' | 'malformed' | 'empty' | 'too-large';

/** Colours that a palette file may hold: far more than a sprite has, far fewer than a photo. */
export const MOST_COLOURS = 4096;

/** Why a palette file cannot be read. */
export class PaletteError extends Error {
  readonly code: PaletteErrorCode;
  /** From 1; null where no line is to blame. */
  readonly line: number | null;

  /** @param message one sentence for a person, without the line */
  constructor(code: PaletteErrorCode, message: string, line: number | null = null) {
    super(line === null ? message : `Line ${line}: ${message}`);
    this.name = 'PaletteError';
    this.code = code;
    this.line = line;
  }
}

/**
 * The palette of what was read.
 * @throws PaletteError `empty`, `too-large`
 */
export function paletteOf(name: string | null, colours: readonly Rgba8[]): Palette {
  if (colours.length === 0) throw new PaletteError('empty', 'The palette has no colours.');
  if (colours.length > MOST_COLOURS) {
    throw new PaletteError(
      'too-large',
      `The palette has ${colours.length} colours; at most ${MOST_COLOURS} are read.`,
    );
  }
  return { name: name === null || name.trim() === '' ? null : name.trim(), colours };
}
