import { describe, expect, it } from 'vitest';
import { createImage, equalImages, type RgbaImage } from '../../../src/pixels/image.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { encodePng, type EncodePngOptions } from '../../../src/pixels/png/encode.ts';
import { PngError } from '../../../src/pixels/png/error.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';
import { randomOf } from './make-png.ts';

/** `colors` different colours in random places; with `alpha` of every opacity. */
function picture(width: number, height: number, colors: number, alpha: boolean): RgbaImage {
  const random = randomOf(width * 1000 + height + colors);
  const image = createImage(width, height);
  for (let i = 0; i < width * height; i++) {
    const color = i < colors ? i : Math.floor(random() * colors);
    const opacity = alpha ? color % 256 : 255;
    image.data.set([color & 255, color >> 8, (color * 7) & 255, opacity], i * 4);
  }
  return image;
}

function roundTrip(image: RgbaImage, options?: EncodePngOptions): ReturnType<typeof decodePng> {
  const decoded = decodePng(encodePng(image, nodeZlib, options), nodeZlib);
  expect(equalImages(decoded.image, image)).toBe(true);
  return decoded;
}

describe('encodePng', () => {
  it('gives every pixel back, whatever the size, the colours and the opacities', () => {
    for (const [width, height] of [
      [1, 1],
      [1, 512],
      [512, 1],
      [7, 13],
      [33, 32],
      [300, 200],
    ] as const) {
      for (const colors of [1, 2, 3, 4, 5, 16, 17, 256, 257, 5000]) {
        for (const alpha of [false, true]) {
          for (const palette of ['auto', 'never'] as const) {
            roundTrip(picture(width, height, Math.min(colors, width * height), alpha), { palette });
          }
        }
      }
    }
  });

  it('keeps the colours under transparent pixels', () => {
    const image = createImage(2, 1);
    image.data.set([10, 20, 30, 0, 40, 50, 60, 0]);
    roundTrip(image);
    roundTrip(image, { palette: 'never' });
  });

  it('takes the smallest bit depth that holds the colours, and no palette beyond 256', () => {
    const depth = (colors: number): string => {
      const { bitDepth, colorType } = roundTrip(picture(20, 20, colors, false));
      return `${colorType}/${bitDepth}`;
    };
    expect([1, 2, 3, 4, 5, 16, 17, 256, 257].map(depth)).toEqual([
      ...['3/1', '3/1', '3/2', '3/2', '3/4', '3/4', '3/8', '3/8', '2/8'],
    ]);
    expect(roundTrip(picture(20, 20, 257, true)).colorType).toBe(6);
    expect(roundTrip(picture(20, 20, 2, false), { palette: 'never' }).colorType).toBe(2);
  });

  it('gives the same bytes for the same picture, also in a buffer of odd offset', () => {
    const image = picture(40, 30, 90, true);
    const odd = new Uint8ClampedArray(new ArrayBuffer(image.data.length + 1), 1);
    odd.set(image.data);
    const bytes = encodePng(image, nodeZlib, { text: { a: 'b' } });
    expect(encodePng({ ...image, data: odd }, nodeZlib, { text: { a: 'b' } })).toEqual(bytes);
  });

  it('makes smooth pictures much smaller than they are', () => {
    const image = createImage(256, 256);
    for (let i = 0; i < 65_536; i++) {
      const [x, y] = [i & 255, i >> 8];
      image.data.set([x, y, (x + y) >> 1, 255], i * 4);
    }
    expect(encodePng(image, nodeZlib).length).toBeLessThan(4000);
  });

  it('writes texts that every reader of PNG can find again', () => {
    const text = {
      'dgx-pixels': '{"seed":7}',
      Author: 'Zoë',
      prompt: 'rusty 🗡️ sword',
      empty: '',
      lines: 'a\nb',
      control: '\x85',
      kanji: '剣',
    };
    expect(roundTrip(picture(3, 3, 3, true), { text }).text).toEqual(text);
  });

  it('refuses a text that PNG has no place for', () => {
    const image = createImage(1, 1);
    for (const text of [
      { '': 'x' },
      { ['k'.repeat(80)]: 'x' },
      { ' k': 'x' },
      { 剣: 'x' },
      { k: 'a\0b' },
    ]) {
      expect(() => encodePng(image, nodeZlib, { text })).toThrow(PngError);
    }
  });

  it('refuses data that do not fit the size', () => {
    expect(() => encodePng({ ...createImage(2, 2), width: 3 }, nodeZlib)).toThrow(RangeError);
    expect(() => encodePng(createImage(0, 5), nodeZlib)).toThrow(RangeError);
  });
});
