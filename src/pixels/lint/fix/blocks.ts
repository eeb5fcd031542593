import { createImage, pixelWords, type RgbaImage } from '../../image.ts';

/**
 * One cell for each block between starts, of the colour that most of the block has, of two the one that comes first.
 * @param columns, rows first cell of each block, ascending from 0
 */
export function resample(
  image: RgbaImage,
  columns: readonly number[],
  rows: readonly number[],
): RgbaImage {
  const result = createImage(columns.length, rows.length);
  const words = pixelWords(image);
  const colours = pixelWords(result);
  for (const [row, top] of rows.entries()) {
    const bottom = rows[row + 1] ?? image.height;
    for (const [column, left] of columns.entries()) {
      const right = columns[column + 1] ?? image.width;
      colours[row * columns.length + column] = commonWord(
        words,
        image.width,
        left,
        top,
        right,
        bottom,
      );
    }
  }
  return result;
}

/** Every block of `pitch` cells in the colour that most of it has; the picture keeps its size. */
export function majorityBlocks(
  image: RgbaImage,
  grid: { pitch: number; x: number; y: number },
): RgbaImage {
  const result = createImage(image.width, image.height);
  const words = pixelWords(image);
  const colours = pixelWords(result);
  const { width, height } = image;
  for (let top = grid.y - grid.pitch; top < height; top += grid.pitch) {
    for (let left = grid.x - grid.pitch; left < width; left += grid.pitch) {
      const from = { x: Math.max(0, left), y: Math.max(0, top) };
      const to = { x: Math.min(width, left + grid.pitch), y: Math.min(height, top + grid.pitch) };
      if (from.x >= to.x || from.y >= to.y) continue;
      const word = commonWord(words, width, from.x, from.y, to.x, to.y);
      for (let y = from.y; y < to.y; y++) colours.fill(word, y * width + from.x, y * width + to.x);
    }
  }
  return result;
}

function commonWord(
  words: Uint32Array,
  width: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  const counts = new Map<number, number>();
  let common = 0;
  let most = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const word = words[y * width + x]!;
      const count = (counts.get(word) ?? 0) + 1;
      counts.set(word, count);
      if (count > most) [common, most] = [word, count];
    }
  }
  return common;
}
