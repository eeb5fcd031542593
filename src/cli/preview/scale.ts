import { createImage, type RgbaImage } from '../../pixels/image.ts';

/** How a picture is brought to the screen: first reduced, then enlarged, by whole factors, so that no colour is ever mixed. */
export interface Scale {
  reducedBy: number;
  enlargedBy: number;
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

/** The size of the squares that a picture is made of throughout: n for one that was enlarged n times, else 1. */
export function pitchOf({ width, height, data }: RgbaImage): number {
  const bytes = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let pitch = greatestCommonDivisor(width, height);
  for (let y = 0, at = 0; y < height && pitch > 1; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const pixel = bytes.getUint32(at);
      if (x % pitch !== 0 && pixel !== bytes.getUint32(at - 4)) {
        pitch = greatestCommonDivisor(pitch, x);
      }
      if (y % pitch !== 0 && pixel !== bytes.getUint32(at - width * 4)) {
        pitch = greatestCommonDivisor(pitch, y);
      }
    }
  }
  return pitch;
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The picture with every pixel as a square. */
export function enlarge(image: RgbaImage, factor: number): RgbaImage {
  return pick(image, image.width * factor, image.height * factor, place =>
    Math.floor(place / factor),
  );
}

/**
 * The picture with the middle pixel of every square.
 * @returns `ceil(size / factor)` pixels: an edge is never lost
 */
export function reduce(image: RgbaImage, factor: number): RgbaImage {
  const { width, height } = reducedSize(image, factor);
  return pick(image, width, height, (place, size) =>
    Math.min(place * factor + (factor >> 1), size - 1),
  );
}

export function reducedSize({ width, height }: PixelSize, factor: number): PixelSize {
  return { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
}

/** @param source for a place in the result the one in a picture of that size */
function pick(
  image: RgbaImage,
  width: number,
  height: number,
  source: (place: number, size: number) => number,
): RgbaImage {
  if (width === image.width && height === image.height) return image;
  const result = createImage(width, height);
  const from = new DataView(image.data.buffer, image.data.byteOffset, image.data.byteLength);
  const to = new DataView(result.data.buffer);
  const columns = Array.from({ length: width }, (_, x) => source(x, image.width));
  const rowBytes = width * 4;
  let last = -1;
  for (let y = 0; y < height; y++) {
    const row = source(y, image.height);
    const start = y * rowBytes;
    if (row === last) {
      result.data.copyWithin(start, start - rowBytes, start);
      continue;
    }
    last = row;
    let at = start;
    for (const column of columns) {
      to.setUint32(at, from.getUint32((row * image.width + column) * 4));
      at += 4;
    }
  }
  return result;
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
