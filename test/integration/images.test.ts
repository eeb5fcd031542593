import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { fixPixels } from '../../src/pixels/fix/fix-pixels.ts';
import { createImage, type RgbaImage } from '../../src/pixels/image.ts';
import { readPngText } from '../../src/pixels/png-text.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { encodePng } from '../../src/pixels/png/encode.ts';
import { PixelsError } from '../../src/protocol/errors.ts';
import { fixInputOf } from '../../src/project/pixels/fix-input.ts';
import { type PixelSettings, USUAL_PIXELS } from '../../src/protocol/pixels.ts';
import type { Size } from '../../src/protocol/recipe.ts';
import { type Images, openImages } from '../../src/worker/images.ts';
import { createImageCodec } from '../../src/worker/images/codec.ts';
import { nodeZlib } from '../../src/worker/images/node-zlib.ts';
import { createPixelsPool } from '../../src/worker/images/pixels-pool.ts';
import type { StagedPicture } from '../../src/worker/jobs/pixel-stage.ts';
import { sha256Of } from '../../src/worker/store/artifact-files.ts';
import { requireOrSkip } from '../helpers/suite.ts';

const THREAD = new URL('../../src/worker/images/pixels-thread.ts', import.meta.url).pathname;
const FIX = USUAL_PIXELS;
const NONE: PixelSettings = { ...USUAL_PIXELS, fix: 'none' };

/** A picture as the worker hands it over, that says how often it was read. */
function picture(bytes: Uint8Array): StagedPicture & { reads: number } {
  const given = {
    digest: sha256Of(bytes),
    reads: 0,
    read: () => {
      given.reads++;
      return Promise.resolve(bytes);
    },
  };
  return given;
}

/** A coloured disc on white, another for every seed. */
function render(seed: number, size = 256): RgbaImage {
  const image = createImage(size, size);
  for (let i = 0; i < size * size; i++) {
    const cell = [i % size, Math.floor(i / size)].map(p => Math.floor((p * 16) / size) - 7.5);
    const inside = Math.hypot(cell[0]!, cell[1]!) < 5;
    image.data.set(inside ? [seed * 5, 90, (seed * 11) & 255, 255] : [255, 255, 255, 255], i * 4);
  }
  return image;
}

const png = (seed: number, size?: number): Uint8Array =>
  encodePng(render(seed, size), nodeZlib, { level: 1 });

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('It went well.'),
    (reason: unknown) => reason,
  );
  if (!PixelsError.is(error)) throw error;
  expect(error.message).toMatch(/\S/);
  return error.code;
}

let images: Images;

beforeEach(() => {
  images = openImages(THREAD);
});

afterEach(async () => {
  await images.close();
});

