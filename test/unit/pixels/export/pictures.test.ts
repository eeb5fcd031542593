import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createImage, equalImages, type RgbaImage } from '../../../../src/pixels/image.ts';
import { readChunks } from '../../../../src/pixels/png/chunks.ts';
import { isSealed } from '../../../../src/pixels/export/seal.ts';
import type { TargetName } from '../../../../src/pixels/export/targets.ts';
import { playbackOf } from '../../../../src/pixels/sheet/playback.ts';
import type { Sheet } from '../../../../src/pixels/sheet/sheet.ts';
import { encodeVp8l } from '../../../../src/pixels/export/webp/vp8l.ts';
import { randomOf } from '../make-png.ts';
import { readApng } from './apng-reader.ts';
import { exportSheet, frame, heroSheet, mixedSheet, sprite, tag } from './sheets.ts';

/** Frames of an animated picture as sharp, that is libvips, decodes them. */
async function decode(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes, { animated: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const meta = await sharp(bytes, { animated: true }).metadata();
  const height = info.pageHeight ?? info.height;
  const images = Array.from({ length: info.height / height }, (_, i): RgbaImage => {
    const size = info.width * height * 4;
    return {
      width: info.width,
      height,
      data: new Uint8ClampedArray(data.subarray(i * size, (i + 1) * size)),
    };
  });
  return { images, delays: meta.delay, loop: meta.loop };
}

/** Colours under transparent pixels are nobody's. */
function shown(image: RgbaImage): RgbaImage {
  const result = { ...image, data: image.data.slice() };
  for (let i = 0; i < result.data.length; i += 4) {
    if (result.data[i + 3] === 0) result.data.fill(0, i, i + 4);
  }
  return result;
}

function expectFrames(images: readonly RgbaImage[], sheet: Sheet, order: readonly number[]): void {
  expect(images).toHaveLength(order.length);
  for (const [i, index] of order.entries()) {
    const same = equalImages(shown(images[i]!), shown(sheet.frames[index]!.image));
    expect(same, `frame ${i}`).toBe(true);
  }
}

describe.each(['gif', 'webp'] as const)('%s', target => {
  test('shows every frame of every tag, pixel by pixel, for its time', async () => {
    const sheet = heroSheet();
    const result = exportSheet(target, sheet);
    expect(result.warnings).toEqual([]);
    for (const one of sheet.tags) {
      const { images, delays, loop } = await decode(result.bytes(`hero-${one.name}.${target}`));
      const { frames, loop: forever } = playbackOf(one);
      expectFrames(images, sheet, frames);
      expect(delays).toEqual(frames.map(index => sheet.frames[index]!.durationMs));
      expect(loop).toBe(forever ? 0 : 1);
    }
  });

  test('is one file where there is one tag, or none, and shows a single frame too', async () => {
    const sheet = heroSheet({ tags: [] });
    expect(exportSheet(target, sheet).files.map(file => file.path)).toEqual([`hero.${target}`]);
    const one: Sheet = { ...sheet, frames: [frame('dot', sprite(1, 1, 3, 0))], slices: [] };
    expectFrames((await decode(exportSheet(target, one).bytes(`hero.${target}`))).images, one, [0]);
  });

  test('puts frames of different sizes on one canvas', async () => {
    const sheet = mixedSheet();
    const { images } = await decode(exportSheet(target, sheet).bytes(`items.${target}`));
    expect(images.map(({ width, height }) => [width, height])).toEqual(Array(6).fill([31, 40]));
    const opaque = ({ data }: RgbaImage) => data.filter((v, i) => i % 4 === 3 && v > 0).length;
    expect(images.map(opaque)).toEqual(sheet.frames.map(({ image }) => opaque(image)));
  });

  test('is sealed, and no longer when a byte differs', () => {
    const bytes = exportSheet(target, heroSheet({ tags: [] })).bytes(`hero.${target}`);
    expect(isSealed(bytes)).toBe(true);
    bytes[bytes.length >> 1]! ^= 1;
    expect(isSealed(bytes)).toBe(false);
  });
});

/** Every pixel another colour. */
function colorful(side: number, alpha = 255): RgbaImage {
  const image = createImage(side, side);
  for (let i = 0; i < side * side; i++) {
    image.data.set([i & 255, (i >> 8) * 40, (i * 7) & 255, alpha], i * 4);
  }
  return image;
}

describe('gif', () => {
  const sheetOf = (...images: RgbaImage[]): Sheet => ({
    name: 'x',
    frames: images.map((image, i) => frame(`f${i}`, image)),
    tags: [],
    slices: [],
  });

  test('keeps 255 colours of each frame, and says when it reduces more', async () => {
    const first = colorful(15);
    const second = colorful(15);
    for (let i = 0; i < second.data.length; i += 4) second.data[i + 1] = 200;
    const exact = exportSheet('gif', sheetOf(first, second));
    expect(exact.warnings).toEqual([]);
    expectFrames((await decode(exact.bytes('x.gif'))).images, sheetOf(first, second), [0, 1]);
    const many = exportSheet('gif', sheetOf(colorful(30)));
    expect(many.warnings).toEqual([expect.stringContaining('more than 255 colours')]);
    const { images } = await decode(many.bytes('x.gif'));
    const errors = images[0]!.data.map((v, i) => Math.abs(v - colorful(30).data[i]!));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(12);
  });

  test('says that half-transparent pixels became hard, and that times were rounded', async () => {
    const soft = exportSheet('gif', sheetOf(colorful(8, 200), colorful(8, 100)));
    expect(soft.warnings).toEqual([expect.stringContaining('half-transparent')]);
    const { images } = await decode(soft.bytes('x.gif'));
    expect(images.map(({ data }) => data[3])).toEqual([255, 0]);
    const sheet = heroSheet({ tags: [] });
    for (const one of sheet.frames) one.durationMs = 33;
    const rounded = exportSheet('gif', sheet);
    expect(rounded.warnings).toEqual([expect.stringContaining('rounds its times')]);
    const { delays } = await decode(rounded.bytes('hero.gif'));
    expect(delays).toEqual([30, 40, 30, 30, 40, 30]);
  });
});

describe('webp', () => {
  const random = randomOf(7);
  const noise = createImage(37, 23);
  noise.data.forEach((_, i) => (noise.data[i] = random() * 256));
  const flat = createImage(300, 5);
  flat.data.fill(255);
  const wide = createImage(1000, 3);
  for (let i = 0; i < wide.data.length; i += 4) {
    wide.data.set([(i / 4) % 251, Math.floor(i / 1000), i % 7, 255], i);
  }
  test.each<[string, RgbaImage]>([
    ['noise with alpha', noise],
    ['one colour', flat],
    ['one transparent pixel', createImage(1, 1)],
    ['two colours', sprite(33, 9, 1)],
    ['gradients', wide],
    ['225 colours', colorful(15)],
    ['900 colours', colorful(30)],
    ...[1, 2, 3, 4, 5, 16, 17, 256, 257].map((count): [string, RgbaImage] => {
      const image = createImage(count, 3);
      for (let i = 0; i < count * 3; i++)
        image.data.set([i % count, (i % count) >> 3, 9, 255], i * 4);
      return [`${count} colours in ${count} columns`, image];
    }),
  ])('keeps %s exactly, also under transparent pixels', async (_, image) => {
    const body = encodeVp8l(image);
    const bytes = Buffer.alloc(20 + body.length + (body.length & 1));
    bytes.write('RIFF');
    bytes.writeUInt32LE(bytes.length - 8, 4);
    bytes.write('WEBPVP8L', 8);
    bytes.writeUInt32LE(body.length, 16);
    bytes.set(body, 20);
    const data = await sharp(bytes).ensureAlpha().raw().toBuffer();
    expect(Buffer.compare(data, Uint8Array.from(image.data))).toBe(0);
  });

  test('is not larger than the same picture as PNG', () => {
    const sheet = heroSheet({ tags: [] });
    const png = exportSheet('apng', sheet).bytes('hero.png').length;
    expect(exportSheet('webp', sheet).bytes('hero.webp').length).toBeLessThan(png * 1.1);
  });
});

describe('apng', () => {
  test('holds every frame exactly, with its time', () => {
    const sheet = heroSheet();
    const result = exportSheet('apng', sheet);
    for (const one of sheet.tags) {
      const film = readApng(result.bytes(`hero-${one.name}.png`));
      const { frames, loop } = playbackOf(one);
      expect(
        film.images.map((image, i) => equalImages(image, sheet.frames[frames[i]!]!.image)),
      ).toEqual(frames.map(() => true));
      expect(film.durationsMs).toEqual(frames.map(index => sheet.frames[index]!.durationMs));
      expect(film.plays).toBe(loop ? 0 : 1);
    }
  });

  test('has nothing but frames between its first frame and its end', () => {
    const bytes = exportSheet('apng', heroSheet({ tags: [] })).bytes('hero.png');
    const types = readChunks(bytes).map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(['IHDR', 'tEXt', 'acTL']);
    expect(
      types
        .slice(types.indexOf('fcTL'), -1)
        .filter(type => !['fcTL', 'IDAT', 'fdAT'].includes(type)),
    ).toEqual([]);
  });

  test('keeps more than 256 colours and half-transparent pixels', async () => {
    const images = [colorful(20), colorful(20, 90)];
    const sheet: Sheet = {
      name: 'x',
      frames: images.map((image, i) => frame(`f${i}`, image)),
      tags: [],
      slices: [],
    };
    const bytes = exportSheet('apng', sheet).bytes('x.png');
    expect(readApng(bytes).images.map((image, i) => equalImages(image, images[i]!))).toEqual([
      true,
      true,
    ]);
    // Readers without animation show the first frame.
    const data = await sharp(bytes).ensureAlpha().raw().toBuffer();
    expect(Buffer.compare(data, Uint8Array.from(images[0]!.data))).toBe(0);
  });
});

describe('png', () => {
  test('is a strip of equal cells, in rows where a page is not wide enough', () => {
    const sheet = heroSheet();
    const strip = exportSheet('png', sheet).png('hero.png');
    expect([strip.width, strip.height]).toEqual([96, 20]);
    const rows = exportSheet('png', sheet, { options: { maxSize: 70 } }).png('hero.png');
    expect([rows.width, rows.height]).toEqual([64, 40]);
  });

  test('of an indexed kind has a palette, or says that there are too many colours', async () => {
    const bytes = exportSheet('indexed-png', heroSheet()).bytes('hero.png');
    expect((await sharp(bytes).metadata()).isPalette).toBe(true);
    const sheet: Sheet = { name: 'x', frames: [frame('f', colorful(17))], tags: [], slices: [] };
    expect(() => exportSheet('indexed-png', sheet)).toThrow(
      expect.objectContaining({ code: 'too-many-colors' }),
    );
  });

  test.each<TargetName>(['png', 'apng', 'godot'])(
    'of %s is sealed until its pixels change',
    target => {
      const bytes = exportSheet(target, heroSheet({ tags: [tag('walk', 0, 3)] })).bytes('hero.png');
      expect(isSealed(bytes)).toBe(true);
      expect(isSealed(bytes.subarray(0, -1))).toBe(false);
    },
  );
});
