import { createHash } from 'node:crypto';
import type { ArtImage, ArtRequest } from '../../../src/worker/builtin/art/art.ts';

/** A plain request that single tests change. */
export function request(change: Partial<ArtRequest> = {}): ArtRequest {
  return {
    prompt: 'sword',
    negative: '',
    seed: 7,
    index: 0,
    width: 32,
    height: 32,
    checkpoint: 'builtin/arcade.safetensors',
    loras: [],
    steps: 20,
    cfg: 7,
    sampler: 'euler',
    scheduler: 'normal',
    background: 'transparent',
    ...change,
  };
}

export function digest(image: ArtImage): string {
  return createHash('sha256').update(image.data).digest('hex').slice(0, 16);
}

/** Colours of the opaque cells, as `r,g,b`. */
export function colours(image: ArtImage): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i < image.data.length; i += 4) {
    if (image.data[i + 3] !== 0) found.add(image.data.slice(i, i + 3).join(','));
  }
  return found;
}

/** Indices of the opaque cells. */
export function silhouette(image: ArtImage): number[] {
  const cells: number[] = [];
  for (let i = 0; i < image.width * image.height; i++) {
    if (image.data[i * 4 + 3] !== 0) cells.push(i);
  }
  return cells;
}

/** Mean of a channel over the opaque cells. */
export function mean(image: ArtImage, channel: 0 | 1 | 2): number {
  const cells = silhouette(image);
  return cells.reduce((sum, i) => sum + (image.data[i * 4 + channel] ?? 0), 0) / cells.length;
}
