import type { Rgb } from '../colour/colour.ts';
import { hash } from '../random.ts';
import type { ArtImage } from '../types.ts';

/** Chebyshev-free round distance (in cells) of every clear cell to the sprite, up to `limit`. */
function distances(image: ArtImage, limit: number): Float32Array {
  const { width, height, data } = image;
  const out = new Float32Array(width * height).fill(99);
  const reach = Math.ceil(limit);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (data[(row * width + column) * 4 + 3] === 0) continue;
      for (let dy = -reach; dy <= reach; dy++) {
        const y = row + dy;
        if (y < 0 || y >= height) continue;
        for (let dx = -reach; dx <= reach; dx++) {
          const x = column + dx;
          if (x < 0 || x >= width) continue;
          const d = Math.sqrt(dx * dx + dy * dy);
          const at = y * width + x;
          if (d < out[at]!) out[at] = d;
        }
      }
    }
  }
  return out;
}

/** Paints solid rings of light around the sprite: `radius` cells, bright within, dim at the rim. */
export function paintAura(image: ArtImage, radius: number, bright: Rgb, dim: Rgb): void {
  if (radius <= 0) return;
  const field = distances(image, Math.min(radius, 10));
  for (let i = 0; i < field.length; i++) {
    const d = field[i]!;
    if (d > radius || image.data[i * 4 + 3] !== 0) continue;
    const [r, g, b] = d <= radius * 0.6 ? bright : dim;
    image.data.set([r, g, b, 255], i * 4);
  }
}

/** Four-pointed sparkles in the free room around the sprite. */
export function paintSparkles(image: ArtImage, seed: number, core: Rgb, arm: Rgb): void {
  const { width, height, data } = image;
  const size = Math.min(width, height);
  if (size < 10) return;
  const free = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && data[(y * width + x) * 4 + 3] === 0;
  const long = Math.max(1, Math.round(size / 26));
  let placed = 0;
  const wanted = size < 20 ? 2 : 4;
  for (let attempt = 0; attempt < 90 && placed < wanted; attempt++) {
    const x = 1 + long + (hash(seed, attempt, 'x') % Math.max(1, width - 2 - 2 * long));
    const y = 1 + long + (hash(seed, attempt, 'y') % Math.max(1, height - 2 - 2 * long));
    const reach = placed % 2 === 0 ? long : Math.max(1, long - 1);
    let clear = true;
    for (let i = -reach - 1; i <= reach + 1; i++) {
      for (let j = -reach - 1; j <= reach + 1; j++) {
        if (Math.abs(i) + Math.abs(j) <= reach + 1 && !free(x + i, y + j)) clear = false;
      }
    }
    if (!clear) continue;
    placed++;
    for (let i = -reach; i <= reach; i++) {
      const colour = i === 0 ? core : arm;
      data.set([...colour, 255], (y * width + x + i) * 4);
      data.set([...colour, 255], ((y + i) * width + x) * 4);
    }
  }
}
