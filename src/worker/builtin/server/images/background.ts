import type { ArtImage } from '../../art/types.ts';

/** Largest difference of a channel that still counts as the background's colour. */
const TOLERANCE = 24;

/**
 * What stands before the background, 255 for the subject: every pixel that is not joined to the
 * border through pixels of the border's commonest colour. A picture with transparency already says
 * it itself.
 * @param everywhere takes away that colour wherever it is, in holes of the subject too
 */
export function foregroundOf(image: ArtImage, everywhere = false): Uint8Array {
  const count = image.width * image.height;
  const mask = new Uint8Array(count);
  let opaque = true;
  for (let i = 0; i < count; i += 1) {
    mask[i] = image.data[i * 4 + 3]!;
    opaque &&= mask[i] === 255;
  }
  if (opaque) floodBorder(image, mask, everywhere);
  return mask;
}

function floodBorder(
  { width, height, data }: ArtImage,
  mask: Uint8Array,
  everywhere: boolean,
): void {
  const border = borderPixels(width, height);
  const background = commonest(data, border);
  const open = new Int32Array(width * height);
  let size = 0;
  const visit = (at: number) => {
    if (mask[at] === 0) return;
    for (let channel = 0; channel < 3; channel += 1) {
      if (Math.abs(data[at * 4 + channel]! - data[background * 4 + channel]!) > TOLERANCE) return;
    }
    mask[at] = 0;
    open[size] = at;
    size += 1;
  };
  for (const at of everywhere ? mask.keys() : border) visit(at);
  for (let next = 0; next < size; next += 1) {
    const at = open[next]!;
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
}

function borderPixels(width: number, height: number): number[] {
  const pixels: number[] = [];
  for (let x = 0; x < width; x += 1) pixels.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y += 1) pixels.push(y * width, y * width + width - 1);
  return pixels;
}

/** A border pixel of the commonest colour, counted in steps of eight so that noise does not split it. */
function commonest(data: Uint8ClampedArray, border: readonly number[]): number {
  const counts = new Map<number, number>();
  let best = border[0] ?? 0;
  let most = 0;
  for (const at of border) {
    const [r, g, b] = [data[at * 4]! >> 3, data[at * 4 + 1]! >> 3, data[at * 4 + 2]! >> 3];
    const key = (r << 16) | (g << 8) | b;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) {
      most = count;
      best = at;
    }
  }
  return best;
}
