import { describe, expect, test } from 'vitest';
import { contactSheet } from '../../../../src/pixels/contact-sheet/contact-sheet.ts';
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphOf } from '../../../../src/pixels/contact-sheet/font.ts';
import { drawText, fitText, textWidth } from '../../../../src/pixels/contact-sheet/text.ts';
import { createImage, type RgbaImage } from '../../../../src/pixels/image.ts';

function spriteOf(width: number, height: number): RgbaImage {
  const image = createImage(width, height);
  for (let i = 0; i < width * height; i++) {
    image.data.set([(i * 37) % 256, (i * 91) % 256, 200, i % 3 === 0 ? 0 : 255], i * 4);
  }
  return image;
}

const pixelAt = ({ data, width }: RgbaImage, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describe('a contact sheet', () => {
  const sprite = spriteOf(16, 12);
  const sheet = contactSheet(['a', 'b'], [{ label: ['x'], cells: [sprite, 'failed'] }]);
  const left = 16;
  const top = 16 + 20 + 20;

  test('enlarges every pixel to a square of ten, without smoothing, in its true colour', () => {
    for (let y = 0; y < 120; y++) {
      for (let x = 0; x < 160; x++) {
        const source = pixelAt(sprite, Math.floor(x / 10), Math.floor(y / 10));
        if (source[3] === 255) expect(pixelAt(sheet, left + x, top + y)).toEqual(source);
      }
    }
  });

  test('shows checks where a picture is transparent, and is itself opaque', () => {
    const behind = [pixelAt(sheet, left, top), pixelAt(sheet, left + 8, top)];
    expect(behind).toEqual([
      [78, 78, 86, 255],
      [96, 96, 104, 255],
    ]);
    for (let at = 3; at < sheet.data.length; at += 4) expect(sheet.data[at]).toBe(255);
  });

  test('gives every cell the same place whatever is in it', () => {
    const full = contactSheet(['a', 'b'], [{ label: ['x'], cells: [sprite, sprite] }]);
    expect([full.width, full.height]).toEqual([sheet.width, sheet.height]);
    expect(pixelAt(full, left + 172 + 15, top + 5)).toEqual(pixelAt(full, left + 15, top + 5));
  });

  test('is refused with a row that has no cell for a column', () => {
    expect(() => contactSheet(['a', 'b'], [{ label: [], cells: ['x'] }])).toThrow(RangeError);
    expect(() => contactSheet([], [])).toThrow(RangeError);
  });
});

describe('the font', () => {
  const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));

  test('has every printable character of ASCII, each of its own shape', () => {
    const shapes = printable.map(character => glyphOf(character).join('\n'));
    expect(new Set(shapes).size).toBe(95);
    for (const character of printable) {
      expect(glyphOf(character)).toHaveLength(GLYPH_HEIGHT);
      for (const row of glyphOf(character)) expect(row).toMatch(/^[.#]{5}$/);
    }
    expect(glyphOf(' ').join('')).not.toContain('#');
  });

  test.each(['剣', '\u0007', '\u{1F5E1}', ''])('has a box for %j', character => {
    expect(glyphOf(character)[0]).toBe('#'.repeat(GLYPH_WIDTH));
  });

  test('draws whole dots inside the picture only', () => {
    const image = createImage(8, 8);
    expect(() => drawText(image, 'Wide text', -3, 4, [1, 2, 3], 2)).not.toThrow();
    expect(image.data.some(value => value === 3)).toBe(true);
  });

  test('shortens a text to its room', () => {
    expect(fitText('short', 200, 1)).toBe('short');
    const fitted = fitText('a very long name', 50, 1);
    expect(fitted).toBe('a ver...');
    expect(textWidth(fitted, 1)).toBeLessThanOrEqual(50);
    expect(fitText('abc', 0, 2)).toBe('');
  });
});
