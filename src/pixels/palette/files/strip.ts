import { createImage, pixelWords, type RgbaImage } from '../../image.ts';
import { MOST_COLOURS, type Palette, PaletteError, paletteOf, type Rgba8 } from './palette.ts';

/**
 * The distinct colours of a picture, row by row from its top left: a strip of any shape and enlargement, or a sprite.
 * Transparent pixels count as no colour.
 * @throws PaletteError `empty`, `too-large`
 */
export function coloursOfStrip(image: RgbaImage): Palette {
  const words = pixelWords(image);
  const seen = new Set<number>();
  const colours: Rgba8[] = [];
  for (const [cell, word] of words.entries()) {
    if (seen.has(word)) continue;
    const [red = 0, green = 0, blue = 0, alpha = 0] = image.data.subarray(cell * 4, cell * 4 + 4);
    seen.add(word);
    if (alpha === 0) continue;
    if (colours.length === MOST_COLOURS) {
      throw new PaletteError(
        'too-large',
        `The picture has more than ${MOST_COLOURS} colours, so it is no palette strip.`,
      );
    }
    colours.push([red, green, blue, alpha]);
  }
  return paletteOf(null, colours);
}

/** A strip one pixel high, as Lospec's `-1x.png`. */
export function stripOf({ colours }: Palette): RgbaImage {
  const image = createImage(colours.length, 1);
  for (const [place, colour] of colours.entries()) image.data.set(colour, place * 4);
  return image;
}
