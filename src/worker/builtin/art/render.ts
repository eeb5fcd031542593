import { blurredRow, blurVertically, kernelOf } from './large/blur.ts';
import { jpegRoundTrip } from './large/jpeg.ts';
import { addNoise } from './large/noise.ts';
import type { ArtImage } from './types.ts';

/** Faults that real renders have, each optional. */
export interface Imperfections {
  /** Source pixels per cell, 7-40, may be fractional; default: the largest at which all cells fit. */
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
  /** Pixels of the large image. */
  width: number;
  height: number;
  /** Decides the noise. */
  seed: number;
  imperfections?: Imperfections;
}

/** For every pixel along one axis the cell it shows, or -1 beside the sprite. */
function cellsAlong(pixels: number, cells: number, pitch: number, phase: number): Int32Array {
  const start = (pixels - pitch * cells) / 2 + phase;
  const map = new Int32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const cell = Math.floor((i + 0.5 - start) / pitch);
    map[i] = cell >= 0 && cell < cells ? cell : -1;
  }
  return map;
}

function words(image: ArtImage): Uint32Array {
  const { data, width, height } = image;
  if (data.byteOffset % 4 === 0)
    return new Uint32Array(data.buffer, data.byteOffset, width * height);
  return new Uint32Array(data.slice().buffer);
}

/**
 * Enlarges a sprite to the engine's pixels: every cell a block of one colour, the sprite centred
 * (plus `phase`) where `pitch` leaves room, on the colour of its first cell. Then blur, noise and JPEG
 * in the order in which a real render would suffer them. The true cells stay known to the caller.
 */
export function renderLarge(sprite: ArtImage, options: RenderOptions): ArtImage {
  const { width, height } = options;
  const { pitch, phase, blur = 0, noise = 0, jpeg } = options.imperfections ?? {};
  // Cells are square: where the shapes differ, the sprite is centred and never stretched.
  const cell = pitch ?? Math.min(width / sprite.width, height / sprite.height);
  const columns = cellsAlong(width, sprite.width, cell, phase?.[0] ?? 0);
  const rows = cellsAlong(height, sprite.height, cell, phase?.[1] ?? 0);
  const source = words(sprite);
  const beside = source[0] ?? 0;
  const data = new Uint8ClampedArray(width * height * 4);
  const target = new Uint32Array(data.buffer);
  const kernel = blur > 0 ? kernelOf(blur) : undefined;
  const known = new Map<number, number>();
  for (let y = 0; y < height; y++) {
    const row = rows[y]!;
    const twin = known.get(row);
    if (twin !== undefined) {
      target.copyWithin(y * width, twin * width, (twin + 1) * width);
      continue;
    }
    known.set(row, y);
    for (let x = 0; x < width; x++) {
      const column = columns[x]!;
      const shown = row < 0 || column < 0 ? beside : source[row * sprite.width + column];
      target[y * width + x] = shown!;
    }
    if (kernel) blurredRow(data.subarray(y * width * 4, (y + 1) * width * 4), kernel);
  }
  const image = { width, height, data };
  if (kernel) blurVertically(image, kernel, rows);
  if (noise > 0) addNoise(image, noise, options.seed);
  if (jpeg !== undefined) jpegRoundTrip(image, jpeg);
  return image;
}
