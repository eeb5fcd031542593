import type { RgbaImage } from '../image.ts';
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphOf } from './font.ts';

/** Opaque colour. */
export type Colour = readonly [red: number, green: number, blue: number];

const ADVANCE = GLYPH_WIDTH + 1;

/** Pixels that a line of text takes. */
export function textWidth(text: string, scale: number): number {
  return Math.max(0, [...text].length * ADVANCE - 1) * scale;
}

/** Shortens a text to a width in pixels; three dots stand for what is left out. */
export function fitText(text: string, width: number, scale: number): string {
  if (textWidth(text, scale) <= width) return text;
  const room = Math.floor((width / scale + 1) / ADVANCE);
  return `${[...text].slice(0, Math.max(0, room - 3)).join('')}...`.slice(0, Math.max(0, room));
}

/** Fills a rectangle; what lies outside the picture is left out. */
export function fillRectangle(
  image: RgbaImage,
  x: number,
  y: number,
  width: number,
  height: number,
  [red, green, blue]: Colour,
): void {
  const right = Math.min(image.width, x + width);
  const bottom = Math.min(image.height, y + height);
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let column = Math.max(0, x); column < right; column++) {
      image.data.set([red, green, blue, 255], (row * image.width + column) * 4);
    }
  }
}

/**
 * Draws a line of text in an own 5×7 font, whole pixels only. Accents are dropped; what is still no ASCII becomes a box.
 * @param x left edge of the first letter
 * @param y upper edge
 * @param scale pixels per dot
 */
export function drawText(
  image: RgbaImage,
  text: string,
  x: number,
  y: number,
  colour: Colour,
  scale: number,
): void {
  const plain = text.normalize('NFKD').replace(/\p{Mark}/gu, '');
  [...plain].forEach((character, place) => {
    const glyph = glyphOf(character);
    for (let row = 0; row < GLYPH_HEIGHT; row++) {
      for (let column = 0; column < GLYPH_WIDTH; column++) {
        if (glyph[row]?.[column] !== '#') continue;
        const left = x + (place * ADVANCE + column) * scale;
        fillRectangle(image, left, y + row * scale, scale, scale, colour);
      }
    }
  });
}
