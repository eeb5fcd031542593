import type { ArtImage } from '../../art/types.ts';
import { hash } from '../../art/random.ts';
import { encodePngSync } from './png.ts';
import { hasTransparency } from './transparency.ts';

/** Longest side of a preview in pixels. */
const LONGEST = 128;

/** A small PNG of a picture, its cells enlarged by a whole number to at most 128 pixels. */
export function encodePreview(image: ArtImage): Uint8Array {
  const factor = Math.max(1, Math.floor(LONGEST / Math.max(image.width, image.height)));
  const alpha = hasTransparency(image);
  return encodePngSync(factor === 1 ? image : enlarge(image, factor), { alpha });
}

/** The sprite as it emerges from noise: `done` is 0 for noise alone and 1 for the sprite. */
export function emerging(sprite: ArtImage, seed: number, done: number): ArtImage {
  const data = new Uint8ClampedArray(sprite.data.length);
  const noise = 1 - done;
  let state = hash(seed, 'preview') | 1;
  for (let i = 0; i < data.length; i += 4) {
    for (let channel = 0; channel < 3; channel += 1) {
      state = xorshift(state);
      const speck = state & 0xff;
      data[i + channel] = sprite.data[i + channel]! * done + speck * noise;
    }
    data[i + 3] = sprite.data[i + 3]! * done + 255 * noise;
  }
  return { width: sprite.width, height: sprite.height, data };
}

function xorshift(state: number): number {
  let next = state;
  next ^= next << 13;
  next ^= next >>> 17;
  next ^= next << 5;
  return next | 0;
}

function enlarge(image: ArtImage, factor: number): ArtImage {
  const width = image.width * factor;
  const height = image.height * factor;
  const source = new Uint32Array(image.data.buffer, image.data.byteOffset, image.data.length / 4);
  const target = new Uint32Array(width * height);
  for (let y = 0; y < image.height; y += 1) {
    const start = y * factor * width;
    for (let x = 0; x < image.width; x += 1) {
      target.fill(source[y * image.width + x]!, start + x * factor, start + (x + 1) * factor);
    }
    for (let copy = 1; copy < factor; copy += 1) {
      target.copyWithin(start + copy * width, start, start + width);
    }
  }
  return { width, height, data: new Uint8ClampedArray(target.buffer) };
}
