import { pixelWords, type Rectangle, type RgbaImage } from '../image.ts';
import { writeOklab } from '../palette/oklab.ts';

/** A picture as the rules look at it: every distinct visible colour once, and each cell as the index of its colour. */
export interface Cells {
  image: RgbaImage;
  width: number;
  height: number;
  /** Colour of each cell, row by row; -1 where alpha is 0. */
  indexes: Int32Array;
  /** RGBA of each colour, four bytes each. */
  colours: Uint8ClampedArray;
  /** OKLab of each colour, three numbers each; alpha is left aside. */
  lab: Float64Array;
  /** Cells of each colour. */
  counts: Int32Array;
  /** Cells that are not transparent. */
  visible: number;
  /** The smallest rectangle around them; null when there are none. */
  box: Rectangle | null;
}

/** Indexes the colours of a picture. */
export function cellsOf(image: RgbaImage): Cells {
  const { width, height, data } = image;
  const words = pixelWords(image);
  const places = new Map<number, number>();
  const firsts: number[] = [];
  const indexes = new Int32Array(words.length);
  // Neighbours are mostly equal; looking every cell up takes far longer than all else.
  let lastWord = -1;
  let lastPlace = -1;
  for (let cell = 0; cell < words.length; cell++) {
    if (data[cell * 4 + 3] === 0) {
      indexes[cell] = -1;
      continue;
    }
    const word = words[cell]!;
    if (word === lastWord) {
      indexes[cell] = lastPlace;
      continue;
    }
    let place = places.get(word);
    if (place === undefined) {
      place = firsts.length;
      places.set(word, place);
      firsts.push(cell);
    }
    indexes[cell] = place;
    lastWord = word;
    lastPlace = place;
  }
  const colours = new Uint8ClampedArray(firsts.length * 4);
  const lab = new Float64Array(firsts.length * 3);
  const counts = new Int32Array(firsts.length);
  for (const [place, cell] of firsts.entries()) {
    const colour = data.subarray(cell * 4, cell * 4 + 4);
    colours.set(colour, place * 4);
    writeOklab(lab, place * 3, colour[0]!, colour[1]!, colour[2]!);
  }
  let visible = 0;
  for (const index of indexes) {
    if (index < 0) continue;
    counts[index]!++;
    visible++;
  }
  const box = boxOf(width, height, cell => indexes[cell]! >= 0);
  return { image, width, height, indexes, colours, lab, counts, visible, box };
}

/** The smallest rectangle around the cells that `holds` picks; null when it picks none. */
export function boxOf(
  width: number,
  height: number,
  holds: (cell: number) => boolean,
): Rectangle | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let cell = 0; cell < width * height; cell++) {
    if (!holds(cell)) continue;
    const x = cell % width;
    const y = (cell - x) / width;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    bottom = y;
  }
  if (bottom < 0) return null;
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** `boxOf` of a list of cells. */
export function boxOfCells(width: number, cells: readonly number[]): Rectangle | null {
  if (cells.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (const cell of cells) {
    const x = cell % width;
    const y = (cell - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * How different two colours of a picture look: OKLab's distance weighed by what is seen of both, plus their difference in
 * opacity; 0 to about 1. Index -1 is transparent.
 */
export function distanceOf(cells: Cells, one: number, other: number): number {
  if (one === other) return 0;
  const alpha = one < 0 ? 0 : cells.colours[one * 4 + 3]! / 255;
  const otherAlpha = other < 0 ? 0 : cells.colours[other * 4 + 3]! / 255;
  const opacity = Math.abs(alpha - otherAlpha);
  if (one < 0 || other < 0) return opacity;
  const { lab } = cells;
  const lightness = lab[one * 3]! - lab[other * 3]!;
  const a = lab[one * 3 + 1]! - lab[other * 3 + 1]!;
  const b = lab[one * 3 + 2]! - lab[other * 3 + 2]!;
  const colour = Math.sqrt(lightness * lightness + a * a + b * b);
  return Math.min(alpha, otherAlpha) * colour + opacity;
}

/** A colour of a picture as `#rrggbbaa`. */
export function hexOfIndex({ colours }: Cells, index: number): string {
  return hexOf(colours.subarray(index * 4, index * 4 + 4));
}

/** `#rrggbbaa`. */
export function hexOf(colour: ArrayLike<number>): string {
  let text = '#';
  for (let i = 0; i < 4; i++) text += colour[i]!.toString(16).padStart(2, '0');
  return text;
}
