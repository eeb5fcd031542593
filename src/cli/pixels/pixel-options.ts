import { type Command, Option } from 'commander';
import type { SaidPixels } from '../../project/pixels/said.ts';
import { PixelsError } from '../../protocol/errors.ts';
import {
  ALIGNMENTS,
  colorSchema,
  DITHER_PATTERNS,
  MOST_PALETTE_COLORS,
  type PixelSettings,
  pixelSettingsSchema,
} from '../../protocol/pixels.ts';
import { numberBy, parsedBy } from '../options.ts';
import { readPaletteFile } from './palette-option.ts';

/** What the options of {@link addFixOptions} say; left out means as usual. */
export interface FixOptions {
  fit?: PixelSettings['fit'];
  /** A file or a number; false with `--no-palette`. */
  palette?: string | false;
  holes?: boolean;
  dither?: PixelSettings['dither'];
  /** False with `--no-cleanup`. */
  cleanup: boolean;
  outline?: PixelSettings['outline'];
  outlineColor?: string;
  trim?: boolean;
  pad?: number;
  align?: PixelSettings['align'];
}

const shape = pixelSettingsSchema.shape;

/** Adds the options that say how a picture becomes pixel-true, but for its background. */
export function addFixOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--fit <what>',
        'when the picture holds more cells: make one of several, keep them all, or fail (default: reduce)',
      ).choices(['reduce', 'keep', 'fail']),
    )
    .option(
      '--palette <file|n>',
      `its only colours (.hex, .gpl, JASC .pal, PNG strip), or the best 1-${MOST_PALETTE_COLORS} (default: auto)`,
    )
    .option('--no-palette', 'leave the colours as they are, even nearly equal ones')
    .addOption(
      new Option('--dither [pattern]', 'mix two colours of the palette by a pattern (bayer4)')
        .choices(DITHER_PATTERNS)
        .preset('bayer4'),
    )
    .option('--no-cleanup', 'leave stray pixels and jagged lines')
    .addOption(
      new Option('--outline <what>', 'draw an outline or take it away').choices(['add', 'remove']),
    )
    .option('--outline-color <color>', 'with --outline add: its colour', parsedBy(colorSchema))
    .option('--holes', 'enclosed parts of the background become transparent too')
    .option('--trim', 'leave empty edges out')
    .option('--pad <n>', 'empty pixels on each side of the canvas', numberBy(shape.pad.unwrap()))
    .addOption(
      new Option('--align <where>', 'place of a sprite smaller than its canvas').choices(
        ALIGNMENTS,
      ),
    );
}

/**
 * What options say of the pixel settings; what is undefined is not said. Palette files are read.
 * @throws PixelsError `not-found`, `invalid-params`
 */
export async function saidPixels(options: FixOptions, cwd: string): Promise<SaidPixels> {
  const { fit, holes, dither, cleanup, outline, outlineColor, trim, pad, align } = options;
  if (outlineColor !== undefined && outline !== 'add') {
    throw new PixelsError(
      'invalid-params',
      '--outline-color is for one that is drawn: add --outline add.',
    );
  }
  return {
    ...{ fit, holes, dither, outline, outlineColor, trim, pad, align },
    palette: options.palette === undefined ? undefined : await paletteOf(options.palette, cwd),
    cleanup: cleanup ? undefined : false,
  };
}

async function paletteOf(given: string | false, cwd: string): Promise<PixelSettings['palette']> {
  if (given === false) return 'off';
  const text = given.trim();
  if (text === 'auto') return 'auto';
  if (/^[+-]?\d+$/.test(text)) {
    const count = Number(text);
    if (count >= 1 && count <= MOST_PALETTE_COLORS) return count;
    throw new PixelsError(
      'invalid-params',
      `--palette takes 1 to ${MOST_PALETTE_COLORS} colours, or a palette file; it was given ${count}.`,
    );
  }
  const { colours } = await readPaletteFile(given, cwd);
  const visible = colours.filter(([, , , alpha]) => alpha >= 128);
  const colors = [...new Set(visible.map(([r, g, b]) => hexOf((r << 16) | (g << 8) | b)))];
  if (colors.length === 0) {
    throw new PixelsError('invalid-params', `${given}: the palette has only transparent colours.`);
  }
  if (colors.length > MOST_PALETTE_COLORS) {
    throw new PixelsError(
      'invalid-params',
      `${given}: the palette has ${colors.length} colours; a sprite takes at most ${MOST_PALETTE_COLORS}. --palette ${MOST_PALETTE_COLORS} finds the best ones of the picture.`,
    );
  }
  return colors;
}

function hexOf(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}
