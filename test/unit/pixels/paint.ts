import { createImage, type RgbaImage } from '../../../src/pixels/image.ts';
import { randomOf } from './make-png.ts';

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** A picture of one character per cell. */
export function paint(rows: readonly string[], colors: Readonly<Record<string, Rgba>>): RgbaImage {
  const image = createImage(rows[0]!.length, rows.length);
  for (const [y, row] of rows.entries()) {
    for (const [x, letter] of [...row].entries()) {
      image.data.set(colors[letter]!, (y * image.width + x) * 4);
    }
  }
  return image;
}

/** The characters that a picture was painted with; `?` for a colour that is none of them. */
export function lettersOf(image: RgbaImage, colors: Readonly<Record<string, Rgba>>): string[] {
  const letters = new Map(Object.entries(colors).map(([letter, color]) => [color.join(), letter]));
  return Array.from({ length: image.height }, (_, y) =>
    Array.from({ length: image.width }, (_, x) => {
      const at = (y * image.width + x) * 4;
      return letters.get(image.data.subarray(at, at + 4).join()) ?? '?';
    }).join(''),
  );
}

/** Enlarges each cell to a square of `pitch` pixels, which need not be whole, from `x`, `y` on; beside it lies cell 0. */
export function enlarge(
  image: RgbaImage,
  pitch: number,
  size: { width: number; height: number; x?: number; y?: number },
): RgbaImage {
  const { width, height, x: left = 0, y: top = 0 } = size;
  const result = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = Math.floor((x + 0.5 - left) / pitch);
      const row = Math.floor((y + 0.5 - top) / pitch);
      const inside = column >= 0 && row >= 0 && column < image.width && row < image.height;
      const from = inside ? (row * image.width + column) * 4 : 0;
      result.data.set(image.data.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return result;
}

/** Adds noise of up to `most` to every colour channel in place. */
export function addNoise(image: RgbaImage, most: number, seed: number): RgbaImage {
  const random = randomOf(seed);
  for (let i = 0; i < image.data.length; i++) {
    if (i % 4 !== 3) image.data[i] = image.data[i]! + (random() * 2 - 1) * most;
  }
  return image;
}
