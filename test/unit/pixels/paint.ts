import { createImage, type RgbaImage } from '../../../src/pixels/image.ts';

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
