import { describe, expect, it } from 'vitest';
import { fixPixels } from '../../../../src/pixels/fix/fix-pixels.ts';
import { equalImages } from '../../../../src/pixels/image.ts';
import { SUBJECTS } from '../../../../src/worker/builtin/art/subjects.ts';
import { large, picture, sprite } from './paint.ts';

const BODY = [100, 50, 40, 255] as const;
const STRAY = [146, 82, 74, 255] as const;

/** Cells of 20.5 pixels with a faint grain, and one of them partly of another colour. */
function withSpeck(share: number) {
  return picture(410, 410, (x, y) => {
    const [column, row] = [Math.floor(x / 20.5), Math.floor(y / 20.5)];
    const grain = ((x * 7 + y * 13) % 5) - 2;
    const tone = (color: readonly [number, number, number, number]) =>
      color.map((channel, i) => (i < 3 ? channel + grain : channel)) as [
        number,
        number,
        number,
        number,
      ];
    const inside = column > 2 && row > 2 && column < 17 && row < 17;
    if (!inside)
      return tone((column + row) % 2 === 0 ? [230, 225, 210, 255] : [205, 200, 190, 255]);
    const speck = column === 9 && row === 9 && (x / 20.5) % 1 < share;
    return tone(speck ? STRAY : BODY);
  });
}

const SETTINGS = {
  size: [20, 20],
  palette: { kind: 'keep' },
  background: { remove: false },
} as const;

describe('tidying up', () => {
  it('changes nothing of sprites that were enlarged exactly', () => {
    for (const { name } of SUBJECTS.slice(0, 40)) {
      const render = large(sprite(name, 32), {}, 256);
      const wanted = { size: [32, 32], palette: { kind: 'keep' } } as const;
      const tidied = fixPixels(render, wanted);
      const plain = fixPixels(render, { ...wanted, cleanup: { orphans: false, jaggies: false } });
      expect(tidied.report.cleanup, name).toEqual({ orphans: 0, jaggies: 0 });
      expect(equalImages(tidied.image, plain.image), name).toBe(true);
    }
  });

  it('takes a stray cell away that is not of one colour', () => {
    const { image, report } = fixPixels(withSpeck(0.6), SETTINGS);
    expect(report.grid.confidence).toBeGreaterThan(0.5);
    expect(report.cleanup.orphans).toBe(1);
    expect(image.data[(9 * 20 + 9) * 4]).toBeLessThan(110);
  });

  it('keeps the same cell where all of it has the colour, as somebody drew it', () => {
    const { image, report } = fixPixels(withSpeck(1), SETTINGS);
    expect(report.cleanup.orphans).toBe(0);
    expect(image.data[(9 * 20 + 9) * 4]).toBeGreaterThan(135);
  });
});

describe('a picture without a background', () => {
  it('is not called blank for being dark', () => {
    const tones = [14, 24, 34, 44] as const;
    const tile = picture(256, 256, (x, y) => {
      const tone = tones[((x >> 4) * 7 + (y >> 4) * 5 + ((x >> 5) & (y >> 4))) & 3]!;
      return [tone, tone, tone + 6, 255];
    });
    const { report } = fixPixels(tile, { size: [16, 16] });
    expect(report.warnings.join()).not.toContain('blank');
  });

  it('is called blank when nothing can be seen in it', () => {
    const { report } = fixPixels(
      picture(256, 256, (x, y) => [20 + ((x + y) & 1), 20, 24, 255]),
      { size: [16, 16] },
    );
    expect(report.warnings.join()).toContain('blank');
  });
});
