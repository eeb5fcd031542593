import type { RgbaImage } from '../../pixels/image.ts';
import { ESC, ST } from './escape.ts';
import { CLEAR, packColours } from './pixels.ts';
import { assignRegisters } from './sixel-palette.ts';
import { SixelPlane } from './sixel-plane.ts';

/** Rows that one line of sixels paints. */
const BAND = 6;

/**
 * A picture as Sixel (VT330/VT340 programmer reference, chapter 14): square pixels, clear ones left as the background.
 * Up to 256 colours come out as exact as Sixel's percent allow; more are reduced to 256.
 * Afterwards the cursor stands in the last row of cells.
 */
export function sixelPicture(image: RgbaImage): string {
  const { width, height } = image;
  const { places, registers } = assignRegisters(packColours(image));
  const palette = registers.map((channels, place) => `#${place};2;${channels.join(';')}`);
  const bands: string[] = [];
  for (let top = 0; top < height; top += BAND) {
    const rows = Math.min(BAND, height - top);
    bands.push(band(places.subarray(top * width, (top + rows) * width), width, registers.length));
  }
  // P2 = 1: pixels that are not set keep the background.
  return `${ESC}P0;1;0q"1;1;${width};${height}${palette.join('')}${bands.join('-')}${ST}`;
}

function band(places: Int32Array, width: number, registers: number): string {
  const planes = new Array<SixelPlane | undefined>(registers);
  for (let column = 0; column < width; column++) {
    for (let at = column, bit = 1; at < places.length; at += width, bit <<= 1) {
      const place = places[at] ?? CLEAR;
      if (place !== CLEAR) (planes[place] ??= new SixelPlane()).set(column, bit);
    }
  }
  const painted: string[] = [];
  for (const [place, plane] of planes.entries()) {
    if (plane !== undefined) painted.push(`#${place}${plane.end()}`);
  }
  return painted.join('$');
}
