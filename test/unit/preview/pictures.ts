import { createImage, type RgbaImage } from '../../../src/pixels/image.ts';

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

export const NOTHING: Rgba = [0, 0, 0, 0];

/** A picture from a function of the place. */
export function paint(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Rgba,
): RgbaImage {
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) image.data.set(colourAt(x, y), (y * width + x) * 4);
  }
  return image;
}

export function pixel(image: RgbaImage, x: number, y: number): Rgba {
  const [red, green, blue, alpha] = image.data.subarray((y * image.width + x) * 4);
  return [red!, green!, blue!, alpha!];
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A picture of random pixels of the given colours. */
export function scatter(
  width: number,
  height: number,
  colours: readonly Rgba[],
  seed = 1,
): RgbaImage {
  const random = randomOf(seed);
  return paint(width, height, () => colours[Math.floor(random() * colours.length)]!);
}

/** The picture as a terminal shows it that knows no half opacities. */
export function withoutOpacities(image: RgbaImage): RgbaImage {
  return paint(image.width, image.height, (x, y) => {
    const [red, green, blue, alpha] = pixel(image, x, y);
    return alpha < 128 ? NOTHING : [red, green, blue, 255];
  });
}

/** The first pixel in which two pictures differ, in words; null when they are equal. */
export function difference(shown: RgbaImage, wanted: RgbaImage): string | null {
  const sizes = [shown, wanted].map(({ width, height }) => `${width}x${height}`);
  if (sizes[0] !== sizes[1]) return `${sizes[0]} is not ${sizes[1]}`;
  const at = shown.data.findIndex((value, i) => value !== wanted.data[i]) >> 2;
  if (at < 0) return null;
  const [x, y] = [at % shown.width, Math.floor(at / shown.width)];
  return `at ${x},${y}: ${pixel(shown, x, y).join()} is not ${pixel(wanted, x, y).join()}`;
}
