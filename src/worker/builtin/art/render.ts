import type { ArtImage } from './types.ts';

/** Faults that real renders have, each optional. */
export interface Imperfections {
  /** Source pixels per cell, 7-40, may be fractional; default: render size / cells. */
  pitch?: number;
  /** Offset of the grid in pixels. */
  phase?: [number, number];
  /** Sigma of a Gaussian blur in pixels. */
  blur?: number;
  /** Standard deviation of noise, 0-255. */
  noise?: number;
  /** JPEG quality 1-100. */
  jpeg?: number;
}

export interface RenderOptions {
  width: number;
  height: number;
  seed: number;
  imperfections?: Imperfections;
}

/** Enlarges a sprite to the engine's pixels. */
export function renderLarge(sprite: ArtImage, options: RenderOptions): ArtImage {
  const { width, height } = options;
  const data = new Uint8ClampedArray(width * height * 4);
  const source = new Uint32Array(sprite.data.buffer, sprite.data.byteOffset, sprite.width * sprite.height);
  const target = new Uint32Array(data.buffer);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * sprite.height) / height) * sprite.width;
    for (let x = 0; x < width; x++) target[y * width + x] = source[row + Math.floor((x * sprite.width) / width)] as number;
  }
  return { width, height, data };
}
