import { describe, expect, it } from 'vitest';
import { createImage, cropImage, equalImages, pixelWords } from '../../../src/pixels/image.ts';

function numbered(width: number, height: number): ReturnType<typeof createImage> {
  const image = createImage(width, height);
  for (let i = 0; i < image.data.length; i++) image.data[i] = i;
  return image;
}

describe('images', () => {
  it('crop to a part', () => {
    const part = cropImage(numbered(4, 3), { x: 1, y: 1, width: 2, height: 2 });
    expect([...part.data]).toEqual([
      ...[20, 21, 22, 23, 24, 25, 26, 27],
      ...[36, 37, 38, 39, 40, 41, 42, 43],
    ]);
  });

  it('refuse a part that is empty or reaches outside', () => {
    for (const part of [
      { x: -1, y: 0, width: 2, height: 2 },
      { x: 3, y: 0, width: 2, height: 1 },
      { x: 0, y: 2, width: 1, height: 2 },
      { x: 0, y: 0, width: 0, height: 1 },
    ]) {
      expect(() => cropImage(numbered(4, 3), part)).toThrow(RangeError);
    }
  });

  it('are equal only with the same size and bytes', () => {
    expect(equalImages(numbered(2, 3), numbered(2, 3))).toBe(true);
    expect(equalImages(numbered(2, 3), numbered(3, 2))).toBe(false);
    const other = numbered(2, 3);
    other.data[23] = 0;
    expect(equalImages(numbered(2, 3), other)).toBe(false);
  });

  it('give their pixels as words, also from an odd place in memory', () => {
    const image = numbered(2, 1);
    const data = new Uint8ClampedArray(new ArrayBuffer(9), 1);
    data.set(image.data);
    expect(pixelWords({ ...image, data })).toEqual(pixelWords(image));
  });
});
