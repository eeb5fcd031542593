import { describe, expect, test } from 'vitest';
import { fixWords } from '../../../src/extension/panels/fix/words.ts';
import { fixPixels } from '../../../src/pixels/fix/fix-pixels.ts';
import { createImage } from '../../../src/pixels/image.ts';
import { isUnsure, reportRows } from '../../../src/webview/fix/report-rows.ts';
import { potion } from '../../helpers/potion.ts';

const words = fixWords();

function noise(side: number) {
  const image = createImage(side, side);
  let seed = 1;
  for (let at = 0; at < image.data.length; at++) {
    seed = (seed * 48_271) % 2_147_483_647;
    image.data[at] = at % 4 === 3 ? 255 : seed % 256;
  }
  return image;
}

describe('the report in words', () => {
  test('tells size, cells, certainty and palette of a true sprite', () => {
    const { report } = fixPixels(potion());
    const rows = Object.fromEntries(
      reportRows(report, words).map(({ label, value }) => [label, value]),
    );
    expect(rows['Sprite']).toBe('14 × 19');
    expect(rows['Cells']).toMatch(/16 × 20 cells of exactly 1 pixels/);
    expect(rows['Certainty']).toMatch(/ %, sure$/);
    expect(rows['Palette']).toBe('7 → 7 colours');
    expect(isUnsure(report)).toBe(false);
  });

  test('says that cells of noise are not to be trusted', () => {
    const { report } = fixPixels(noise(128), { size: [32, 32] });
    expect(isUnsure(report)).toBe(true);
    const values = reportRows(report, words).map(({ value }) => value);
    expect(values.some(value => value.endsWith('not sure'))).toBe(true);
    expect(report.warnings.length).toBeGreaterThan(0);
  });

  test('says how much smaller a sprite became', () => {
    const { report } = fixPixels(potion(), { size: [8, 10], cleanup: { orphans: false } });
    const values = reportRows(report, words).map(({ value }) => value);
    expect(values).toContain(report.fit.words);
    expect(report.fit.words).toMatch(/^reduced \d+→\d+$/);
  });

  test('has nothing to be sure of when each pixel is a cell', () => {
    const { report } = fixPixels(potion(), { grid: 'off' });
    const labels = reportRows(report, words).map(({ label }) => label);
    expect(labels).not.toContain('Certainty');
  });
});