describe('the pixel stage', () => {
  it('makes a sprite with transparent background and the given texts, in another thread', async () => {
    const text = { 'dgx-pixels': '{"seed":7}', prompt: 'sword 🗡️' };
    const staged = await images.stage.fix(picture(png(3)), [16, 16], FIX, text);
    expect(staged).toMatchObject({
      ...{ width: 16, height: 16, raw: { width: 256, height: 256 } },
      ...{ black: false, warnings: [] },
      report: { pitch: [16, 16], cells: [16, 16], fit: 'exact', background: { action: 'removed' } },
    });
    const expected = fixPixels(render(3), fixInputOf(FIX, [16, 16])).image;
    expect(decodePng(staged.sprite!, nodeZlib).image).toEqual(expected);
    expect(expected.data[3]).toBe(0);
    expect(readPngText(staged.sprite!)).toEqual(text);
  });

  it('leaves the picture as it is when no fix is wanted, but still looks at it', async () => {
    expect(await images.stage.fix(picture(png(3)), [16, 16], NONE, {})).toEqual({
      ...{ sprite: null, width: 256, height: 256, raw: { width: 256, height: 256 } },
      ...{ black: false, warnings: [], report: null },
    });
    expect(
      await codeOf(images.stage.fix(picture(png(3).subarray(0, -40)), [16, 16], NONE, {})),
    ).toBe('invalid-image');
  });

  it('notices black pictures and passes warnings on', async () => {
    const image = createImage(64, 64);
    for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
    const bytes = encodePng(image, nodeZlib);
    for (const settings of [FIX, NONE]) {
      expect((await images.stage.fix(picture(bytes), [16, 16], settings, {})).black).toBe(true);
    }
    const { warnings } = await images.stage.fix(picture(bytes), [16, 16], FIX, {});
    expect(warnings.join()).toContain('looks blank');
  });

  it('keeps many tasks apart and leaves the callers their bytes, also those inside a larger buffer', async () => {
    const tasks = Array.from({ length: 40 }, async (_, seed) => {
      const bytes = png(seed);
      const buffer = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]);
      const view = buffer.subarray(6, 6 + bytes.length);
      const staged = await images.stage.fix(picture(view), [16, 16], FIX, { seed: String(seed) });
      expect(Buffer.compare(view, bytes)).toBe(0);
      expect(readPngText(staged.sprite!)).toEqual({ seed: String(seed) });
      const { data } = decodePng(staged.sprite!, nodeZlib).image;
      expect([...data.subarray((8 * 16 + 8) * 4, (8 * 16 + 8) * 4 + 4)]).toEqual([
        ...[seed * 5, 90, (seed * 11) & 255, 255],
      ]);
    });
    await Promise.all(tasks);
  });

  it('refuses a broken picture in one sentence and goes on with the next', async () => {
    const good = png(1);
    const flipped = good.slice();
    flipped[Math.floor(good.length / 2)]! ^= 4;
    const results = await Promise.allSettled(
      [good, good.subarray(0, -5), flipped, new Uint8Array(9), good].map(bytes =>
        images.stage.fix(picture(bytes), [16, 16], FIX, {}),
      ),
    );
    expect(results.map(result => result.status)).toEqual([
      ...['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled'],
    ]);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      expect(PixelsError.is(result.reason, 'invalid-image')).toBe(true);
      expect((result.reason as Error).message).toMatch(/^The [^\n]+\.$/);
    }
  });

  it('gives the same bytes for the same picture, whichever thread made them', async () => {
    const pool = createPixelsPool({ threadFile: THREAD, maxThreads: 3 });
    onTestFinished(() => pool.close());
    const task = { picture: png(9), size: [16, 16] as Size, settings: FIX, text: { a: 'b' } };
    const made = await Promise.all(Array.from({ length: 12 }, () => pool.fix(task)));
    for (const { sprite } of made) expect(sprite).toEqual(made[0]!.sprite);
    expect(made[0]!.report).toMatchObject({
      stage: 'fix',
      grid: { pitch: [16, 16], cells: [16, 16] },
    });
  });

  it('fixes a picture again with other settings without reading it, as if it had', async () => {
    const given = picture(png(4));
    await images.stage.fix(given, [16, 16], FIX, {});
    const settings: PixelSettings = { ...FIX, palette: ['#000000'], background: 'keep' };
    const again = await images.stage.fix(given, [16, 16], settings, {});
    expect(given.reads).toBe(1);
    const anew = fixPixels(render(4), fixInputOf(settings, [16, 16]));
    expect(decodePng(again.sprite!, nodeZlib).image).toEqual(anew.image);
    expect(again.report!.colors).toEqual({ before: 2, after: 1 });
    await images.stage.fix(given, [8, 8], FIX, {});
    expect(given.reads).toBe(2);
  });

  it('says how many cells are too many, and what lint finds in a sprite that keeps them', async () => {
    const tooMany = images.stage.fix(picture(png(5)), [8, 8], { ...FIX, fit: 'fail' }, {});
    expect(await codeOf(tooMany)).toBe('too-many-cells');
    const kept = await images.stage.fix(picture(png(5)), [8, 8], { ...FIX, fit: 'keep' }, {});
    expect(kept).toMatchObject({ width: 16, height: 16, report: { fit: 'over' } });
    expect(kept.warnings.join()).toContain('not the 8x8 wanted');
    const reduced = await images.stage.fix(picture(png(5)), [8, 8], FIX, {});
    expect(reduced).toMatchObject({ width: 8, height: 8, report: { words: 'reduced 16→8' } });
  });

  it('settles everything when it is closed while busy, and takes no more', async () => {
    const bytes = png(2, 1024);
    const tasks = Array.from({ length: 12 }, () =>
      images.stage.fix(picture(bytes), [32, 32], FIX, {}),
    );
    const settled = Promise.allSettled(tasks);
    await tasks[0];
    await images.close();
    for (const result of await settled) {
      if (result.status === 'rejected') {
        expect(PixelsError.is(result.reason, 'shutting-down')).toBe(true);
      }
    }
    expect((await settled).some(result => result.status === 'rejected')).toBe(true);
    expect(await codeOf(images.stage.fix(picture(bytes), [32, 32], FIX, {}))).toBe('shutting-down');
  });

  it('says so, and does not wait for ever, when its thread cannot start', async () => {
    const broken = openImages(`${THREAD}.is-not-there.js`);
    onTestFinished(() => broken.close());
    const tasks = Array.from({ length: 3 }, () =>
      broken.stage.fix(picture(png(1)), [16, 16], FIX, {}),
    );
    expect(await Promise.all(tasks.map(codeOf))).toEqual(['internal', 'internal', 'internal']);
    expect(await codeOf(broken.describe(png(1)))).toBe('internal');
  });
});

