import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ArtImage } from '../../../src/worker/builtin/art/types.ts';
import { foregroundOf } from '../../../src/worker/builtin/server/images/background.ts';
import { encodePng } from '../../../src/worker/builtin/server/images/png.ts';
import { decodePng, PngError } from '../../../src/worker/builtin/server/images/png-read.ts';
import { emerging, encodePreview } from '../../../src/worker/builtin/server/images/preview.ts';
import { resample } from '../../../src/worker/builtin/server/images/resample.ts';
import { toCells } from '../../../src/worker/builtin/server/nodes/cells.ts';

/** A picture from rows of letters: each letter is a colour. */
function picture(...rows: string[]): ArtImage {
  const colours: Record<string, readonly number[]> = {
    '.': [40, 90, 140, 255],
    a: [200, 30, 30, 255],
    b: [30, 200, 30, 255],
    ' ': [0, 0, 0, 0],
  };
  const width = rows[0]?.length ?? 0;
  const data = new Uint8ClampedArray(rows.flatMap(row => [...row].flatMap(c => colours[c] ?? [])));
  return { width, height: rows.length, data };
}

function noisy(width: number, height: number): ArtImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < data.length; i += 1) data[i] = (i * 2_654_435_761) >>> 24;
  return { width, height, data };
}

describe('PNG files', () => {
  it('give back every byte with alpha, and every colour without', async () => {
    const image = noisy(37, 23);
    expect(decodePng(await encodePng(image, { alpha: true }))).toEqual({ image, alpha: true });
    const opaque = decodePng(await encodePng(image, { alpha: false }));
    const colours = (data: Uint8ClampedArray) => data.filter((_, i) => i % 4 !== 3);
    expect(opaque.alpha).toBe(false);
    expect(colours(opaque.image.data)).toEqual(colours(image.data));
  });

  it('carry texts and are padded to the byte without harm', async () => {
    const image = noisy(8, 8);
    const text = { prompt: '{"é":1}' };
    const bytes = await encodePng(image, { alpha: true, text, padTo: 20_000 });
    expect(bytes.byteLength).toBe(20_000);
    expect(bytes.includes(Buffer.from('tEXtprompt\0{"é":1}', 'latin1'))).toBe(true);
    expect(decodePng(bytes).image).toEqual(image);
    expect(deflateSync(bytes).byteLength).toBeGreaterThan(19_000);
  });

  it('that are cut short or altered end in a clear error, never another', async () => {
    const good = await encodePng(noisy(16, 16), { alpha: true });
    for (let i = 0; i < 400; i += 1) {
      const bad = Buffer.from(i % 2 === 0 ? good.subarray(0, (i * good.byteLength) / 400) : good);
      if (i % 2 === 1) bad[(i * 7) % bad.byteLength]! ^= 1 << (i % 8);
      try {
        decodePng(bad);
      } catch (error) {
        expect(error).toBeInstanceOf(PngError);
      }
    }
    expect(() => decodePng(Buffer.from('GIF89a'))).toThrow(PngError);
  });
});

describe('a preview', () => {
  it('enlarges cells by a whole number to at most 128 pixels', () => {
    const { image } = decodePng(encodePreview(picture('ab', '..')));
    expect([image.width, image.height]).toEqual([128, 128]);
    expect([...image.data.subarray(64 * 4, 64 * 4 + 3)]).toEqual([30, 200, 30]);
    expect(decodePng(encodePreview(noisy(100, 50))).image.width).toBe(100);
    expect(decodePng(encodePreview(picture('ab'))).alpha).toBe(false);
    expect(decodePng(encodePreview(picture('a '))).alpha).toBe(true);
  });

  it('ends as the sprite itself and starts as noise that the seed decides', () => {
    const sprite = picture('a.', 'b.');
    expect(emerging(sprite, 1, 1)).toEqual(sprite);
    expect(emerging(sprite, 1, 0)).toEqual(emerging(picture('..', 'aa'), 1, 0));
    expect(emerging(sprite, 1, 0)).not.toEqual(emerging(sprite, 2, 0));
  });
});

describe('what stands before the background', () => {
  it('is all that is not joined to the border by its colour', () => {
    const mask = foregroundOf(picture('.....', '.aaa.', '.a.a.', '.aaa.', '..b..'));
    expect([...mask].map(v => (v === 0 ? 0 : 1)).join('')).toBe(
      '00000' + '01110' + '01110' + '01110' + '00100',
    );
  });

  it('is the alpha of a picture that has one', () => {
    expect([...foregroundOf(picture('a ', ' b'))]).toEqual([255, 0, 0, 255]);
  });
});

describe('scaling', () => {
  it('keeps exact colours with nearest-exact, there and back', () => {
    const image = picture('ab.', '.ab', 'b.a');
    const large = resample(image, 21, 21, 'nearest-exact');
    expect(resample(large, 3, 3, 'nearest-exact')).toEqual(image);
    expect(toCells(large, { width: 3, height: 3 })).toEqual(image);
  });

  it.each(['bilinear', 'area', 'bicubic', 'lanczos'] as const)(
    '%s keeps a plain picture plain at any size',
    method => {
      const plain = picture('....', '....', '....');
      for (const [width, height] of [
        [1, 1],
        [7, 5],
        [2, 9],
      ] as const) {
        const scaled = resample(plain, width, height, method);
        expect(
          new Set(Array.from({ length: width * height }, (_, i) => scaled.data[i * 4 + 2])),
        ).toEqual(new Set([140]));
      }
    },
  );

  it('averages whole cells with area', () => {
    const { data } = resample(picture('aabb', 'aabb'), 1, 1, 'area');
    expect([...data]).toEqual([115, 115, 30, 255]);
  });
});
