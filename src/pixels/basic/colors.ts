import { pixelWords, type RgbaImage } from '../image.ts';

/** Distinct colours of the pixels that are not transparent. */
export function countColors(image: RgbaImage): number {
  const words = pixelWords(image);
  const found = new Set<number>();
  for (let i = 0; i < words.length; i++) if (image.data[i * 4 + 3] !== 0) found.add(words[i]!);
  return found.size;
}
