import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeZlib } from '../../../../src/cli/preview/zlib.ts';
import { createImage, type RgbaImage } from '../../../../src/pixels/image.ts';
import { decodePng } from '../../../../src/pixels/png/decode.ts';
import { randomOf } from '../make-png.ts';
import type { Rgba } from '../paint.ts';

const COLOURS: readonly Rgba[] = [
  [32, 24, 40, 255],
  [120, 48, 56, 255],
  [200, 96, 64, 255],
  [244, 190, 110, 255],
  [60, 120, 90, 255],
];

/** A blob of a few colours, detailed at single cells, that leaves a transparent border of a tenth. */
export function spriteLike(size: number, seed: number): RgbaImage {
  const random = randomOf(seed);
  const image = createImage(size, size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const across = (x + 0.5) / size - 0.5;
      const down = (y + 0.5) / size - 0.5;
      const far = across * across + down * down;
      if (far > 0.16) continue;
      // Runs of one to four cells of a colour, as brush strokes are.
      const stroke = random() < 0.45 || x === 0 ? Math.floor(random() * COLOURS.length) : -1;
      const left = image.data.subarray((y * size + x - 1) * 4, (y * size + x) * 4);
      const colour = stroke < 0 && left[3] === 255 ? left : COLOURS[Math.max(0, stroke)]!;
      image.data.set(colour, (y * size + x) * 4);
    }
  }
  return image;
}

/** Enlarges both ways without smoothing; sizes need not be multiples. */
export function stretch(image: RgbaImage, width: number, height: number): RgbaImage {
  const result = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from =
        Math.floor(((y + 0.5) * image.height) / height) * image.width +
        Math.floor(((x + 0.5) * image.width) / width);
      result.data.set(image.data.subarray(from * 4, from * 4 + 4), (y * width + x) * 4);
    }
  }
  return result;
}

/** Copies a picture's visible cells onto another, in place. */
export function putOnto(base: RgbaImage, top: RgbaImage, left: number, down: number): RgbaImage {
  for (let y = 0; y < top.height; y++) {
    for (let x = 0; x < top.width; x++) {
      const colour = top.data.subarray((y * top.width + x) * 4, (y * top.width + x + 1) * 4);
      const [row, column] = [y + down, x + left];
      if (row < 0 || column < 0 || row >= base.height || column >= base.width) continue;
      if (colour[3] !== 0) base.data.set(colour, (row * base.width + column) * 4);
    }
  }
  return base;
}

/** Hand-drawn sprites where the machine has them: `DGX_PIXELS_SPRITES`, else beside the checkout. */
export function realSprites(): { name: string; image: RgbaImage }[] | null {
  const beside = join(
    import.meta.dirname,
    '..',
    '..',
    '..',
    '..',
    '..',
    'shared',
    'data',
    'sprites',
  );
  const folder = process.env['DGX_PIXELS_SPRITES'] ?? beside;
  if (!existsSync(folder)) {
    process.stdout.write('skipped: hand-drawn sprites: DGX_PIXELS_SPRITES names no folder\n');
    return null;
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.toLowerCase().endsWith('.png'))
    .sort()
    .map(name => ({ name, image: decodePng(readFileSync(join(folder, name)), nodeZlib).image }));
}
