import { pixelWords, type RgbaImage } from '../../image.ts';

/** Cells along a line on both sides of a corner that make it one: shorter ones are details. */
const LEAST_ARM = 2;

/**
 * Takes the inner corner out of steps in lines one cell wide ("pixel-perfect" lines), in place: a cell whose two neighbours
 * of its own colour already touch over a corner. Corners of boxes, with two long arms, stay, and so do details.
 * @param doubt 1 for the cells that may be changed; null for all
 * @returns cells changed
 */
export function smoothJaggies(image: RgbaImage, doubt: Uint8Array | null): number {
  const { width, height, data } = image;
  const words = pixelWords(image);
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : words[y * width + x]!;
  const arm = (x: number, y: number, dx: number, dy: number, word: number): number => {
    let length = 0;
    while (length < 4 && at(x + dx * (length + 1), y + dy * (length + 1)) === word) length++;
    return length;
  };
  let changed = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const word = at(x, y);
      if (data[(y * width + x) * 4 + 3] === 0) continue;
      if (doubt !== null && doubt[y * width + x] === 0) continue;
      const left = at(x - 1, y) === word;
      const right = at(x + 1, y) === word;
      const up = at(x, y - 1) === word;
      const down = at(x, y + 1) === word;
      if (left === right || up === down) continue;
      const dx = left ? -1 : 1;
      const dy = up ? -1 : 1;
      let corners = 0;
      for (const [cx, cy] of [
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ] as const)
        if (at(x + cx, y + cy) === word) corners++;
      if (corners > 0) continue;
      const across = arm(x, y, dx, 0, word);
      const along = arm(x, y, 0, dy, word);
      // One arm of a single cell that goes on over a corner is a step; two long arms are a box.
      const goesOn = (ex: number, ey: number, sx: number, sy: number): boolean =>
        at(ex + sx, ey + sy) === word;
      const step =
        (across === 1 && along >= LEAST_ARM && goesOn(x + dx, y, dx, -dy)) ||
        (along === 1 && across >= LEAST_ARM && goesOn(x, y + dy, -dx, dy));
      if (!step) continue;
      const outside = at(x - dx, y - dy);
      if (at(x - dx, y) !== outside || at(x, y - dy) !== outside) continue;
      words[y * width + x] = outside;
      changed++;
    }
  }
  if (changed > 0 && words.buffer !== data.buffer) data.set(new Uint8ClampedArray(words.buffer));
  return changed;
}