describe('describing an upload', () => {
  it('tells the size of a PNG', async () => {
    expect(await images.describe(png(1, 48))).toEqual({ mime: 'image/png', width: 48, height: 48 });
  });

  it('refuses a PNG that is torn or damaged', async () => {
    const bytes = png(1);
    for (const length of [8, 40, bytes.length - 1]) {
      expect(await codeOf(images.describe(bytes.subarray(0, length)))).toBe('invalid-image');
    }
  });

  it('takes everything else for bytes', async () => {
    const bytes = { mime: 'application/octet-stream', width: null, height: null };
    expect(await images.describe(new TextEncoder().encode('a palette'))).toEqual(bytes);
    expect(await images.describe(new Uint8Array(0))).toEqual(bytes);
  });
});

const sharp = await import('sharp').then(
  module => module.default,
  () => null,
);

requireOrSkip('pictures other than PNG', () =>
  sharp === null ? 'sharp is not installed' : undefined,
)('pictures other than PNG', () => {
  const written = async (format: 'jpeg' | 'webp' | 'gif' | 'avif' | 'tiff'): Promise<Buffer> =>
    sharp!(render(1).data, { raw: { width: 256, height: 256, channels: 4 } })
      .removeAlpha()
      .resize(64, 40, { fit: 'fill', kernel: 'nearest' })
      .toFormat(format)
      .toBuffer();

  it('are described by their kind and size', async () => {
    for (const format of ['jpeg', 'webp', 'gif', 'avif', 'tiff'] as const) {
      expect(await images.describe(await written(format))).toEqual({
        ...{ mime: `image/${format}`, width: 64, height: 40 },
      });
    }
  });

  it('are refused when they are torn', async () => {
    for (const format of ['jpeg', 'webp', 'gif'] as const) {
      const bytes = await written(format);
      const torn = bytes.subarray(0, Math.floor(bytes.length * 0.6));
      expect(await codeOf(images.describe(torn)), format).toBe('invalid-image');
    }
  });

  it('are decoded upright, to the pixels that sharp sees', async () => {
    const codec = createImageCodec({ allowSharp: true });
    const rotated = await sharp!(await written('jpeg'))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await codec.decode(rotated)).toMatchObject({ width: 40, height: 64 });
    const { width, height, data } = await codec.decode(await written('webp'));
    expect(data.length).toBe(width * height * 4);
  });

  it('are refused with what to do where sharp may not be used', async () => {
    const codec = createImageCodec({ allowSharp: false });
    const error: unknown = await codec.decode(await written('jpeg')).catch((e: unknown) => e);
    expect(PixelsError.is(error, 'unsupported-image')).toBe(true);
    expect((error as Error).message).toContain('only PNG can be read; convert it to PNG');
    expect(await codec.decode(png(1, 16))).toEqual(render(1, 16));
    expect(await codeOf(codec.decode(new TextEncoder().encode('text')))).toBe('unsupported-image');
  });
});
