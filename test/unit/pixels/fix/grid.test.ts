import { describe, expect, it } from 'vitest';
import { fixPixels } from '../../../../src/pixels/fix/fix-pixels.ts';
import type { FixSettingsInput } from '../../../../src/pixels/fix/settings.ts';
import { equalImages, type RgbaImage } from '../../../../src/pixels/image.ts';
import { large, picture, sprite } from './paint.ts';

const PLAIN: FixSettingsInput = {
  fit: 'keep',
  palette: { kind: 'keep' },
  background: { remove: false },
  cleanup: { orphans: false, jaggies: false },
};

/** A sprite's cells drawn `across` x `down` pixels each. */
function stretched({ width, height, data }: RgbaImage, across: number, down: number): RgbaImage {
  return picture(Math.floor(width * across), Math.floor(height * down), (x, y) => {
    const at = (Math.floor((y + 0.5) / down) * width + Math.floor((x + 0.5) / across)) * 4;
    return [...data.subarray(at, at + 4)] as [number, number, number, number];
  });
}

function gridOf(image: RgbaImage, size: [number, number] | null = [32, 32]) {
  return fixPixels(image, { ...PLAIN, size }).report.grid;
}

/** A number in [0, 1) for a place, the same each time. */
function chance(x: number, y: number): number {
  let state = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
}

describe('the grid of a stretched picture', () => {
  it('has a pitch of its own for each axis, to the last cell', () => {
    for (const [across, down] of [
      [14, 22],
      [25, 20],
    ] as const) {
      const truth = sprite('red dragon', 32);
      const { image, report } = fixPixels(stretched(truth, across, down), {
        ...PLAIN,
        size: [32, 32],
      });
      expect(report.grid.method).toBe('exact');
      expect(report.grid.pitch).toEqual([across, down]);
      expect(equalImages(image, truth)).toBe(true);
    }
  });

  it('is found where cells are no whole number of pixels', () => {
    const truth = sprite('health potion', 32);
    const { image, report } = fixPixels(stretched(truth, 28.6, 21.3), {
      ...PLAIN,
      size: [32, 32],
    });
    expect(report.grid.pitch[0] / 28.6).toBeCloseTo(1, 2);
    expect(report.grid.pitch[1] / 21.3).toBeCloseTo(1, 2);
    expect(report.grid.confidence).toBeGreaterThan(0.5);
    expect(equalImages(image, truth)).toBe(true);
  });

  it('stays square where the lines of one axis happen to lie on every other line', () => {
    const bars = picture(640, 640, (x, y) => {
      const column = Math.floor(x / 40);
      const row = Math.floor(y / 20);
      return [40 + 200 * chance(column, 0), 40 + 200 * chance(0, row), 90, 255];
    });
    expect(gridOf(bars).pitch).toEqual([20, 20]);
  });
});

describe('the confidence of a grid', () => {
  it('is low where so few lines are seen that many pitches would do', () => {
    const box = picture(700, 700, (x, y) =>
      x > 150 && x < 480 && y > 200 && y < 530 ? [180, 60, 40, 255] : [240, 240, 240, 255],
    );
    expect(gridOf(box).confidence).toBeLessThan(0.5);
  });

  it('is low where edges run any way, however evenly they are spaced', () => {
    const discs = picture(768, 768, (x, y) => {
      const dx = (x % 48) - 24;
      const dy = (y % 48) - 24;
      return dx * dx + dy * dy < 300 ? [30, 90, 160, 255] : [220, 210, 190, 255];
    });
    expect(gridOf(discs, [16, 16]).confidence).toBeLessThan(0.5);
  });

  it('is low for stripes, which have no cells', () => {
    const stripes = picture(512, 512, x => {
      const shade = 40 + 200 * chance(Math.floor(x / 25.6), 3);
      return [shade, shade, 120, 255];
    });
    expect(gridOf(stripes).confidence).toBeLessThan(0.5);
  });

  it('is low for a picture that was enlarged smoothly', () => {
    const at = (x: number, y: number): number => 255 * chance(x, y);
    const smooth = picture(512, 512, (x, y) => {
      const [column, row] = [Math.floor(x / 4), Math.floor(y / 4)];
      const [fx, fy] = [(x % 4) / 4, (y % 4) / 4];
      const top = at(column, row) * (1 - fx) + at(column + 1, row) * fx;
      const low = at(column, row + 1) * (1 - fx) + at(column + 1, row + 1) * fx;
      const shade = top * (1 - fy) + low * fy;
      return [shade, shade, shade, 255];
    });
    expect(gridOf(smooth).confidence).toBeLessThan(0.5);
  });

  it('is high for a sprite under blur, noise and JPEG', () => {
    const faults = { pitch: 22.7, blur: 1.3, noise: 6, jpeg: 75 };
    expect(gridOf(large(sprite('wizard', 32), faults)).confidence).toBeGreaterThan(0.8);
  });
});
