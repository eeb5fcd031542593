import { createImage, type RgbaImage } from '../../pixels/image.ts';

/** How a picture is brought to the screen: by whole factors, so that no colour is ever mixed. */
export interface Scale {
  by: 'enlarging' | 'reducing';
  factor: number;
}

/** Width and height in pixels. */
export interface PixelSize {
  width: number;
  height: number;
}

/** The largest whole factor by which a picture can be enlarged to fit; 0 when it does not fit as it is. */
export function largestFactor(image: PixelSize, room: PixelSize): number {
  return Math.floor(Math.min(room.width / image.width, room.height / image.height));
}

/** The smallest whole factor by which a picture must be reduced to fit. */
export function smallestReduction(image: PixelSize, room: PixelSize): number {
  return Math.max(
    1,
    Math.ceil(image.width / Math.max(1, room.width)),
    Math.ceil(image.height / Math.max(1, room.height)),
  );
}

/**
 * Enlarges every pixel to a square, or keeps the pixel in the middle of every square.
 * @returns a picture of `ceil(size / factor)` when reducing: an edge is never lost
 */
export function scaleImage(image: RgbaImage, { by, factor }: Scale): RgbaImage {
  if (factor === 1) return image;
  const resized = (size: number) => (by === 'enlarging' ? size * factor : Math.ceil(size / factor));
  const result = createImage(resized(image.width), resized(image.height));
  const columns = sources(image.width, result.width, by, factor);
  const rows = sources(image.height, result.height, by, factor);
  const from = new DataView(image.data.buffer, image.data.byteOffset, image.data.byteLength);
  const to = new DataView(result.data.buffer);
  const rowBytes = result.width * 4;
  let last = -1;
  for (const [row, source] of rows.entries()) {
    const start = row * rowBytes;
    if (source === last) {
      result.data.copyWithin(start, start - rowBytes, start);
      continue;
    }
    last = source;
    let at = start;
    for (const column of columns) {
      to.setUint32(at, from.getUint32((source * image.width + column) * 4));
      at += 4;
    }
  }
  return result;
}

/** For each place of the result the place that it shows. */
function sources(size: number, resized: number, by: Scale['by'], factor: number): Uint32Array {
  const middle = factor >> 1;
  return Uint32Array.from({ length: resized }, (_, place) =>
    by === 'enlarging' ? Math.floor(place / factor) : Math.min(place * factor + middle, size - 1),
  );
}

/** Adds clear pixels to the right and below, up to whole cells. */
export function padToCells(image: RgbaImage, cell: PixelSize): RgbaImage {
  const width = Math.ceil(image.width / cell.width) * cell.width;
  const height = Math.ceil(image.height / cell.height) * cell.height;
  if (width === image.width && height === image.height) return image;
  const result = createImage(width, height);
  const rowBytes = image.width * 4;
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * rowBytes, (y + 1) * rowBytes);
    result.data.set(row, y * width * 4);
  }
  return result;
}
