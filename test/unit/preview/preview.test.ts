import { describe, expect, test } from 'vitest';
import { type PreviewOptions, renderPreview } from '../../../src/cli/preview/preview.ts';
import { nodeZlib } from '../../../src/cli/preview/zlib.ts';
import type { RgbaImage } from '../../../src/pixels/image.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { pictureOf, readHalfBlocks } from './half-block-reader.ts';
import { readKittyPicture } from './kitty-reader.ts';
import { difference, NOTHING, paint, pixel, type Rgba, scatter } from './pictures.ts';
import { decodeSixel } from './sixel-decoder.ts';

/** Colours that come through the percent of Sixel unchanged. */
const COLOURS: Rgba[] = [[255, 0, 51, 255], [0, 102, 204, 255], [0, 0, 0, 255], NOTHING];

const TERMINAL = { columns: 80, rows: 24 };

function enlarged(image: RgbaImage, factor: number): RgbaImage {
  return paint(image.width * factor, image.height * factor, (x, y) =>
    pixel(image, Math.floor(x / factor), Math.floor(y / factor)),
  );
}

/** What is on the screen, clear pixels to the right and below left out. */
function shown(image: RgbaImage, options: PreviewOptions, width: number, height: number) {
  const { picture } = renderPreview(image, options);
  if (options.protocol === 'half-blocks') {
    return pictureOf(readHalfBlocks(picture), width, height);
  }
  expect(picture.endsWith('\n')).toBe(true);
  const codes = picture.slice(0, -1);
  if (options.protocol === 'sixel') return decodeSixel(codes).image;
  const { control, png } = readKittyPicture(codes);
  const whole = decodePng(png, nodeZlib).image;
  const cell = options.cellPixels ?? { width: 8, height: 16 };
  expect(whole.width).toBe(Number(control.get('c')) * cell.width);
  expect(whole.height).toBe(Number(control.get('r')) * cell.height);
  return paint(width, height, (x, y) => pixel(whole, x, y));
}

