import { expect, it } from 'vitest';
import { createImage, type RgbaImage } from '../../../src/pixels/image.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { encodePng } from '../../../src/pixels/png/encode.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';
import { requireOrSkip } from '../../helpers/suite.ts';
import { KINDS, makePng, randomOf, randomPng } from './make-png.ts';

const sharp = await import('sharp').then(
  module => module.default,
  () => null,
);

async function sharpDecode(bytes: Uint8Array): Promise<Buffer> {
  return sharp!(bytes).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer();
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

/** Flat parts, a gradient and noise, so that encoders use every filter. */
function mixed(width: number, height: number, alpha: boolean): RgbaImage {
  const random = randomOf(width);
  const image = createImage(width, height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const color =
      x < width / 3
        ? [90, 10, 200]
        : y < height / 2
          ? [x, y, x + y]
          : [0, 0, 0].map(() => random() * 256);
    image.data.set([...color, alpha ? (x * 37 + y) % 256 : 255], i * 4);
  }
  return image;
}

requireOrSkip('PNG against sharp', () => (sharp === null ? 'sharp is not installed' : undefined))(
  'our PNG code and sharp',
  () => {
    it('decode every colour type, depth and interlacing alike', async () => {
      for (const kind of KINDS) {
        for (const interlaced of [false, true]) {
          for (const clear of [false, true]) {
            const bytes = makePng(randomPng(kind, 19, 13, { interlaced, clear, seed: 5 }));
            const ours = decodePng(bytes, nodeZlib).image.data;
            // sharp cuts 16 bits off where we round them.
            const tolerance = kind.bitDepth === 16 ? 1 : 0;
            expect(
              largestDifference(ours, await sharpDecode(bytes)),
              JSON.stringify({ ...kind, interlaced, clear }),
            ).toBeLessThanOrEqual(tolerance);
          }
        }
      }
    });

    it('read what sharp writes: RGB, RGBA, grey, 16 bits, palettes, interlaced or not', async () => {
      for (const alpha of [false, true]) {
        const { data, width, height } = mixed(61, 47, alpha);
        const source = sharp!(data, { raw: { width, height, channels: 4 } });
        const base = alpha ? source : source.removeAlpha();
        for (const progressive of [false, true]) {
          for (const written of [
            base.clone().png({ progressive, adaptiveFiltering: true }),
            base.clone().png({ progressive, compressionLevel: 0 }),
            base.clone().png({ progressive, palette: true }),
            base.clone().png({ progressive, palette: true, colours: 2 }),
            base.clone().png({ progressive, palette: true, colours: 13 }),
            base.clone().greyscale().toColourspace('b-w').png({ progressive }),
            base.clone().toColourspace('rgb16').png({ progressive }),
            base.clone().greyscale().toColourspace('grey16').png({ progressive }),
          ]) {
            const bytes = await written.toBuffer();
            const { image, bitDepth, colorType } = decodePng(bytes, nodeZlib);
            expect(
              largestDifference(image.data, await sharpDecode(bytes)),
              `colour type ${colorType} at ${bitDepth} bits`,
            ).toBeLessThanOrEqual(bitDepth === 16 ? 1 : 0);
          }
        }
      }
    });

    it('agree on what we write', async () => {
      for (const alpha of [false, true]) {
        const image = mixed(61, 47, alpha);
        for (const bytes of [
          encodePng(image, nodeZlib, { text: { prompt: 'sword 🗡️', Author: 'Zoë' } }),
          encodePng(image, nodeZlib, { level: 1, palette: 'never' }),
        ]) {
          expect(largestDifference(await sharpDecode(bytes), image.data)).toBe(0);
        }
      }
      const few = createImage(9, 9);
      for (let i = 0; i < 81; i++) few.data.set([i % 3, 7, 9, (i % 3) * 100], i * 4);
      expect(largestDifference(await sharpDecode(encodePng(few, nodeZlib)), few.data)).toBe(0);
    });
  },
);
