import { describe, expect, test } from 'vitest';
import { drawSprite } from '../../../src/worker/builtin/art/art.ts';
import type { ArtImage } from '../../../src/worker/builtin/art/art.ts';
import { renderLarge } from '../../../src/worker/builtin/art/render.ts';
import { colours, digest, request } from './helpers.ts';

const sprite = drawSprite(request({ prompt: 'knight', background: 'flat' }));

function pixel(image: ArtImage, x: number, y: number): number[] {
  return [...image.data.slice((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
}

/** Root mean square difference of the colour channels. */
function rmse(a: ArtImage, b: ArtImage): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) {
    if (i % 4 !== 3) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  }
  return Math.sqrt(sum / ((a.data.length * 3) / 4));
}

describe('a render without imperfections', () => {
  test('shows every cell as a block of its colour', () => {
    const large = renderLarge(sprite, { width: 512, height: 512, seed: 1 });
    for (const [x, y] of [
      [0, 0],
      [15, 15],
      [16, 9],
      [31, 31],
      [3, 20],
    ] as const) {
      for (const [dx, dy] of [
        [0, 0],
        [15, 15],
        [8, 3],
      ] as const) {
        expect(pixel(large, x * 16 + dx, y * 16 + dy)).toEqual(pixel(sprite, x, y));
      }
    }
    expect(colours(large)).toEqual(colours(sprite));
  });

  test('keeps clear cells clear', () => {
    const clear = drawSprite(request({ prompt: 'knight' }));
    const large = renderLarge(clear, { width: 256, height: 256, seed: 1 });
    expect(pixel(large, 0, 0)).toEqual([0, 0, 0, 0]);
  });

  test('fits sprites that are not square and sizes that do not divide', () => {
    const wide = drawSprite(request({ prompt: 'fish', width: 24, height: 16, background: 'flat' }));
    const large = renderLarge(wide, { width: 500, height: 333, seed: 1 });
    expect([large.width, large.height, large.data.length]).toEqual([500, 333, 500 * 333 * 4]);
    expect(colours(large)).toEqual(colours(wide));
  });
});

describe('pitch and phase', () => {
  test('centre the sprite on its background and move it by the phase', () => {
    const pitch = 10;
    const large = renderLarge(sprite, {
      width: 400,
      height: 400,
      seed: 1,
      imperfections: { pitch },
    });
    const start = (400 - 320) / 2;
    expect(pixel(large, 3, 3)).toEqual(pixel(sprite, 0, 0));
    for (const [x, y] of [
      [15, 15],
      [12, 20],
      [20, 8],
    ] as const) {
      expect(pixel(large, start + x * pitch + 5, start + y * pitch + 5)).toEqual(
        pixel(sprite, x, y),
      );
    }
    const moved = renderLarge(sprite, {
      width: 400,
      height: 400,
      seed: 1,
      imperfections: { pitch, phase: [3, -4] },
    });
    expect(pixel(moved, start + 15 * pitch + 8, start + 15 * pitch + 1)).toEqual(
      pixel(sprite, 15, 15),
    );
  });

  test('a fractional pitch keeps the mean cell size', () => {
    const large = renderLarge(sprite, {
      width: 400,
      height: 400,
      seed: 1,
      imperfections: { pitch: 7.3 },
    });
    const start = (400 - 7.3 * 32) / 2;
    for (const cell of [2, 9, 16, 23, 29]) {
      const at = Math.floor(start + (cell + 0.5) * 7.3);
      expect(pixel(large, at, at)).toEqual(pixel(sprite, cell, cell));
    }
  });
});

describe('blur, noise and JPEG', () => {
  // A pitch that is no divisor of 8: JPEG blocks then see edges.
  const pitch = 7.3;
  const clean = renderLarge(sprite, { width: 256, height: 256, seed: 1, imperfections: { pitch } });
  const spoiled = (imperfections: object, seed = 1): ArtImage =>
    renderLarge(sprite, {
      width: 256,
      height: 256,
      seed,
      imperfections: { pitch, ...imperfections },
    });

  test('change more the stronger they are', () => {
    for (const [weak, strong] of [
      [{ blur: 0.6 }, { blur: 2 }],
      [{ noise: 2 }, { noise: 12 }],
      [{ jpeg: 95 }, { jpeg: 30 }],
    ] as const) {
      const little = rmse(clean, spoiled(weak));
      const much = rmse(clean, spoiled(strong));
      expect(little).toBeGreaterThan(0.2);
      expect(much).toBeGreaterThan(little);
    }
  });

  test('noise has the asked standard deviation and follows the seed', () => {
    const grey: ArtImage = { width: 1, height: 1, data: Uint8ClampedArray.of(128, 128, 128, 255) };
    const plain = renderLarge(grey, { width: 256, height: 256, seed: 1 });
    const noisy = renderLarge(grey, {
      width: 256,
      height: 256,
      seed: 1,
      imperfections: { noise: 8 },
    });
    expect(rmse(plain, noisy)).toBeGreaterThan(7.6);
    expect(rmse(plain, noisy)).toBeLessThan(8.4);
    const other = renderLarge(grey, {
      width: 256,
      height: 256,
      seed: 2,
      imperfections: { noise: 8 },
    });
    expect(digest(other)).not.toBe(digest(noisy));
  });

  test('a flat image survives blur and JPEG of any quality nearly unchanged', () => {
    const flat: ArtImage = { width: 1, height: 1, data: Uint8ClampedArray.of(90, 140, 60, 255) };
    const plain = renderLarge(flat, { width: 100, height: 60, seed: 1 });
    expect(
      rmse(
        plain,
        renderLarge(flat, { width: 100, height: 60, seed: 1, imperfections: { blur: 3 } }),
      ),
    ).toBe(0);
    for (const jpeg of [1, 50, 90, 100]) {
      const image = renderLarge(flat, { width: 100, height: 60, seed: 1, imperfections: { jpeg } });
      expect(rmse(plain, image)).toBeLessThan(jpeg < 10 ? 25 : 3);
    }
  });

  test('JPEG at quality 100 is close to lossless and keeps alpha', () => {
    expect(rmse(clean, spoiled({ jpeg: 100 }))).toBeLessThan(1.2);
    const clear = drawSprite(request({ prompt: 'knight' }));
    const large = renderLarge(clear, {
      width: 131,
      height: 77,
      seed: 1,
      imperfections: { jpeg: 40 },
    });
    expect(new Set(large.data.filter((_, i) => i % 4 === 3))).toEqual(new Set([0, 255]));
  });

  test('blur of a clear image does not darken its edge', () => {
    const two: ArtImage = {
      width: 2,
      height: 1,
      data: Uint8ClampedArray.of(250, 250, 250, 255, 0, 0, 0, 0),
    };
    const image = renderLarge(two, { width: 40, height: 20, seed: 1, imperfections: { blur: 2 } });
    const [red, , , alpha] = pixel(image, 20, 10);
    expect(red).toBe(250);
    expect(alpha).toBeGreaterThan(0);
    expect(alpha).toBeLessThan(255);
  });

  test('all together give the same bytes for the same seed', () => {
    const all = { pitch: 7.3, phase: [2, 1] as [number, number], blur: 0.8, noise: 5, jpeg: 70 };
    expect(digest(spoiled(all))).toBe(digest(spoiled(all)));
    expect(digest(spoiled(all))).toMatchInlineSnapshot(`"e37e6c93f32dd2e8"`);
  });
});
