/** Straight-alpha RGBA, row-major: four bytes per pixel, `width * height * 4` in all. */
export interface RgbaImage {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** A part of a picture, in pixels from its top left corner. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A transparent black picture of whole, positive sizes. */
export function createImage(width: number, height: number): RgbaImage {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/**
 * Copies a part of a picture.
 * @param part whole numbers
 * @throws RangeError when the part is empty or not wholly inside the picture
 */
export function cropImage(image: RgbaImage, part: Rectangle): RgbaImage {
  const { x, y, width, height } = part;
  const inside =
    x >= 0 &&
    y >= 0 &&
    width > 0 &&
    height > 0 &&
    x + width <= image.width &&
    y + height <= image.height;
  if (!inside) throw new RangeError('The part is not inside the picture.');
  const result = createImage(width, height);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 4;
    result.data.set(image.data.subarray(from, from + width * 4), row * width * 4);
  }
  return result;
}

/** Whether two pictures have the same size and the same bytes, also under transparent pixels. */
export function equalImages(a: RgbaImage, b: RgbaImage): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  for (let i = 0; i < a.data.length; i++) if (a.data[i] !== b.data[i]) return false;
  return true;
}

/** The pixels as one 32-bit word each, in the machine's byte order; a copy when the data do not begin at a multiple of 4. */
export function pixelWords(image: RgbaImage): Uint32Array {
  const { data } = image;
  if (data.byteOffset % 4 !== 0) return new Uint32Array(data.slice().buffer);
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
}
