import { describe, expect, test } from 'vitest';
import { fixPixels } from '../../../src/pixels/fix/fix-pixels.ts';
import type { FixSettingsInput } from '../../../src/pixels/fix/settings.ts';
import { createImage, type RgbaImage } from '../../../src/pixels/image.ts';
import { compareCell } from '../../../src/webview/fix/cell-line.ts';
import { coloursOf } from '../../../src/webview/fix/colours.ts';
import { overlayOf, sourceArea } from '../../../src/webview/fix/overlay.ts';
import type { Fixed } from '../../../src/webview/fix/worker-messages.ts';
import { potion } from '../../helpers/potion.ts';

/** A sprite drawn large on white. */
function enlarged(sprite: RgbaImage, pitch: number, margin: number): RgbaImage {
  const width = sprite.width * pitch + 2 * margin;
  const height = sprite.height * pitch + 2 * margin;
  const image = createImage(width, height);
  image.data.fill(255);
  for (let y = 0; y < sprite.height * pitch; y++) {
    for (let x = 0; x < sprite.width * pitch; x++) {
      const from = (Math.floor(y / pitch) * sprite.width + Math.floor(x / pitch)) * 4;
      if (sprite.data[from + 3] === 0) continue;
      const to = ((y + margin) * width + x + margin) * 4;
      image.data.set(sprite.data.subarray(from, from + 4), to);
    }
  }
  return image;
}

function fixedOf(image: RgbaImage, settings: FixSettingsInput): Fixed {
  const { image: sprite, report, source } = fixPixels(image, settings);
  return {
    width: sprite.width,
    height: sprite.height,
    pixels: new Uint8Array(sprite.data),
    report,
    columns: Float64Array.from(source.grid.columns),
    rows: Float64Array.from(source.grid.rows),
  };
}

const plain: FixSettingsInput = {
  palette: { kind: 'keep' },
  cleanup: { orphans: false, jaggies: false },
};

/** Cells of the result that do not have the colour of the original at the place they are said to come from. */
function misplaced(image: RgbaImage, fixed: Fixed): number {
  const original = { ...image, pixels: new Uint8Array(image.data) };
  let wrong = 0;
  for (let y = 0; y < fixed.height; y++) {
    for (let x = 0; x < fixed.width; x++) {
      const { original: from, result } = compareCell(original, fixed, { x, y });
      if (result[3] !== 0 && from?.join() !== result.join()) wrong++;
    }
  }
  return wrong;
}

describe('where a result lies over its original', () => {
  const picture = enlarged(potion(), 12, 36);

  test.each<[string, FixSettingsInput]>([
    ['trimmed', plain],
    ['whole', { ...plain, canvas: { trim: false } }],
    ['padded', { ...plain, canvas: { pad: 3 } }],
    ['on a canvas', { ...plain, size: [32, 40] }],
    [
      'at its bottom left',
      { ...plain, size: [32, 40], canvas: { horizontal: 'left', vertical: 'bottom' } },
    ],
    ['kept though larger than asked for', { ...plain, size: [8, 8], fit: 'keep' }],
  ])('is known when it is %s', (_, settings) => {
    const fixed = fixedOf(picture, settings);
    expect(coloursOf(fixed.pixels).length).toBeGreaterThan(4);
    expect(misplaced(picture, fixed)).toBe(0);
  });

  test('is known when several cells became one', () => {
    const doubled = enlarged(potion(), 2, 8);
    const fixed = fixedOf(doubled, { ...plain, grid: 'off', size: [16, 20] });
    expect(fixed.report.fit).toMatchObject({ action: 'reduced', window: { step: 2 } });
    expect(misplaced(doubled, fixed)).toBe(0);
  });

  test('goes on beyond the outermost lines', () => {
    const lines = { columns: [4, 14, 24], rows: [0, 10, 20] };
    const window = { x: -1, y: 0, step: 1 };
    expect(sourceArea(lines, window, { x: 0, y: 0 })).toEqual({
      x: -6,
      y: 0,
      width: 10,
      height: 10,
    });
    expect(overlayOf(lines, window, 4, 2)).toEqual({
      start: { x: -6, y: 0 },
      step: { x: 10, y: 10 },
    });
  });

  test('follows lines that drift', () => {
    const lines = { columns: [0, 10, 21, 30], rows: [0, 10, 20, 30] };
    const area = sourceArea(lines, { x: 0, y: 0, step: 1 }, { x: 1, y: 1 });
    expect(area).toEqual({ x: 10, y: 10, width: 11, height: 10 });
  });
});

describe('the colours of a result', () => {
  test('are counted without what is transparent, the most frequent first', () => {
    const pixels = Uint8Array.from([1, 2, 3, 255, 9, 9, 9, 255, 9, 9, 9, 255, 7, 7, 7, 0]);
    expect(coloursOf(pixels)).toEqual([
      { hex: '#090909', cells: 2 },
      { hex: '#010203', cells: 1 },
    ]);
  });
});
