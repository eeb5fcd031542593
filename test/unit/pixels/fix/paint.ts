import { createImage, type RgbaImage } from '../../../../src/pixels/image.ts';
import { drawSprite } from '../../../../src/worker/builtin/art/art.ts';
import { type Imperfections, renderLarge } from '../../../../src/worker/builtin/art/render.ts';

/** A sprite of the built-in engine: its true cells are known. */
export function sprite(
  prompt: string,
  size: number,
  background: 'flat' | 'transparent' = 'flat',
): RgbaImage {
  return drawSprite({
    ...{ prompt, negative: '', seed: 5, index: 0, width: size, height: size, background },
    ...{ checkpoint: 'builtin/arcade.safetensors', loras: [], steps: 20, cfg: 7 },
    ...{ sampler: 'euler', scheduler: 'normal' },
  });
}

/** The sprite as a model would draw it, 1024 pixels a side unless told. */
export function large(image: RgbaImage, imperfections: Imperfections, side = 1024): RgbaImage {
  return renderLarge(image, { width: side, height: side, seed: 3, imperfections });
}

/** A picture of a colour for every place. */
export function picture(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number, number],
): RgbaImage {
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) image.data.set(color(x, y), (y * width + x) * 4);
  }
  return image;
}

/** Largest difference of a channel where the pictures overlap, under the best shift of up to six cells. */
export function leastDifference(one: RgbaImage, other: RgbaImage): number {
  let least = Infinity;
  for (let y = -6; y <= 6; y++) {
    for (let x = -6; x <= 6; x++) least = Math.min(least, shifted(one, other, x, y));
  }
  return least;
}

function shifted(one: RgbaImage, other: RgbaImage, left: number, top: number): number {
  let most = 0;
  for (let y = Math.max(0, -top); y < Math.min(other.height, one.height - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(other.width, one.width - left); x++) {
      const here = ((y + top) * one.width + x + left) * 4;
      const there = (y * other.width + x) * 4;
      for (let c = 0; c < 4; c++) {
        most = Math.max(most, Math.abs(one.data[here + c]! - other.data[there + c]!));
      }
    }
  }
  return most;
}
