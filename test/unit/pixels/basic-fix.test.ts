import { describe, expect, it } from 'vitest';
import { basicFix, isBlack } from '../../../src/pixels/basic-fix.ts';
import { createImage, equalImages, type RgbaImage } from '../../../src/pixels/image.ts';
import { addNoise, enlarge, lettersOf, paint, type Rgba } from './paint.ts';

const COLORS: Record<string, Rgba> = {
  '.': [0, 0, 0, 0],
  w: [240, 236, 230, 255],
  k: [20, 16, 30, 255],
  r: [200, 40, 50, 255],
  g: [60, 160, 70, 255],
  b: [50, 80, 190, 255],
};

const SHIELD = [
  ...['wwwwwwww', 'wkkkkkww', 'wkrrrkww', 'wkrwrkww'],
  ...['wkrrrkww', 'wwkrkwww', 'wwwkwwww', 'wwwwwwww'],
];

const SHIELD_CLEAR = [
  ...['........', '.kkkkk..', '.krrrk..', '.krwrk..'],
  ...['.krrrk..', '..krk...', '...k....', '........'],
];

function fixed(
  rows: readonly string[],
  background: 'alpha' | 'keep' = 'alpha',
): { cells: string[]; report: ReturnType<typeof basicFix>['report'] } {
  const image = paint(rows, COLORS);
  const { width, height } = image;
  const large = enlarge(image, 16, { width: width * 16, height: height * 16 });
  const { image: sprite, report } = basicFix(large, { width, height, background });
  return { cells: lettersOf(sprite, COLORS), report };
}

