import { describe, expect, it } from 'vitest';
import { isBlack } from '../../../src/pixels/black.ts';
import { createImage, type RgbaImage } from '../../../src/pixels/image.ts';
import type { Rgba } from './paint.ts';

describe('isBlack', () => {
  const filled = (color: Rgba): RgbaImage => {
    const image = createImage(40, 30);
    for (let i = 0; i < 1200; i++) image.data.set(color, i * 4);
    return image;
  };

  it('is true when every channel of every pixel is at most 2', () => {
    expect(isBlack(filled([0, 0, 0, 255]))).toBe(true);
    expect(isBlack(filled([2, 1, 2, 255]))).toBe(true);
    expect(isBlack(filled([0, 3, 0, 255]))).toBe(false);
  });

  it('notices a single pixel that is not', () => {
    const image = filled([0, 0, 0, 255]);
    image.data[1199 * 4 + 2] = 3;
    expect(isBlack(image)).toBe(false);
  });

  it('is false for a black shape on transparency', () => {
    const image = filled([0, 0, 0, 255]);
    image.data[3] = 0;
    expect(isBlack(image)).toBe(false);
  });
});
