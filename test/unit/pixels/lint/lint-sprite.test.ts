import { describe, expect, it } from 'vitest';
import {
  createImage,
  cropImage,
  equalImages,
  type RgbaImage,
} from '../../../../src/pixels/image.ts';
import { applyFix } from '../../../../src/pixels/lint/apply-fix.ts';
import type { Finding, LintCode } from '../../../../src/pixels/lint/finding.ts';
import { lintSprite } from '../../../../src/pixels/lint/lint-sprite.ts';
import type { LintRules } from '../../../../src/pixels/lint/rules.ts';
import { loadSharp } from '../../../../src/worker/images/sharp-codec.ts';
import { randomOf } from '../make-png.ts';
import { lettersOf, paint, type Rgba } from '../paint.ts';
import { putOnto, realSprites, spriteLike, stretch } from './sprite-like.ts';

const COLORS: Record<string, Rgba> = {
  '.': [0, 0, 0, 0],
  k: [20, 16, 24, 255],
  r: [200, 40, 40, 255],
  R: [206, 46, 44, 255],
  w: [255, 255, 255, 255],
  g: [60, 140, 70, 255],
};

function codes(image: RgbaImage, rules: Partial<LintRules> = {}): LintCode[] {
  return lintSprite(image, rules).map(({ code }) => code);
}

