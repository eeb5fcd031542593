import type { RgbaImage } from '../../src/pixels/image.ts';
import { type ArtRequest, drawSprite } from '../../src/worker/builtin/art/art.ts';

/**
 * The true pixels of what the built-in engine draws, as a fix should leave them: the background that reaches the border is transparent,
 * enclosed parts of it keep their colour.
 */
export function builtinTruth(request: Omit<ArtRequest, 'background'>): RgbaImage {
  const flat = drawSprite({ ...request, background: 'flat' });
  return withoutBackground(flat, drawSprite({ ...request, background: 'transparent' }));
}

/** The flat sprite with what its border reaches over clear cells, side by side, made transparent. */
export function withoutBackground(flat: RgbaImage, clear: RgbaImage): RgbaImage {
  const { width, height } = clear;
  const result = { ...flat, data: flat.data.slice() };
  const open: [x: number, y: number][] = [];
  for (let x = 0; x < width; x++) open.push([x, 0], [x, height - 1]);
  for (let y = 0; y < height; y++) open.push([0, y], [width - 1, y]);
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const [x, y] = cell;
    const at = (y * width + x) * 4;
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    if (clear.data[at + 3] !== 0 || result.data[at + 3] === 0) continue;
    result.data.fill(0, at, at + 4);
    open.push([x + 1, y], [x - 1, y], [x, y + 1], [x, y - 1]);
  }
  return result;
}

/** Share of cells with the right opacity and no channel further off than `tolerance`, the sprite moved by some cells. */
export function rightShare(
  image: RgbaImage,
  truth: RgbaImage,
  tolerance: number,
  [dx, dy]: readonly [number, number] = [0, 0],
): number {
  const { width, height } = truth;
  let right = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
      const from = ((y + dy) * width + x + dx) * 4;
      const value = (channel: number) => (inside ? image.data[from + channel]! : 0);
      const near = [0, 1, 2].every(
        channel => Math.abs(value(channel) - truth.data[at + channel]!) <= tolerance,
      );
      if (near && value(3) === truth.data[at + 3]) right++;
    }
  }
  return right / (width * height);
}
