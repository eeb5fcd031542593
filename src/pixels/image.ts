/** Straight-alpha RGBA, row-major, `width * height * 4` bytes. */
export interface RgbaImage {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** A fully transparent image. */
export function createImage(width: number, height: number): RgbaImage {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/**
 * Copies a rectangle out of an image.
 * @throws RangeError when it does not lie inside the image
 */
export function cropImage(
  image: RgbaImage,
  x: number,
  y: number,
  width: number,
  height: number,
): RgbaImage {
  if (x < 0 || y < 0 || x + width > image.width || y + height > image.height) {
    throw new RangeError(
      `A crop of ${width}x${height} at ${x},${y} leaves an image of ${image.width}x${image.height}.`,
    );
  }
  const cropped = createImage(width, height);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 4;
    cropped.data.set(image.data.subarray(from, from + width * 4), row * width * 4);
  }
  return cropped;
}

/** Whether two images have the same size and bytes, colours under full transparency included. */
export function equalImages(a: RgbaImage, b: RgbaImage): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  return a.data.every((value, at) => value === b.data[at]);
}

/** The pixels as 32-bit words, for comparing whole colours at once; byte order is the machine's. */
export function wordsOf({ data }: RgbaImage): Uint32Array {
  if (data.byteOffset % 4 === 0) {
    return new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  }
  return new Uint32Array(data.slice().buffer);
}
