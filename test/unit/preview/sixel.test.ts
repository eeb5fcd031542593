import { describe, expect, test } from 'vitest';
import { sixelPicture } from '../../../src/cli/preview/sixel.ts';
import type { RgbaImage } from '../../../src/pixels/image.ts';
import {
  difference,
  NOTHING,
  paint,
  pixel,
  randomOf,
  type Rgba,
  scatter,
  withoutOpacities,
} from './pictures.ts';
import { decodeSixel } from './sixel-decoder.ts';

/** The picture as percent can say it. */
function inPercent(image: RgbaImage): RgbaImage {
  const rounded = (value: number) => Math.round((Math.round((value * 100) / 255) * 255) / 100);
  return paint(image.width, image.height, (x, y) => {
    const [red, green, blue, alpha] = pixel(image, x, y);
    return alpha === 0 ? NOTHING : [rounded(red), rounded(green), rounded(blue), alpha];
  });
}

function randomColours(count: number, seed: number): Rgba[] {
  const random = randomOf(seed);
  const channel = () => Math.floor(random() * 256);
  return Array.from({ length: count }, () => [channel(), channel(), channel(), 255]);
}

describe('sixel', () => {
  test.each([
    [1, 1, 1],
    [1, 40, 3],
    [40, 1, 3],
    [7, 6, 9],
    [33, 13, 30],
    [64, 64, 200],
  ])('holds every pixel of a %ix%i picture of %i colours', (width, height, colours) => {
    const image = scatter(width, height, [...randomColours(colours, 5), NOTHING, [5, 5, 5, 100]]);
    const decoded = decodeSixel(sixelPicture(image));
    expect(difference(decoded.image, inPercent(withoutOpacities(image)))).toBeNull();
  });

  test('is off by one of 255 at most', () => {
    const image = paint(256, 3, (x, y) => [y === 0 ? x : 0, y === 1 ? x : 0, y === 2 ? x : 0, 255]);
    for (const channel of [0, 1, 2]) {
      const row = paint(256, 1, x => pixel(image, x, channel));
      const shown = decodeSixel(sixelPicture(row)).image;
      const errors = Array.from(row.data, (value, i) => Math.abs(value - shown.data[i]!));
      expect(Math.max(...errors)).toBeLessThanOrEqual(1);
    }
  });

  test('leaves clear pixels to the terminal and says its size', () => {
    const text = sixelPicture(scatter(9, 8, [NOTHING, [255, 0, 0, 255]]));
    expect(decodeSixel(text).parameters.split(';')[1]).toBe('1');
    expect(text).toContain('"1;1;9;8');
  });

  test('of exactly 256 colours keeps them all', () => {
    const image = paint(16, 16, (x, y) => [x * 16, y * 16, 128, 255]);
    const { image: shown, registers } = decodeSixel(sixelPicture(image));
    expect(registers.size).toBe(256);
    expect(difference(shown, inPercent(image))).toBeNull();
  });

  test('gives colours that percent cannot tell apart one register', () => {
    const image = paint(300, 2, (x, y) => [254 + (x % 2), 255, y === 0 ? x >> 1 : 254, 255]);
    const { image: shown, registers } = decodeSixel(sixelPicture(image));
    expect(registers.size).toBeLessThanOrEqual(101);
    expect(difference(shown, inPercent(image))).toBeNull();
  });

  test('of too many colours uses 256 that come near them', () => {
    const image = paint(128, 128, (x, y) => [x * 2, y * 2, 255 - x, x === y ? 0 : 255]);
    const { image: shown, registers } = decodeSixel(sixelPicture(image));
    expect(registers.size).toBeLessThanOrEqual(256);
    let sum = 0;
    for (let i = 0; i < image.data.length; i++) {
      if (i % 4 === 3) expect(shown.data[i]).toBe(image.data[i]);
      else if (image.data[i - (i % 4) + 3] === 255) sum += (shown.data[i]! - image.data[i]!) ** 2;
    }
    const rootMeanSquare = Math.sqrt(sum / (128 * 127 * 3));
    expect(rootMeanSquare).toBeLessThan(8);
  });

  test('keeps a rare colour apart when it differs much', () => {
    const image = paint(200, 100, (x, y) =>
      x === 3 && y === 3 ? [255, 0, 255, 255] : [0, x, y * 2, 255],
    );
    const shown = pixel(decodeSixel(sixelPicture(image)).image, 3, 3);
    expect(shown[0]).toBeGreaterThan(200);
    expect(shown[2]).toBeGreaterThan(200);
  });

  test('says a run of equal columns once', () => {
    const image = paint(500, 6, () => [255, 255, 255, 255]);
    expect(sixelPicture(image)).toContain('#0!500~');
  });

  test('of a clear picture paints nothing', () => {
    const { image, registers } = decodeSixel(sixelPicture(paint(5, 20, () => NOTHING)));
    expect(registers.size).toBe(0);
    expect(
      difference(
        image,
        paint(5, 20, () => NOTHING),
      ),
    ).toBeNull();
  });
});