describe('basicFix', () => {
  it('recovers the cells and makes the border-connected background transparent, but no hole inside', () => {
    const { cells, report } = fixed(SHIELD);
    expect(cells).toEqual(SHIELD_CLEAR);
    expect(report).toEqual({
      stage: 'basic',
      version: 1,
      pitch: [16, 16],
      crop: { x: 0, y: 0, width: 128, height: 128 },
      background: { removed: true, color: '#f0ece6', share: 1 },
      colors: 3,
      warnings: [],
    });
  });

  it('keeps the background when asked to', () => {
    const { cells, report } = fixed(SHIELD, 'keep');
    expect(cells).toEqual(SHIELD);
    expect(report.background).toEqual({ removed: false, color: null, share: 0 });
    expect(report.warnings).toEqual([]);
  });

  it('does not leak through the corners of an outline that meets itself diagonally', () => {
    const diamond = ['wwwwwww', 'wwwkwww', 'wwkwkww', 'wkwwwkw', 'wwkwkww', 'wwwkwww', 'wwwwwww'];
    const clear = ['.......', '...k...', '..kwk..', '.kwwwk.', '..kwk..', '...k...', '.......'];
    expect(fixed(diamond).cells).toEqual(clear);
  });

  it('finds cells of a pitch that is not whole, through noise', () => {
    const image = paint(SHIELD, COLORS);
    for (const size of [37, 61, 100, 341]) {
      const large = enlarge(image, size / 8, { width: size, height: size });
      const { image: sprite, report } = basicFix(large, {
        width: 8,
        height: 8,
        background: 'alpha',
      });
      expect(lettersOf(sprite, COLORS)).toEqual(SHIELD_CLEAR);
      expect(report.pitch).toEqual([size / 8, size / 8]);
      const noisy = basicFix(addNoise(large, 20, size), {
        width: 8,
        height: 8,
        background: 'alpha',
      });
      expect(noisy.report.background.removed).toBe(true);
      for (let i = 0; i < sprite.data.length; i++) {
        expect(Math.abs(noisy.image.data[i]! - sprite.data[i]!)).toBeLessThanOrEqual(20);
        if (i % 4 === 3) expect(noisy.image.data[i]).toBe(sprite.data[i]);
      }
    }
  });

  it('takes the middle of a render of another aspect and says so', () => {
    const image = paint(SHIELD, COLORS);
    const wide = enlarge(image, 112, { width: 1152, height: 896, x: 128 });
    const { image: sprite, report } = basicFix(wide, { width: 8, height: 8, background: 'alpha' });
    expect(lettersOf(sprite, COLORS)).toEqual(SHIELD_CLEAR);
    expect(report.crop).toEqual({ x: 128, y: 0, width: 896, height: 896 });
    expect(report.warnings).toHaveLength(1);
    expect(report.warnings[0]).toContain('only its middle 896x896 pixels were used');
    const tall = enlarge(image, 75, { width: 600, height: 801, y: 100.5 });
    expect(basicFix(tall, { width: 8, height: 8, background: 'keep' }).report.crop.y).toBe(100.5);
  });

  it('respects transparency that is there, hard at 128, and looks for no background then', () => {
    const soft: Record<string, Rgba> = { t: [9, 9, 9, 127], o: [8, 8, 8, 128], w: COLORS['w']! };
    const large = enlarge(paint(['tttt', 'towt', 'twot', 'twww'], soft), 10, {
      width: 40,
      height: 40,
    });
    const { image, report } = basicFix(large, { width: 4, height: 4, background: 'alpha' });
    const hard: Record<string, Rgba> = { '.': [0, 0, 0, 0], o: [8, 8, 8, 255], w: COLORS['w']! };
    expect(lettersOf(image, hard)).toEqual(['....', '.ow.', '.wo.', '.www']);
    expect(report.background).toEqual({ removed: false, color: null, share: 0 });
    expect(report.colors).toBe(2);
    expect(report.warnings).toEqual([]);
    expect(basicFix(large, { width: 4, height: 4, background: 'keep' }).image).toEqual(image);
  });

  it('lets transparent pixels have no say in the colour of a cell', () => {
    const large = createImage(15, 15);
    for (let i = 0; i < 225; i++)
      large.data.set(i % 15 < 9 ? [250, 10, 10, 255] : [0, 0, 0, 0], i * 4);
    const { image } = basicFix(large, { width: 1, height: 1, background: 'keep' });
    expect([...image.data]).toEqual([250, 10, 10, 255]);
  });

  it('keeps a background whose border is not flat and says so', () => {
    const { cells, report } = fixed(['wgwb', 'rkkg', 'bkkw', 'grwb']);
    expect(cells).toEqual(['wgwb', 'rkkg', 'bkkw', 'grwb']);
    expect(report.background.removed).toBe(false);
    expect(report.background.share).toBeLessThan(0.6);
    expect(report.warnings).toEqual([
      `The border is not flat (${Math.round(report.background.share * 100)} % of it has one colour), so the background was kept.`,
    ]);
  });

  it('removes the background around a subject that the frame cuts off', () => {
    const cut = [
      ...['wwwwwwwwww', 'wwwkkkkwww', 'wwkrrrrkww', 'wwkrrrrkww', 'wwkrrrrkww', 'wwwkkkkwww'],
      ...['wwkrrrrkww', 'wkrrrrrrkw', 'kkrrrrrrkk', 'krrrrrrrrk'],
    ];
    const clear = cut.map(row => row.replaceAll('w', '.'));
    expect(fixed(cut).cells).toEqual(clear);
  });

  it('takes a scatter that is cut off all around for a tile', () => {
    const tile = [
      'gggggkgg',
      'ggggggkg',
      'kggggggg',
      'gggkgggg',
      'gggkkggk',
      'gggggggg',
      'ggkggggg',
      'ggkggggg',
    ];
    const { cells, report } = fixed(tile);
    expect(cells).toEqual(tile);
    expect(report.background.removed).toBe(false);
    expect(report.warnings[0]).toContain('as a tile is');
  });

  it('removes a background with a slight gradient, not a subject of a near colour', () => {
    const large = createImage(320, 320);
    for (let i = 0; i < 320 * 320; i++) {
      const [x, y] = [i % 320, Math.floor(i / 320)];
      const subject = Math.hypot(x - 160, y - 160) < 90;
      large.data.set(
        subject ? [150, 150, 150, 255] : [200 + x / 40, 200 + y / 40, 205, 255],
        i * 4,
      );
    }
    const { image, report } = basicFix(large, { width: 32, height: 32, background: 'alpha' });
    expect(report.background.removed).toBe(true);
    for (let i = 0; i < 1024; i++) {
      const away = Math.hypot((i % 32) - 15.5, Math.floor(i / 32) - 15.5);
      if (away < 8.2) expect(image.data[i * 4 + 3]).toBe(255);
      if (away > 9.8) expect(image.data[i * 4 + 3]).toBe(0);
    }
  });

  it('says that a picture of one colour looks blank, and leaves it', () => {
    const { cells, report } = fixed(['ww', 'ww']);
    expect(cells).toEqual(['ww', 'ww']);
    expect(report.warnings).toEqual(['The image is one single colour: it looks blank.']);
    const almost = addNoise(
      enlarge(paint(['ww', 'ww'], COLORS), 32, { width: 64, height: 64 }),
      3,
      1,
    );
    const blank = basicFix(almost, { width: 16, height: 16, background: 'alpha' });
    expect(blank.report.warnings.join()).toContain('looks blank');
    expect(blank.image.data[3]).toBe(255);
    const clear = basicFix(createImage(8, 8), { width: 2, height: 2, background: 'alpha' });
    expect(clear.report.warnings.join()).toContain('looks blank');
  });

  it('repeats cells and says so when the sprite is larger than the render', () => {
    const image = paint(SHIELD, COLORS);
    const { image: sprite, report } = basicFix(image, {
      width: 16,
      height: 16,
      background: 'keep',
    });
    expect(lettersOf(sprite, COLORS)).toEqual(
      SHIELD.flatMap(row => Array<string>(2).fill(row.replaceAll(/./g, '$&$&'))),
    );
    expect(report.warnings[0]).toContain('cells repeat');
  });

  it('takes a sprite at its true size as it is', () => {
    const { image } = basicFix(paint(SHIELD, COLORS), { width: 8, height: 8, background: 'alpha' });
    expect(lettersOf(image, COLORS)).toEqual(SHIELD_CLEAR);
  });

  it('works for sprites of one row, one column and one cell', () => {
    const large = enlarge(paint(['wkrw'], COLORS), 20, { width: 80, height: 20 });
    expect(
      lettersOf(basicFix(large, { width: 4, height: 1, background: 'keep' }).image, COLORS),
    ).toEqual(['wkrw']);
    for (const [width, height] of [
      [1, 1],
      [1, 9],
      [9, 1],
      [2, 2],
    ] as const) {
      for (const background of ['alpha', 'keep'] as const) {
        const { image } = basicFix(large, { width, height, background });
        expect(image.data.length).toBe(width * height * 4);
      }
    }
  });

  it('gives the same sprite for the same render and does not change the render', () => {
    const large = addNoise(enlarge(paint(SHIELD, COLORS), 30, { width: 240, height: 240 }), 10, 5);
    const before = { ...large, data: large.data.slice() };
    const options = { width: 8, height: 8, background: 'alpha' } as const;
    expect(basicFix(large, options)).toEqual(basicFix(large, options));
    expect(equalImages(large, before)).toBe(true);
  });
});

describe('isBlack', () => {
  const filled = (color: Rgba): RgbaImage => {
    const image = createImage(40, 30);
    for (let i = 0; i < 1200; i++) image.data.set(color, i * 4);
    return image;
  };

  it('is true when every channel of every pixel is at most 2', () => {
    expect(isBlack(filled([0, 0, 0, 255]))).toBe(true);
    expect(isBlack(filled([2, 1, 2, 255]))).toBe(true);
    expect(isBlack(filled([0, 3, 0, 255]))).toBe(false);
  });

  it('notices a single pixel that is not', () => {
    const image = filled([0, 0, 0, 255]);
    image.data[1199 * 4 + 2] = 3;
    expect(isBlack(image)).toBe(false);
  });

  it('is false for a black shape on transparency', () => {
    const image = filled([0, 0, 0, 255]);
    image.data[3] = 0;
    expect(isBlack(image)).toBe(false);
  });
});
