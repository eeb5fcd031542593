import { pixelWords, type RgbaImage } from './image.ts';

/** Distinct colours of the pixels that are not transparent. */
export function countColors(image: RgbaImage): number {
  const words = pixelWords(image);
  // Open addressing: a Set takes tens of milliseconds for a noisy picture. 0 marks a free place: no opaque pixel is 0.
  const places = new Uint32Array(2 ** Math.ceil(Math.log2(words.length * 2 + 1)));
  const shift = 32 - Math.log2(places.length);
  let count = 0;
  let last = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === last || image.data[i * 4 + 3] === 0) continue;
    last = word;
    let place = Math.imul(word, 0x9e3779b1) >>> shift;
    while (places[place] !== 0 && places[place] !== word) place = (place + 1) & (places.length - 1);
    if (places[place] === word) continue;
    places[place] = word;
    count++;
  }
  return count;
}