function only(image: RgbaImage, code: LintCode, rules: Partial<LintRules> = {}): Finding {
  const found = lintSprite(image, rules).filter(finding => finding.code === code);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('a sprite at its own size', () => {
  it('has nothing to be told', () => {
    for (let seed = 1; seed <= 30; seed++) {
      for (const size of [16, 32, 48]) expect(codes(spriteLike(size, seed))).toEqual([]);
    }
  });

  it('of one pixel is no fault', () => {
    expect(codes(paint(['r'], COLORS))).toEqual([]);
  });
});

describe('half-transparent cells', () => {
  it('at many levels are the rim that smoothing leaves, and become clear or opaque', () => {
    const image = spriteLike(32, 3);
    const random = randomOf(5);
    for (let cell = 330; cell < 360; cell++) image.data[cell * 4 + 3] = 20 + random() * 220;
    const finding = only(image, 'half-alpha');
    expect(finding.severity).toBe('warning');
    expect(finding.place.area).toMatchObject({ y: 10 });
    const mended = applyFix(image, finding);
    expect(
      mended.data.filter((value, at) => at % 4 === 3 && value > 0 && value < 255),
    ).toHaveLength(0);
    expect(codes(mended)).not.toContain('half-alpha');
  });

  it('at one level over many cells are a shadow, which is only told', () => {
    const image = spriteLike(32, 3);
    for (let cell = 900; cell < 920; cell++) image.data.set([0, 0, 0, 90], cell * 4);
    expect(only(image, 'half-alpha').severity).toBe('info');
  });
});

describe('colours', () => {
  const palette = [COLORS['k']!, COLORS['r']!, COLORS['w']!];

  it('outside the palette are named, placed and mapped to the nearest', () => {
    const image = paint(['k..k', 'kRgk', 'k..k'], COLORS);
    const finding = only(image, 'off-palette', { palette });
    expect(finding).toMatchObject({
      severity: 'error',
      place: { area: { x: 1, y: 1, width: 2, height: 1 } },
    });
    expect(finding.message).toBe('2 cells have colours outside the palette: #ce2e2c, #3c8c46.');
    expect(lettersOf(applyFix(image, finding), COLORS)[1]).toMatch(/^kr[krw]k$/);
  });

  it('inside it are no finding, whatever hides under transparency', () => {
    const image = paint(['k..r', 'w..k'], COLORS);
    image.data.set([1, 2, 3, 0], 4);
    expect(codes(image, { palette })).toEqual([]);
  });

  it('above a limit are an error; without one only noise is told', () => {
    const image = spriteLike(32, 2);
    expect(codes(image, { maxColours: 5 })).toEqual([]);
    expect(only(image, 'too-many-colours', { maxColours: 4 }).severity).toBe('error');
    const random = randomOf(9);
    for (let at = 0; at < image.data.length; at++) {
      if (at % 4 !== 3) image.data[at]! += Math.floor(random() * 24);
    }
    expect(only(image, 'too-many-colours').severity).toBe('warning');
  });
});

describe('the canvas', () => {
  it('of another size is padded on the ground and in the middle, or trimmed when what is drawn fits', () => {
    const small = paint(['rr', 'kk'], COLORS);
    const padded = applyFix(small, only(small, 'wrong-size', { size: { width: 4, height: 4 } }));
    expect(lettersOf(padded, COLORS)).toEqual(['....', '....', '.rr.', '.kk.']);
    const large = paint(['.....', 'r....', 'k....'], COLORS);
    const trimmed = applyFix(large, only(large, 'wrong-size', { size: { width: 2, height: 2 } }));
    expect(lettersOf(trimmed, COLORS)).toEqual(['r.', 'k.']);
  });

  it('that is too small for what is drawn cannot be mended', () => {
    const image = paint(['rkr', 'krk', 'rkr'], COLORS);
    const finding = only(image, 'wrong-size', { size: { width: 2, height: 3 } });
    expect(finding.fix).toBeNull();
    expect(finding.message).toBe('The picture is 3x3 instead of 2x3, and what is drawn needs 3x3.');
  });

  it('that shows nothing, next to nothing or one colour is told', () => {
    expect(only(createImage(8, 8), 'near-blank').severity).toBe('error');
    const speck = createImage(8, 8);
    speck.data.set(COLORS['r']!, 40);
    expect(only(speck, 'near-blank').message).toBe('Only 1 cell is visible.');
    const flat = createImage(8, 8);
    for (let at = 0; at < 256; at += 4) flat.data.set(COLORS['g']!, at);
    expect(only(flat, 'near-blank').severity).toBe('warning');
  });
});

describe('pixels that are larger than a cell', () => {
  it.each([2, 3, 4, 7])('all of %i cells are upscaled, and come back as they were', factor => {
    for (let seed = 1; seed <= 10; seed++) {
      const image = spriteLike(24, seed);
      const finding = only(stretch(image, 24 * factor, 24 * factor), 'upscaled');
      const mended = applyFix(stretch(image, 24 * factor, 24 * factor), finding);
      expect(equalImages(mended, image)).toBe(true);
    }
  });

  it('cut off at the border are off their grid', () => {
    const image = stretch(spriteLike(24, 4), 96, 96);
    const cut = cropImage(image, { x: 3, y: 2, width: 90, height: 91 });
    expect(only(cut, 'off-grid').message).toBe(
      'Its pixels are 4x4 cells large and are cut off at the border.',
    );
  });

  it.each([1.25, 1.5, 2.5])('after a resize by %f have several sizes, and come back', factor => {
    for (let seed = 1; seed <= 10; seed++) {
      const image = spriteLike(32, seed);
      const large = stretch(image, 32 * factor, 32 * factor);
      expect(equalImages(applyFix(large, only(large, 'mixed-pixel-size')), image)).toBe(true);
    }
  });

  it('beside finer ones are of mixed size', () => {
    const image = createImage(96, 64);
    putOnto(image, stretch(spriteLike(32, 5), 64, 64), 0, 0);
    putOnto(image, spriteLike(32, 6), 64, 30);
    const finding = only(image, 'mixed-pixel-size');
    expect(finding.message).toContain('2x2');
    expect(finding.place.area!.x).toBeGreaterThanOrEqual(60);
  });

  it('with a few finer details are snapped to the large ones', () => {
    const image = stretch(spriteLike(24, 8), 48, 48);
    const plain = { ...image, data: image.data.slice() };
    for (const [x, y] of [
      [21, 22],
      [28, 25],
      [18, 31],
      [25, 19],
    ] as const) {
      image.data.set(COLORS['w']!, (y * 48 + x) * 4);
    }
    expect(equalImages(applyFix(image, only(image, 'mixed-pixel-size')), plain)).toBe(true);
  });
});

describe('stray cells', () => {
  const flat = (middle: string): RgbaImage =>
    paint(['kkkkkkk', 'krrrrrk', `krr${middle}rrk`, 'krrrrrk', 'kkkkkkk'], COLORS);

  it('that hardly differ from a flat place take its colour', () => {
    const image = flat('R');
    const finding = only(image, 'orphan-pixel');
    expect(finding.place.area).toEqual({ x: 3, y: 2, width: 1, height: 1 });
    expect(equalImages(applyFix(image, finding), flat('r'))).toBe(true);
  });

  it('that stand out are eyes and highlights', () => {
    for (const middle of ['w', 'k', 'g']) expect(codes(flat(middle))).not.toContain('orphan-pixel');
  });

  it('that repeat are dither', () => {
    const rows = Array.from({ length: 9 }, (_, y) =>
      Array.from({ length: 9 }, (_, x) => (x % 2 === 1 && y % 2 === 1 ? 'R' : 'r')).join(''),
    );
    expect(codes(paint(rows, COLORS))).not.toContain('orphan-pixel');
  });
});

describe('a tile', () => {
  /** Ground that repeats every 16 cells, as a wave over both axes. */
  const ground = (width: number): RgbaImage => {
    const image = createImage(width, 16);
    for (let cell = 0; cell < width * 16; cell++) {
      const x = cell % width;
      const y = Math.floor(cell / width);
      const wave = Math.abs(((x + 4) % 16) - 8) + Math.abs(((y + 2) % 16) - 8);
      image.data.set([40 + wave * 10, 90 + wave * 6, 40, 255], cell * 4);
    }
    return image;
  };

  it('that repeats joins itself, wherever it is cut', () => {
    expect(codes(ground(16), { tile: true })).not.toContain('tile-seam');
  });

  it('that is cut too short shows a seam at that side', () => {
    const finding = only(ground(11), 'tile-seam', { tile: true });
    expect(finding.message).toMatch(/^The left and right borders do not join: the step is \d/);
    expect(finding.place.area).toEqual({ x: 10, y: 0, width: 1, height: 16 });
    expect(codes(ground(11))).not.toContain('tile-seam');
  });
});

describe('codes', () => {
  it('that are ignored are left out', () => {
    const image = stretch(spriteLike(24, 1), 48, 48);
    expect(codes(image, { ignore: ['upscaled'] })).not.toContain('upscaled');
  });
});

const real = realSprites();
const sharp = await loadSharp();

describe.skipIf(real === null)('hand-drawn sprites', () => {
  const share = (images: readonly RgbaImage[], wanted: readonly LintCode[]): number =>
    images.filter(image => codes(image).some(code => wanted.includes(code))).length / images.length;
  const images = (real ?? []).map(({ image }) => image);

  it('are hardly ever called faulty', () => {
    expect(share(images, ['upscaled', 'off-grid', 'mixed-pixel-size', 'wrong-size'])).toBe(0);
    expect(share(images, ['orphan-pixel', 'near-blank'])).toBeLessThan(0.02);
    expect(share(images, ['soft-edges'])).toBeLessThan(0.08);
    expect(share(images, ['too-many-colours'])).toBeLessThan(0.08);
  });

  it('are called upscaled when they are, and of mixed size after an uneven resize', () => {
    const some = images.filter((_, index) => index % 4 === 0);
    const by = (factor: number): RgbaImage[] =>
      some.map(image => stretch(image, image.width * factor, image.height * factor));
    expect(share(by(2), ['upscaled'])).toBeGreaterThan(0.95);
    expect(share(by(4), ['upscaled'])).toBeGreaterThan(0.95);
    expect(share(by(2.5), ['mixed-pixel-size'])).toBeGreaterThan(0.95);
    expect(share(by(1.5), ['mixed-pixel-size'])).toBeGreaterThan(0.75);
  });

  it.skipIf(sharp === null)('are called smeared or noisy after smoothing and JPEG', async () => {
    const { default: raw } = await import('sharp');
    const some = images.filter((_, index) => index % 6 === 0);
    const open = ({ width, height, data }: RgbaImage) =>
      raw(Buffer.from(data), { raw: { width, height, channels: 4 } });
    const decoded = async (picture: ReturnType<typeof raw>): Promise<RgbaImage> => {
      const { data, info } = await picture
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
    };
    const smoothed: RgbaImage[] = [];
    const lossy: RgbaImage[] = [];
    for (const image of some) {
      const [width, height] = [image.width * 2, image.height * 2];
      smoothed.push(await decoded(open(image).resize(width, height, { kernel: 'cubic' })));
      const jpeg = await open(image)
        .flatten({ background: '#808890' })
        .jpeg({ quality: 80 })
        .toBuffer();
      lossy.push(await decoded(raw(jpeg)));
    }
    expect(share(smoothed, ['soft-edges'])).toBeGreaterThan(0.9);
    expect(share(lossy, ['soft-edges', 'too-many-colours'])).toBeGreaterThan(0.9);
  });
});
