import type { ArtImage } from '../../art/types.ts';
import type { CellSize } from './draw-plan.ts';

/**
 * A picture at cell resolution: each cell is the mean of the middle third of its pixels, which is
 * exact for pixel art on an even grid and forgiving at blurred cell edges.
 */
export function toCells(picture: ArtImage, size: CellSize): ArtImage {
  const data = new Uint8ClampedArray(size.width * size.height * 4);
  // The same square cells, centred, that a render of this size would have.
  const pitch = Math.min(picture.width / size.width, picture.height / size.height);
  for (let y = 0, at = 0; y < size.height; y += 1) {
    const rows = middleThird(y, size.height, picture.height, pitch);
    for (let x = 0; x < size.width; x += 1, at += 4) {
      const columns = middleThird(x, size.width, picture.width, pitch);
      for (let channel = 0; channel < 4; channel += 1) {
        data[at + channel] = mean(picture, columns, rows, channel);
      }
    }
  }
  return { ...size, data };
}

type Span = readonly [from: number, to: number];

function middleThird(cell: number, cells: number, pixels: number, pitch: number): Span {
  const middle = (pixels - cells * pitch) / 2 + (cell + 0.5) * pitch;
  const from = Math.min(pixels - 1, Math.max(0, Math.round(middle - pitch / 6)));
  const to = Math.min(pixels, Math.max(from + 1, Math.round(middle + pitch / 6)));
  if (pitch < 3) {
    const only = Math.min(pixels - 1, Math.floor(middle));
    return [only, only + 1];
  }
  return [from, to];
}

function mean({ data, width }: ArtImage, columns: Span, rows: Span, channel: number): number {
  let sum = 0;
  for (let y = rows[0]; y < rows[1]; y += 1) {
    for (let x = columns[0]; x < columns[1]; x += 1) sum += data[(y * width + x) * 4 + channel]!;
  }
  return sum / ((rows[1] - rows[0]) * (columns[1] - columns[0]));
}
