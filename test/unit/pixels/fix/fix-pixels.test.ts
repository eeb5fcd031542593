import { describe, expect, it } from 'vitest';
import { equalImages } from '../../../../src/pixels/image.ts';
import { FixError } from '../../../../src/pixels/fix/error.ts';
import { fixFrames, fixPixels, refixPixels } from '../../../../src/pixels/fix/fix-pixels.ts';
import type { FixSettingsInput } from '../../../../src/pixels/fix/settings.ts';
import { large, leastDifference, picture, sprite } from './paint.ts';

const PLAIN: FixSettingsInput = {
  fit: 'keep',
  palette: { kind: 'keep' },
  background: { remove: false },
  cleanup: { orphans: false, jaggies: false },
};

describe('fixPixels', () => {
  it('gives back exactly what was enlarged by repeating pixels', () => {
    for (const size of [16, 32, 64]) {
      const truth = sprite('red dragon', size);
      const { image, report } = fixPixels(large(truth, {}), { ...PLAIN, size: [size, size] });
      expect(report.grid.method).toBe('exact');
      expect(report.grid.pitch).toEqual([1024 / size, 1024 / size]);
      expect(equalImages(image, truth), `${size}`).toBe(true);
    }
  });

  it('leaves a picture alone whose pixels are its cells', () => {
    for (const size of [16, 32, 64]) {
      const truth = sprite('wizard with staff', size);
      const { image, report } = fixPixels(truth, PLAIN);
      expect(report.grid.pitch).toEqual([1, 1]);
      expect(equalImages(image, truth)).toBe(true);
    }
  });

  it('finds cells that are no whole number of pixels, off the corner, blurred, noisy and through JPEG', () => {
    for (const [pitch, size] of [
      [23.37, 32],
      [31.3, 16],
      [11.41, 64],
    ] as const) {
      const truth = sprite('health potion', size);
      const faults = { pitch, phase: [7.3, -4.6] as [number, number], blur: 1, noise: 4, jpeg: 80 };
      const { image, report } = fixPixels(large(truth, faults), { ...PLAIN, size: [size, size] });
      expect(Math.abs(report.grid.pitch[0] / pitch - 1)).toBeLessThan(0.012);
      expect(report.grid.confidence).toBeGreaterThan(0.5);
      expect(leastDifference(image, truth)).toBeLessThanOrEqual(16);
    }
  });

  it('reduces a picture of too many cells and says so', () => {
    const small = sprite('golden ring', 32);
    const doubled = picture(128, 128, (x, y) => {
      const at = ((y >> 2) * 32 + (x >> 2)) * 4;
      return [...small.data.subarray(at, at + 4)] as [number, number, number, number];
    });
    const settings = { ...PLAIN, grid: 'off', fit: 'reduce', size: [32, 32] } as const;
    const { image, report } = fixPixels(doubled, { ...settings, canvas: { trim: false } });
    expect(report.fit.words).toBe('reduced 128→32');
    expect(equalImages(image, small)).toBe(true);
  });

  it('keeps too many cells or refuses them when asked to', () => {
    const cells = sprite('red dragon', 64, 'transparent');
    const kept = fixPixels(cells, { ...PLAIN, size: [16, 16] });
    expect(kept.report.fit.action).toBe('over');
    expect(kept.report.warnings.join()).toContain('not the 16x16 wanted');
    expect(() => fixPixels(cells, { ...PLAIN, fit: 'fail', size: [16, 16] })).toThrow(FixError);
  });

  it('centres a sprite of fewer cells and never stretches it', () => {
    const dot = picture(9, 9, (x, y) =>
      x > 1 && x < 5 && y > 3 ? [200, 40, 40, 255] : [0, 0, 0, 0],
    );
    const { image, report } = fixPixels(dot, { ...PLAIN, size: [32, 32] });
    expect(report.fit.action).toBe('centred');
    const opaque = [...image.data].filter((byte, i) => i % 4 === 3 && byte === 255);
    expect(opaque).toHaveLength(15);
    expect(image.data[(14 * 32 + 15) * 4 + 3]).toBe(255);
  });

  it('clears the background with hard alpha, and enclosed holes only when asked', () => {
    const ring = picture(16, 16, (x, y) => {
      const away = Math.max(Math.abs(x - 8), Math.abs(y - 8));
      return away === 4 || away === 3 ? [30, 60, 200, 255] : [250, 250, 250, 255];
    });
    const plain = { ...PLAIN, canvas: { trim: false } } as const;
    const outer = fixPixels(ring, { ...plain, background: { remove: true } });
    expect(outer.report.background).toMatchObject({
      action: 'removed',
      color: '#fafafa',
      holes: 0,
    });
    expect(outer.image.data[(8 * 16 + 8) * 4 + 3]).toBe(255);
    const both = fixPixels(ring, { ...plain, background: { remove: true, holes: true } });
    expect(both.image.data[(8 * 16 + 8) * 4 + 3]).toBe(0);
    expect(both.report.background.holes).toBe(25);
    expect([...both.image.data].every((byte, i) => i % 4 !== 3 || byte === 0 || byte === 255)).toBe(
      true,
    );
  });

  it('brings colours to a palette given, to a count, and dithers only when asked', () => {
    const truth = sprite('red dragon', 32, 'transparent');
    const pico = [
      [0, 0, 0],
      [255, 0, 77],
      [255, 241, 232],
      [41, 173, 255],
    ] as const;
    const fixed = fixPixels(truth, { ...PLAIN, palette: { kind: 'fixed', colors: pico } });
    const allowed = new Set(pico.map(color => color.join()));
    for (let at = 0; at < fixed.image.data.length; at += 4) {
      if (fixed.image.data[at + 3] === 0) continue;
      expect(allowed.has(fixed.image.data.subarray(at, at + 3).join())).toBe(true);
    }
    const counted = fixPixels(truth, { ...PLAIN, palette: { kind: 'count', colors: 5 } });
    expect(counted.report.palette.after).toBe(5);
    const ramp = picture(64, 8, x => [x * 4, x * 4, x * 4, 255]);
    const grey = {
      kind: 'fixed',
      colors: [
        [0, 0, 0],
        [96, 96, 96],
        [255, 255, 255],
      ],
    } as const;
    const flat = fixPixels(ramp, { ...PLAIN, grid: 'off', palette: grey });
    const dithered = fixPixels(ramp, {
      ...{ ...PLAIN, grid: 'off', palette: grey },
      dither: { pattern: 'bayer4', strength: 1 },
    });
    expect(equalImages(flat.image, dithered.image)).toBe(false);
  });

  it('cleans single stray cells and keeps highlights', () => {
    const body = picture(12, 12, (x, y) => {
      if (x === 4 && y === 4) return [108, 60, 52, 255];
      if (x === 8 && y === 8) return [255, 255, 255, 255];
      return x > 0 && y > 0 && x < 11 && y < 11 ? [100, 50, 40, 255] : [0, 0, 0, 0];
    });
    const { image, report } = fixPixels(body, {
      ...PLAIN,
      grid: 'off',
      cleanup: { orphans: true, jaggies: false },
      canvas: { trim: false },
    });
    expect(report.cleanup.orphans).toBe(1);
    expect(image.data[(4 * 12 + 4) * 4]).toBe(100);
    expect(image.data[(8 * 12 + 8) * 4]).toBe(255);
  });

  it('adds an outline within the canvas and takes it away again', () => {
    const block = picture(8, 8, (x, y) =>
      x > 1 && x < 6 && y > 1 && y < 6 ? [220, 180, 90, 255] : [0, 0, 0, 0],
    );
    const settings = { ...PLAIN, grid: 'off', size: [8, 8] } as const;
    const drawn = fixPixels(block, { ...settings, outline: { mode: 'add', color: [10, 10, 10] } });
    expect(drawn.report.outline).toBe(16);
    const bare = fixPixels(drawn.image, { ...settings, outline: { mode: 'remove' } });
    expect(bare.report.outline).toBe(16);
    expect(equalImages(bare.image, block)).toBe(true);
  });

  it('fixes again from the cells it found, to the same bytes', () => {
    const render = large(sprite('health potion', 32), { pitch: 21.7, blur: 1, noise: 3 });
    const { image, source } = fixPixels(render, { size: [32, 32] });
    const [again] = refixPixels(source, { size: [32, 32] });
    expect(equalImages(image, again!.image)).toBe(true);
    const { columns, rows } = source.grid;
    const given = fixPixels(render, { size: [32, 32], grid: { columns, rows } });
    expect(equalImages(image, given.image)).toBe(true);
  });

  it('finds one grid for all frames', () => {
    const frames = ['red dragon', 'blue dragon'].map(prompt =>
      large(sprite(prompt, 32), { pitch: 22.6, blur: 1, noise: 3 }),
    );
    const { frames: fixed, source } = fixFrames(frames, { size: [32, 32] });
    expect(Math.abs(source.grid.report.pitch[0] / 22.6 - 1)).toBeLessThan(0.01);
    expect(fixed.map(({ image }) => [image.width, image.height])).toEqual([
      [32, 32],
      [32, 32],
    ]);
    expect(() => fixFrames([], {})).toThrow(FixError);
  });

  it('says that a picture without cells has none', () => {
    let state = 9;
    const noise = picture(256, 256, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return [state >>> 24, (state >>> 16) & 255, (state >>> 8) & 255, 255];
    });
    const { image, report } = fixPixels(noise, { size: [32, 32] });
    expect(report.grid.confidence).toBeLessThan(0.5);
    expect(report.warnings.length).toBeGreaterThan(0);
    expect([image.width, image.height]).toEqual([32, 32]);
  });

  it.each([
    ['a single pixel', picture(1, 1, () => [9, 8, 7, 255])],
    ['nothing', picture(64, 64, () => [0, 0, 0, 0])],
    ['one colour', picture(300, 200, () => [40, 90, 20, 255])],
    ['a line', picture(700, 1, x => [x & 255, 0, 0, 255])],
  ])('makes the size wanted of %s', (_, image) => {
    const fixed = fixPixels(image, { size: [16, 16] });
    expect([fixed.image.width, fixed.image.height]).toEqual([16, 16]);
  });

  it('refuses settings that make no sense', () => {
    const image = picture(4, 4, () => [0, 0, 0, 255]);
    expect(() => fixPixels(image, { size: [0, 4] })).toThrow(RangeError);
    expect(() => fixPixels(image, { palette: { kind: 'count', colors: 0 } })).toThrow(RangeError);
    expect(() => fixPixels(image, { palette: { kind: 'fixed', colors: [] } })).toThrow(RangeError);
    expect(() => fixPixels(image, { grid: { columns: [0, 9], rows: [0, 4] } })).toThrow(FixError);
  });
});
