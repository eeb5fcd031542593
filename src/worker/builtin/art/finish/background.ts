import { labDistance, packRgb, type Rgb, toLab } from '../colour/colour.ts';
import type { ArtImage } from '../types.ts';

/**
 * Fills the clear cells with one colour: of the candidates, the one farthest from every colour
 * of the sprite, so that it never occurs in it.
 */
export function fillBackground(image: ArtImage, candidates: readonly Rgb[]): void {
  const { data } = image;
  const used = new Map<number, Rgb>();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    const rgb: Rgb = [data[i]!, data[i + 1]!, data[i + 2]!];
    used.set(packRgb(rgb), rgb);
  }
  const colours = [...used.values()].map(toLab);
  let best = candidates[0] ?? ([128, 128, 128] as const);
  let room = -1;
  for (const candidate of candidates) {
    const lab = toLab(candidate);
    const nearest = Math.min(...colours.map(colour => labDistance(colour, lab)), 9);
    if (nearest > room) [best, room] = [candidate, nearest];
  }
  let [r, g, b] = best;
  while (used.has(packRgb([r, g, b]))) {
    r = (r + 1) & 255;
    g = (g + 3) & 255;
    b = (b + 5) & 255;
  }
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.set([r, g, b, 255], i);
}
