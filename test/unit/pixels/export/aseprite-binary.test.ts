import Aseprite from 'ase-parser';
import { describe, expect, test } from 'vitest';
import { createImage, equalImages, type RgbaImage } from '../../../../src/pixels/image.ts';
import { isSealed } from '../../../../src/pixels/export/seal.ts';
import { commonCanvas, imagesOnCanvas } from '../../../../src/pixels/sheet/canvas.ts';
import { pasteImage } from '../../../../src/pixels/sheet/compose.ts';
import type { Sheet } from '../../../../src/pixels/sheet/sheet.ts';
import { exportSheet, frame, heroSheet, mixedSheet, sprite } from './sheets.ts';

function read(sheet: Sheet) {
  const bytes = exportSheet('aseprite', sheet).bytes(`${sheet.name}.aseprite`);
  const file = new Aseprite(Buffer.from(bytes), 'x.aseprite');
  file.parse();
  const images = file.frames.map(({ cels }): RgbaImage => {
    const [cel] = cels;
    const image = createImage(file.width, file.height);
    const pixels = new Uint8ClampedArray(cel!.rawCelData);
    pasteImage(image, { width: cel!.w, height: cel!.h, data: pixels }, cel!.xpos, cel!.ypos);
    return image;
  });
  return { file, images, bytes };
}

describe('.aseprite', () => {
  test('holds frames, times, tags, slices and palette as a reader of the format finds them', () => {
    const sheet = heroSheet();
    sheet.slices.push({
      name: 'ボックス',
      keys: [
        {
          frame: 2,
          bounds: { x: 0, y: 0, width: 16, height: 20 },
          center: { x: 3, y: 4, width: 8, height: 9 },
          pivot: null,
        },
      ],
    });
    const { file, images, bytes } = read(sheet);
    expect([file.numFrames, file.width, file.height, file.colorDepth]).toEqual([6, 16, 20, 32]);
    for (const [i, image] of images.entries()) {
      expect(equalImages(image, sheet.frames[i]!.image), `frame ${i}`).toBe(true);
    }
    expect(file.frames.map(({ frameDuration }) => frameDuration)).toEqual(
      sheet.frames.map(({ durationMs }) => durationMs),
    );
    expect(
      file.tags.map(({ name, from, to, animDirection, repeat }) => [
        name,
        from,
        to,
        animDirection,
        repeat,
      ]),
    ).toEqual([
      ['walk', 0, 3, 'Ping-pong', 0],
      ['idle', 4, 5, 'Forward', 2],
    ]);
    expect(file.layers.map(({ name, opacity }) => [name, opacity])).toEqual([['hero', 255]]);
    const slices = new Map(file.slices.map(({ name, keys }) => [name, keys[0]!]));
    expect([...slices.keys()]).toEqual(['hit', 'ボックス', 'pivot']);
    expect(slices.get('hit')).toMatchObject({
      x: 4,
      y: 5,
      width: 8,
      height: 12,
      pivot: { x: 4, y: 11 },
    });
    expect(slices.get('ボックス')).toMatchObject({
      frameNumber: 2,
      patch: { x: 3, y: 4, width: 8, height: 9 },
    });
    expect(slices.get('pivot')).toMatchObject({ pivot: { x: 8, y: 19 } });
    const colors = new Set(
      sheet.frames.flatMap(({ image }) =>
        Array.from({ length: image.data.length / 4 }, (_, i) =>
          image.data.subarray(i * 4, i * 4 + 4).join(),
        ),
      ),
    );
    expect(file.palette.colors).toHaveLength(colors.size);
    expect(isSealed(bytes)).toBe(true);
    expect(new DataView(bytes.buffer).getUint32(0, true)).toBe(bytes.length);
  });

  test('lays frames of different sizes over each other at their pivots', () => {
    const sheet = mixedSheet();
    const { images } = read(sheet);
    const expected = imagesOnCanvas(sheet);
    // A slice follows its frames to where they lie on the canvas.
    const bounds = { x: 0, y: 0, width: 1, height: 1 };
    sheet.slices = [{ name: 's', keys: [{ frame: 1, bounds, center: null, pivot: null }] }];
    const { corners } = commonCanvas(sheet);
    const keys = read(sheet).file.slices[0]!.keys.map(({ frameNumber, x, y }) => [
      frameNumber,
      x,
      y,
    ]);
    expect(keys).toEqual([1, 2, 3, 4, 5].map(i => [i, corners[i]!.x, corners[i]!.y]));
    expect(images.map((image, i) => equalImages(image, expected[i]!))).toEqual(
      sheet.frames.map(() => true),
    );
  });

  test('of one pixel, and of more colours than a palette has, is whole', () => {
    const noise = createImage(40, 40);
    noise.data.forEach((_, i) => (noise.data[i] = (i * 2_654_435_761) >>> 24));
    for (const image of [sprite(1, 1, 1, 0), noise]) {
      const sheet: Sheet = { name: 'x', frames: [frame('a', image)], tags: [], slices: [] };
      expect(equalImages(read(sheet).images[0]!, image)).toBe(true);
    }
  });
});
