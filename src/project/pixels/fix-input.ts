import type { FixReport } from '../../pixels/fix/report.ts';
import type {
  CanvasChoice,
  FixSettingsInput,
  PaletteChoice,
  Rgb,
} from '../../pixels/fix/settings.ts';
import type { PixelReport, PixelSettings } from '../../protocol/pixels.ts';

/** Colours this far apart in a dither are mixed: all that lie near enough for an eye to mix them. */
const DITHER_STRENGTH = 1;

/**
 * What a recipe's pixel settings ask of the fix.
 * @param size cells wanted; null takes what the picture has
 */
export function fixInputOf(
  settings: PixelSettings,
  size: readonly [width: number, height: number] | null,
): FixSettingsInput {
  const { fit, background, holes, dither, cleanup, outline, outlineColor, trim, pad } = settings;
  return {
    size,
    fit,
    palette: paletteOf(settings.palette),
    dither: dither === 'off' ? null : { pattern: dither, strength: DITHER_STRENGTH },
    background: { remove: background === 'alpha', holes },
    cleanup: { orphans: cleanup, jaggies: cleanup },
    outline: { mode: outline, color: outlineColor === null ? null : rgbOf(outlineColor) },
    canvas: { trim, pad, ...placeOf(settings.align) },
  };
}

function paletteOf(palette: PixelSettings['palette']): PaletteChoice {
  if (palette === 'auto') return { kind: 'auto' };
  if (palette === 'off') return { kind: 'keep' };
  if (typeof palette === 'number') return { kind: 'count', colors: palette };
  return { kind: 'fixed', colors: palette.map(rgbOf) };
}

function rgbOf(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function placeOf(align: PixelSettings['align']): Pick<CanvasChoice, 'horizontal' | 'vertical'> {
  const words = align.split('-');
  const horizontal = words.includes('left') ? 'left' : words.includes('right') ? 'right' : 'center';
  const vertical = words.includes('top') ? 'top' : words.includes('bottom') ? 'bottom' : 'center';
  return { horizontal, vertical };
}

/** A fix's report as it travels; its warnings travel beside it. */
export function pixelReportOf(report: FixReport): PixelReport {
  const { version, grid, fit, palette, background, cleanup, outline } = report;
  return {
    version,
    grid: grid.method,
    pitch: grid.pitch,
    cells: grid.cells,
    confidence: grid.confidence,
    residual: grid.residual,
    runnerUp: grid.runnerUp?.pitch ?? null,
    fit: fit.action,
    words: fit.words,
    colors: { before: palette.before, after: palette.after },
    background: { action: background.action, color: background.color },
    cleaned: cleanup.orphans + cleanup.jaggies,
    outline,
  };
}
