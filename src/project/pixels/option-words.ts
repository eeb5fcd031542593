import { type PixelSettings, USUAL_PIXELS } from '../../protocol/pixels.ts';

/**
 * The command line's options that say pixel settings, where they are not the usual ones.
 * @param paletteFile stands for a list of colours, which only a file can give
 */
export function pixelOptionWords(settings: PixelSettings, paletteFile: string): string[] {
  const { fix, fit, background, holes, palette, dither, cleanup, outline, outlineColor } = settings;
  const { trim, pad, align } = settings;
  const words: string[] = [];
  if (fix === 'none') words.push('--no-fix');
  if (background === 'keep') words.push('--keep-background');
  if (fit !== USUAL_PIXELS.fit) words.push('--fit', fit);
  if (palette === 'off') words.push('--no-palette');
  else if (palette !== 'auto') {
    words.push('--palette', typeof palette === 'number' ? String(palette) : paletteFile);
  }
  if (dither !== 'off') words.push('--dither', dither);
  if (!cleanup) words.push('--no-cleanup');
  if (outline !== 'keep') words.push('--outline', outline);
  if (outline === 'add' && outlineColor !== null) words.push('--outline-color', outlineColor);
  if (holes) words.push('--holes');
  if (trim) words.push('--trim');
  if (pad !== USUAL_PIXELS.pad) words.push('--pad', String(pad));
  if (align !== USUAL_PIXELS.align) words.push('--align', align);
  return words;
}
