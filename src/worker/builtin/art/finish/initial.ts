import { fromLab, type Lab, labDistance, mixLab, type Rgb, toLab } from '../colour/colour.ts';
import { cellHash } from '../random.ts';
import type { ArtImage } from '../types.ts';

/** The image at another size by nearest cell. */
function resized(image: ArtImage, width: number, height: number): ArtImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const sy = Math.floor(((y + 0.5) * image.height) / height);
    for (let x = 0; x < width; x++) {
      const sx = Math.floor(((x + 0.5) * image.width) / width);
      const from = (sy * image.width + sx) * 4;
      data.set(image.data.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** Clears a flat colour that reaches in from the border, so that only the subject blends. */
function withoutBackground(image: ArtImage): { image: ArtImage; colour: Rgb | undefined } {
  const { width, height } = image;
  const data = image.data.slice();
  const rgb = (i: number): Rgb => [data[i]!, data[i + 1]!, data[i + 2]!];
  const corners = [0, width - 1, (height - 1) * width, height * width - 1].map(i => i * 4);
  const first = corners[0]!;
  if (data[first + 3] === 0) return { image, colour: undefined };
  const colour = rgb(first);
  const same = (i: number): boolean =>
    data[i + 3] !== 0 &&
    data[i] === colour[0] &&
    data[i + 1] === colour[1] &&
    data[i + 2] === colour[2];
  if (!corners.every(same)) return { image, colour: undefined };
  const stack = corners.map(i => i / 4);
  while (stack.length > 0) {
    const at = stack.pop()!;
    if (!same(at * 4)) continue;
    data[at * 4 + 3] = 0;
    const column = at % width;
    if (column > 0) stack.push(at - 1);
    if (column < width - 1) stack.push(at + 1);
    if (at >= width) stack.push(at - width);
    if (at < width * (height - 1)) stack.push(at + width);
  }
  return { image: { width, height, data }, colour };
}

/** Palette of an image in OKLab, at most 64 most frequent colours. */
function palette(image: ArtImage): Lab[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < image.data.length; i += 4) {
    if (image.data[i + 3] === 0) continue;
    const key = (image.data[i]! << 16) | (image.data[i + 1]! << 8) | image.data[i + 2]!;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 64)
    .map(([key]) => toLab([key >> 16, (key >> 8) & 255, key & 255]));
}

/** Moves every colour of an image a share of the way to the nearest colour of a palette. */
function pulled(image: ArtImage, towards: readonly Lab[], share: number): ArtImage {
  const data = image.data.slice();
  const known = new Map<number, Rgb>();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    const key = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
    let to = known.get(key);
    if (!to) {
      const from = toLab([key >> 16, (key >> 8) & 255, key & 255]);
      let best = from;
      let nearest = Infinity;
      for (const lab of towards) {
        const d = labDistance(lab, from) + (lab[0] - from[0]) * (lab[0] - from[0]) * 2;
        if (d < nearest) [best, nearest] = [lab, d];
      }
      to = fromLab(mixLab(from, best, share));
      known.set(key, to);
    }
    data.set(to, i);
  }
  return { width: image.width, height: image.height, data };
}

/**
 * Image-to-image: the new drawing dissolves into the initial image in patches, and both pull
 * each other's palette. At denoise 0 the result is the initial image, at 1 the drawing.
 */
export function blendInitial(
  drawing: ArtImage,
  initial: ArtImage,
  denoise: number,
  seed: number,
): { image: ArtImage; background: Rgb | undefined } {
  const { width, height } = drawing;
  const start =
    initial.width === width && initial.height === height
      ? initial
      : resized(initial, width, height);
  if (denoise >= 1) return { image: drawing, background: undefined };
  if (!(denoise > 0))
    return { image: { width, height, data: start.data.slice() }, background: undefined };
  const { image: subject, colour } = withoutBackground(start);
  const old = pulled(subject, palette(drawing), denoise * 0.85);
  const fresh = pulled(drawing, palette(subject), (1 - denoise) * 0.85);
  const data = new Uint8ClampedArray(width * height * 4);
  const size = Math.max(1.5, Math.min(width, height) / 9);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x / size;
      const v = y / size;
      const c = Math.floor(u);
      const r = Math.floor(v);
      const top = cellHash(seed, c, r) * (1 - u + c) + cellHash(seed, c + 1, r) * (u - c);
      const low = cellHash(seed, c, r + 1) * (1 - u + c) + cellHash(seed, c + 1, r + 1) * (u - c);
      const n = top * (1 - v + r) + low * (v - r);
      const from = (n - 0.5) * 0.7 + 0.5 < denoise ? fresh : old;
      const i = (y * width + x) * 4;
      data.set(from.data.subarray(i, i + 4), i);
      if (data[i + 3]! < 128) data.fill(0, i, i + 4);
      else data[i + 3] = 255;
    }
  }
  return { image: { width, height, data }, background: colour };
}
