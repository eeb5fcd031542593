import { expect, it } from 'vitest';
import { fixPixels } from '../../../../src/pixels/fix/fix-pixels.ts';
import type { FixSettingsInput } from '../../../../src/pixels/fix/settings.ts';
import { equalImages, type RgbaImage } from '../../../../src/pixels/image.ts';
import { picture } from './paint.ts';

const PLAIN: FixSettingsInput = {
  fit: 'keep',
  palette: { kind: 'keep' },
  background: { remove: false },
  cleanup: { orphans: false, jaggies: false },
};

const DARK = [40, 40, 60, 255] as const;
const LIGHT = [220, 220, 230, 255] as const;

/** Cells of two colours on 1024x1024 pixels, which are blended as far as a cell covers them. */
function enlarged(pitch: number, start: number, lit: (x: number, y: number) => boolean): RgbaImage {
  const light = (x: number, y: number): number =>
    lit(Math.floor((x - start) / pitch), Math.floor((y - start) / pitch)) ? 1 : 0;
  return picture(1024, 1024, (x, y) => {
    let share = 0;
    for (const dx of [0.125, 0.375, 0.625, 0.875]) {
      for (const dy of [0.125, 0.375, 0.625, 0.875]) share += light(x + dx, y + dy) / 16;
    }
    const mixed = (c: 0 | 1 | 2): number => Math.round(DARK[c] + share * (LIGHT[c] - DARK[c]));
    return [mixed(0), mixed(1), mixed(2), 255];
  });
}

function ring(x: number, y: number): boolean {
  const away = (x - 7.5) ** 2 + (y - 7.5) ** 2;
  return away < 36 && away > 12;
}

it('finds large cells of few colours, not a part of them that explains the lines as well', () => {
  for (const [pitch, start] of [
    [59.66, 20.3],
    [61.7, 7.7],
  ] as const) {
    const { grid } = fixPixels(enlarged(pitch, start, ring), PLAIN).report;
    expect(grid.pitch[0] / pitch, `${pitch}`).toBeCloseTo(1, 2);
    expect(grid.pitch[1] / pitch, `${pitch}`).toBeCloseTo(1, 2);
  }
});

it('takes lines that all happen to lie at even places for no cells of two pixels', () => {
  const pitch = 29.75;
  const bricks = picture(952, 952, (px, py) => {
    const [x, y] = [Math.floor((px + 0.5) / pitch), Math.floor((py + 0.5) / pitch)];
    const shift = Math.floor(y / 8) % 2 === 0 ? 0 : 8;
    return y % 8 === 7 || (x + shift) % 16 === 15
      ? DARK
      : y % 8 === 0
        ? LIGHT
        : [120, 110, 100, 255];
  });
  const { grid } = fixPixels(bricks, PLAIN).report;
  expect(grid.cells).toEqual([32, 32]);
  expect(grid.pitch[0] / pitch).toBeCloseTo(1, 2);
});

it('clears a black background of a few steps of noise, which OKLab takes for shades', () => {
  const noisy = picture(48, 48, (x, y) => {
    const away = Math.max(Math.abs(x - 24), Math.abs(y - 24));
    const noise = (x * 7 + y * 13 + x * y) % 11;
    const step = noise < 7 ? 0 : noise - 7;
    return away < 12 ? [0, 230, 200, 255] : [step, step, step, 255];
  });
  const { image, report } = fixPixels(noisy, {
    ...{ ...PLAIN, grid: 'off', background: { remove: true }, canvas: { trim: false } },
  });
  expect(report.background.action).toBe('removed');
  expect([...image.data].filter((byte, i) => i % 4 === 3 && byte > 0)).toHaveLength(23 * 23);
});

it('keeps shades that are nearly the same where the picture has them to the last bit', () => {
  const shades = picture(160, 160, (px, py) => {
    const [x, y] = [px >> 4, py >> 4];
    return x < 2 || y < 2 || x > 7 || y > 7
      ? [255, 255, 255, 255]
      : (x + y) % 3 === 0
        ? [200, 80, 60, 255]
        : [204, 82, 62, 255];
  });
  const auto = fixPixels(shades, { ...PLAIN, palette: { kind: 'auto' } });
  expect(auto.report.palette).toMatchObject({ before: 3, after: 3, mostChange: 0 });
  expect(equalImages(auto.image, fixPixels(shades, PLAIN).image)).toBe(true);
});

it('says when the padding wanted has no room beside the sprite', () => {
  const box = picture(16, 16, (x, y) =>
    x > 2 && y > 2 && x < 13 && y < 13 ? [200, 60, 40, 255] : [0, 0, 0, 0],
  );
  const warnings = (pad: number): string[] =>
    fixPixels(box, { ...PLAIN, size: [16, 16], canvas: { trim: false, pad } }).report.warnings;
  expect(warnings(3)).toEqual([]);
  expect(warnings(4)).toEqual([
    'The 4 empty pixels wanted around the sprite do not fit 16x16: choose a larger size or less padding.',
  ]);
});

/** A wall of bricks of eight cells' height with joints of one cell: it repeats as large cells would. */
function bricks(side: number): RgbaImage {
  return picture(side, side, (x, y) => {
    const shift = Math.floor(y / 8) % 2 === 0 ? 0 : 8;
    if (y % 8 === 7 || (x + shift) % 16 === 15) return DARK;
    return y % 8 === 0 ? LIGHT : [120, 110, 100, 255];
  });
}

it('leaves sprites at their own size alone, however regular they are', () => {
  for (const side of [16, 32, 64]) {
    const { image, report } = fixPixels(bricks(side), PLAIN);
    expect(report.grid.pitch, `${side}`).toEqual([1, 1]);
    expect(equalImages(image, bricks(side))).toBe(true);
  }
});

it('leaves a plain sprite at its own size alone, with the size and without it', () => {
  for (const [side, from, to] of [
    [16, 3, 12],
    [32, 4, 27],
  ] as const) {
    const box = picture(side, side, (x, y) =>
      Math.min(x, y) < from || Math.max(x, y) > to ? [0, 0, 0, 0] : [200, 60, 40, 255],
    );
    for (const size of [null, [side, side]] as const) {
      const { image, report } = fixPixels(box, { ...PLAIN, size, canvas: { trim: false } });
      expect(report.grid.pitch, `${side}`).toEqual([1, 1]);
      expect(report.warnings).toEqual([]);
      expect(equalImages(image, box)).toBe(true);
    }
  }
});

it('takes an outline of one cell beside nothing for no smooth edge', () => {
  const coin = picture(32, 32, (x, y) => {
    const away = Math.sqrt((x - 15.5) ** 2 + (y - 15.5) ** 2);
    if (away >= 13.44 || away < 7.04) return [0, 0, 0, 0];
    if (away >= 12.44 || away < 8.04) return [26, 28, 44, 255];
    if (x + y < 19.2) return [255, 240, 200, 255];
    return x + y < 25.6 ? [255, 205, 117, 255] : [239, 125, 87, 255];
  });
  expect(fixPixels(coin, PLAIN).report.grid.pitch).toEqual([1, 1]);
});
