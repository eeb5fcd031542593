import { deflateSync, inflateSync } from 'node:zlib';
import { createImage, type RgbaImage } from '../../src/pixels/image.ts';
import { encodePng } from '../../src/pixels/png/encode.ts';
import type { Zlib } from '../../src/pixels/png/zlib.ts';
import { potion } from '../helpers/potion.ts';

export const zlib: Zlib = {
  inflate: (bytes, maxOutputLength) => inflateSync(bytes, { maxOutputLength }),
  deflate: (bytes, level) => deflateSync(bytes, { level }),
};

/** The potion's file at its own size. */
export function potionPng(text: Record<string, string> = {}): Uint8Array {
  return encodePng(potion(), zlib, { text });
}

/** The potion drawn large on white. */
export function enlargedPotion(pitch: number, text: Record<string, string> = {}): Uint8Array {
  return encodePng(enlarge(potion(), pitch), zlib, { text });
}

function enlarge(sprite: RgbaImage, pitch: number): RgbaImage {
  const image = createImage(sprite.width * pitch, sprite.height * pitch);
  image.data.fill(255);
  for (let at = 0; at < image.width * image.height; at++) {
    const x = Math.floor((at % image.width) / pitch);
    const y = Math.floor(at / image.width / pitch);
    const from = (y * sprite.width + x) * 4;
    if (sprite.data[from + 3] === 0) continue;
    image.data.set(sprite.data.subarray(from, from + 4), at * 4);
  }
  return image;
}

/** A potion with a translucent cell and a colour of its own, which lint finds. */
export function faultyPotion(): Uint8Array {
  const image = potion();
  const at = (12 * image.width + 6) * 4;
  image.data[at + 3] = 100;
  return encodePng(image, zlib);
}

/** The potion one cell further to the right for each number. */
export function walkingPotion(step: number): Uint8Array {
  const sprite = potion();
  const image = createImage(sprite.width + 4, sprite.height);
  for (let y = 0; y < sprite.height; y++) {
    const row = sprite.data.subarray(y * sprite.width * 4, (y + 1) * sprite.width * 4);
    image.data.set(row, (y * image.width + step) * 4);
  }
  return encodePng(image, zlib);
}