describe('a preview', () => {
  test.each([
    // 22 rows are left: 44 half blocks, 352 pixels of cells of 16, 264 of the smallest cells.
    ['half-blocks', 1],
    ['sixel', 8],
    ['kitty', 11],
  ] as const)(
    'in %s enlarges a sprite of 32 pixels %i times, pixel by pixel',
    (protocol, factor) => {
      const image = scatter(32, 32, COLOURS);
      const size = 32 * factor;
      expect(
        difference(shown(image, { ...TERMINAL, protocol }, size, size), enlarged(image, factor)),
      ).toBeNull();
    },
  );

  test('fits the cells that the terminal has', () => {
    const image = scatter(30, 20, COLOURS);
    const cellPixels = { width: 9, height: 21 };
    const options = { columns: 40, rows: 50, protocol: 'kitty', cellPixels } as const;
    expect(difference(shown(image, options, 360, 240), enlarged(image, 12))).toBeNull();
  });

  test('grows to 32 rows and no further', () => {
    const image = scatter(16, 16, COLOURS);
    const roomy = { columns: 400, rows: 200 };
    for (const [protocol, factor] of [
      ['half-blocks', 4],
      ['sixel', 24],
      ['kitty', 32],
    ] as const) {
      expect(renderPreview(image, { ...roomy, protocol }).scale).toEqual({
        reducedBy: 1,
        enlargedBy: factor,
      });
    }
  });

  test('shows a picture of more than 32 rows as it is when the terminal has them', () => {
    const preview = renderPreview(scatter(70, 70, COLOURS), {
      columns: 80,
      rows: 40,
      protocol: 'half-blocks',
    });
    expect(preview.scale).toEqual({ reducedBy: 1, enlargedBy: 1 });
    expect(preview.note).toBeNull();
  });

  test.each(['half-blocks', 'sixel', 'kitty'] as const)(
    'in %s keeps whole pixels of what is too large, and says so',
    protocol => {
      const image = scatter(1001, 700, COLOURS);
      const options = { ...TERMINAL, protocol };
      const { note, scale } = renderPreview(image, options);
      const { reducedBy: factor } = scale;
      expect(factor).toBeGreaterThan(1);
      expect(note).toMatch(/^Too large for this terminal: every .* pixel is shown\.$/);
      const width = Math.ceil(1001 / factor);
      const height = Math.ceil(700 / factor);
      const cell = { 'half-blocks': [1, 2], sixel: [6, 12], kitty: [8, 16] }[protocol];
      expect(width).toBeLessThanOrEqual(80 * cell[0]!);
      // Caption, note and prompt stay in sight.
      expect(height).toBeLessThanOrEqual(21 * cell[1]!);
      const middle = Math.floor(factor / 2);
      const picked = paint(width, height, (x, y) =>
        pixel(image, Math.min(x * factor + middle, 1000), Math.min(y * factor + middle, 699)),
      );
      expect(difference(shown(image, options, width, height), picked)).toBeNull();
    },
  );

  test.each([
    ['half-blocks', 1, '1/16'],
    // 21 rows are left above caption, note and prompt.
    ['sixel', 7, '7/16'],
    ['kitty', 10, '5/8'],
  ] as const)(
    'in %s brings pixel art that was enlarged before back to its own pixels',
    (protocol, factor, share) => {
      const art = scatter(32, 32, COLOURS);
      const image = enlarged(art, 16);
      const options = { ...TERMINAL, protocol };
      const size = 32 * factor;
      expect(difference(shown(image, options, size, size), enlarged(art, factor))).toBeNull();
      expect(renderPreview(image, options).note).toBe(
        `Too large for this terminal: shown at ${share} of its size.`,
      );
    },
  );

  test('keeps every n-th own pixel of enlarged pixel art that is too large even so', () => {
    const art = scatter(128, 128, COLOURS);
    const image = enlarged(art, 4);
    const options = { ...TERMINAL, protocol: 'half-blocks' } as const;
    const picked = paint(32, 32, (x, y) => pixel(art, x * 4 + 2, y * 4 + 2));
    expect(renderPreview(image, options).scale).toEqual({ reducedBy: 16, enlargedBy: 1 });
    expect(difference(shown(image, options, 32, 32), picked)).toBeNull();
  });

  test.each([
    [2, 'nd'],
    [3, 'rd'],
    [4, 'th'],
    [11, 'th'],
    [21, 'st'],
  ])('counts every %i%s pixel in words', (factor, ending) => {
    const image = scatter(80 * factor, 1, COLOURS);
    const { note } = renderPreview(image, { ...TERMINAL, protocol: 'half-blocks' });
    expect(note).toContain(`every ${factor}${ending} pixel`);
  });

  test('takes a wished scale, even one to scroll for', () => {
    const image = scatter(16, 16, COLOURS);
    const preview = renderPreview(image, { ...TERMINAL, protocol: 'half-blocks', scale: 5 });
    expect(preview).toMatchObject({ scale: { reducedBy: 1, enlargedBy: 5 }, note: null });
  });

  test('says when a wished scale is too wide, and takes the largest that is not', () => {
    const image = scatter(16, 16, COLOURS);
    const preview = renderPreview(image, { ...TERMINAL, protocol: 'half-blocks', scale: 9 });
    expect(preview.scale).toEqual({ reducedBy: 1, enlargedBy: 5 });
    expect(preview.note).toBe('Scale 9 is too wide for this terminal: shown at scale 5.');
  });

  test.each([
    [1, 1],
    [3, 5],
    [400, 1],
    [1, 400],
  ])('never leaves a terminal of %i columns and %i rows without a picture', (columns, rows) => {
    const image = scatter(40, 40, [COLOURS[0]!]);
    for (const protocol of ['half-blocks', 'sixel', 'kitty'] as const) {
      expect(renderPreview(image, { columns, rows, protocol }).picture).not.toBe('');
    }
  });

  test('is captioned with its own size and its visible colours', () => {
    const options = { ...TERMINAL, protocol: 'half-blocks' } as const;
    const colours: Rgba[] = [
      [0, 0, 0, 255],
      [0, 0, 0, 10],
      [255, 0, 0, 255],
      [9, 9, 9, 0],
      NOTHING,
    ];
    const image = paint(5, 1, x => colours[x]!);
    expect(renderPreview(image, options).caption).toBe('5×1 · 3 colours');
    expect(
      renderPreview(
        paint(600, 600, () => [0, 0, 0, 255]),
        options,
      ).caption,
    ).toBe('600×600 · 1 colour');
  });
});
