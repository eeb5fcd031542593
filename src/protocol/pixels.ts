import * as z from 'zod';

/** Colours that a recipe's palette may have. */
export const MOST_PALETTE_COLORS = 256;

/** A colour as `#rrggbb`. */
export const colorSchema = z
  .string()
  .regex(/^#?[0-9a-fA-F]{6}$/, 'must be a colour such as #ff8800')
  .transform(color => `#${color.replace('#', '').toLowerCase()}`);

export const DITHER_PATTERNS = ['checker', 'bayer2', 'bayer4', 'bayer8'] as const;

/** Where a sprite smaller than its canvas lies. */
export const ALIGNMENTS = [
  'center',
  'top',
  'bottom',
  'left',
  'right',
  'top-left',
  'top-right',
  'bottom-left',
  'bottom-right',
] as const;

/** What becomes of an engine's picture. The usual settings keep a sprite where the engine drew it. */
export const pixelSettingsSchema = z.strictObject({
  fix: z
    .enum(['pixels', 'basic', 'none'])
    .transform(fix => (fix === 'basic' ? 'pixels' : fix))
    .describe(
      "pixels: a pixel-true sprite; none: the engine's picture as it is; basic, of older versions, is read as pixels",
    )
    .prefault('pixels'),
  fit: z
    .enum(['reduce', 'keep', 'fail'])
    .describe(
      'When the picture holds more cells than the sprite: one of several, all of them, or an error',
    )
    .default('reduce'),
  background: z
    .enum(['alpha', 'keep'])
    .describe('alpha: a flat background that reaches the border becomes transparent')
    .default('alpha'),
  holes: z.boolean().describe('With alpha: enclosed parts of it too').default(false),
  palette: z
    .union([
      z.enum(['auto', 'off']),
      z.int().min(1).max(MOST_PALETTE_COLORS),
      z.array(colorSchema).min(1).max(MOST_PALETTE_COLORS),
    ])
    .describe(
      'auto: what is nearly the same made the same; off; the best so many; or these colours and no others',
    )
    .prefault('auto'),
  dither: z
    .enum(['off', ...DITHER_PATTERNS])
    .describe('Ordered pattern that mixes two colours of a palette')
    .default('off'),
  cleanup: z.boolean().describe('Takes single stray pixels and jagged lines away').default(true),
  outline: z.enum(['keep', 'add', 'remove']).describe('Outline of the sprite').default('keep'),
  outlineColor: colorSchema
    .nullable()
    .describe('Colour of an outline that is added; null darkens what lies beside it')
    .prefault(null),
  trim: z
    .boolean()
    .describe('Leaves empty edges out, then places the rest as align says')
    .default(false),
  pad: z.int().min(0).max(64).describe('Empty pixels kept on each side of the canvas').default(0),
  align: z
    .enum(ALIGNMENTS)
    .describe('Where a sprite smaller than its canvas lies')
    .default('center'),
});

/** As written by a person: what is left out is the usual. */
export type PixelSettingsInput = z.input<typeof pixelSettingsSchema>;
export type PixelSettings = z.output<typeof pixelSettingsSchema>;

/** The settings of a recipe that names none. */
export const USUAL_PIXELS: PixelSettings = pixelSettingsSchema.parse({});

const pairSchema = z.tuple([z.number(), z.number()]);

/** What the pixel stage found in a picture and did to it. */
export const pixelReportSchema = z.object({
  /** Version of the stage: another one may give other sprites. */
  version: z.int(),
  /** `exact`, `fitted`, `even` (nothing was found: the cells wanted were spread evenly), `given` or `off`. */
  grid: z.string(),
  /** Pixels of the picture per cell, along x and y. */
  pitch: pairSchema,
  /** Cells in the picture. */
  cells: pairSchema,
  /** How sure the pitch is, 0 to 1; from 0.5 on it can be trusted. */
  confidence: z.number(),
  /** Colour change within cells by that between them; 0 is pure. */
  residual: z.number(),
  /** The next best pitch; null when there was none. */
  runnerUp: z.number().nullable(),
  /** `none`, `exact`, `centred`, `cropped`, `reduced` or `over`. */
  fit: z.string(),
  /** For a person: `reduced 128→32`; empty when there is nothing to say. */
  words: z.string(),
  /** Distinct colours of opaque cells before and after. */
  colors: z.object({ before: z.int(), after: z.int() }),
  /** `off`, `alpha` (the picture had transparency of its own), `removed` or `kept`, and its colour. */
  background: z.object({ action: z.string(), color: z.string().nullable() }),
  /** Cells that were tidied up, and drawn or taken away as outline. */
  cleaned: z.int(),
  outline: z.int(),
});
export type PixelReport = z.output<typeof pixelReportSchema>;
