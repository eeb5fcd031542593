import { describe, expect, it } from 'vitest';
import { nodeZlib } from '../../../../src/cli/preview/zlib.ts';
import { createImage } from '../../../../src/pixels/image.ts';
import { PaletteError, type Rgba8 } from '../../../../src/pixels/palette/files/palette.ts';
import {
  type PaletteFormat,
  readPalette,
  writePalette,
} from '../../../../src/pixels/palette/files/palette-file.ts';
import { encodePng } from '../../../../src/pixels/png/encode.ts';
import { randomOf } from '../make-png.ts';

function read(text: string, name: string) {
  return readPalette(new TextEncoder().encode(text), name, nodeZlib);
}

function faultOf(text: string, name: string): PaletteError {
  try {
    read(text, name);
  } catch (error) {
    if (error instanceof PaletteError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

const RED: Rgba8 = [255, 0, 0, 255];
const NAVY: Rgba8 = [29, 43, 83, 255];

describe('a .hex file', () => {
  it('is one colour a line, with or without #, blank lines, comments, BOM and CRLF', () => {
    const palette = read(
      '\ufeff; pico\r\nFF0000\r\n\r\n#1d2b53 ; navy\r\n# end\r\n',
      'a/pico-8.hex',
    );
    expect(palette).toEqual({ name: 'pico-8', colours: [RED, NAVY] });
  });

  it('may have an alpha column', () => {
    expect(read('1d2b5380\n', 'a.hex').colours).toEqual([[29, 43, 83, 128]]);
    expect(read('; paint.net\n801d2b53\n', 'a.txt').colours).toEqual([[29, 43, 83, 128]]);
  });

  it.each([
    ['ff0000\n\nff00\n', 3],
    ['red\n', 1],
    ['ff0000\r\nff00zz\r\n', 2],
  ])('names the line that is no colour: %j', (text, line) => {
    expect(faultOf(text, 'a.hex')).toMatchObject({ code: 'malformed', line });
    expect(faultOf(text, 'a.hex').message).toMatch(
      new RegExp(`^Line ${line}: ".+" is not a colour`),
    );
  });

  it('with no colour at all is refused', () => {
    for (const text of ['', '\ufeff\r\n', '; nothing\n']) {
      expect(faultOf(text, 'a.hex')).toMatchObject({ code: 'empty', line: null });
    }
  });
});

describe('a .gpl file', () => {
  it('has a name, comments, colours and their names', () => {
    const text =
      'GIMP Palette\r\nName: Dungeon\r\nColumns: 4\r\n# by me\r\n255   0   0\tred 1\r\n 29 43 83 12 navy\r\n';
    expect(read(text, 'x.gpl')).toEqual({ name: 'Dungeon', colours: [RED, NAVY] });
  });

  it('has an alpha column where it says so', () => {
    const text = 'GIMP Palette\nChannels: RGBA\n#\n255 0 0 64 Untitled\n';
    expect(read(text, 'x.gpl').colours).toEqual([[255, 0, 0, 64]]);
  });

  it.each([
    ['GIMP Palette\n255 0\n', 2, 'needs red, green and blue'],
    ['GIMP Palette\n#\n255 0 256\n', 3, '256 is above 255'],
    ['GIMP Palette\n255 0 -1\n', 2, '"-1" is not a number'],
    ['Palette\n255 0 0\n', 1, 'must begin with "GIMP Palette"'],
  ])('names the line that is wrong: %j', (text, line, message) => {
    const fault = faultOf(text, 'x.gpl');
    expect(fault.line).toBe(line);
    expect(fault.message).toContain(message);
  });
});

describe('a JASC .pal file', () => {
  it('is magic, version, count and colours, with alpha where it has a fourth column', () => {
    const text = 'JASC-PAL\r\n0100\r\n2\r\n255 0 0\r\n29 43 83 128\r\n';
    expect(read(text, 'x.pal').colours).toEqual([RED, [29, 43, 83, 128]]);
  });

  it.each([
    ['JASC-PAL\n0200\n1\n0 0 0\n', 2, 'version 0100'],
    ['JASC-PAL\n', 2, 'version 0100'],
    ['JASC-PAL\n0100\nmany\n0 0 0\n', 3, 'number of colours'],
    ['JASC-PAL\n0100\n3\n0 0 0\n', 3, 'promises 3 colours and holds 1'],
    ['JASC-PAL\n0100\n2\n0 0 0\n0 0 x\n', 5, '"x" is not a number'],
  ])('names the line that is wrong: %j', (text, line, message) => {
    const fault = faultOf(text, 'x.pal');
    expect(fault.line).toBe(line);
    expect(fault.message).toContain(message);
  });
});

describe('a PNG strip', () => {
  it('gives its colours in reading order, however far it is enlarged', () => {
    const image = createImage(6, 3);
    for (let cell = 0; cell < 18; cell++) {
      image.data.set(cell % 6 < 2 ? NAVY : cell % 6 < 4 ? RED : [1, 2, 3, 0], cell * 4);
    }
    const palette = readPalette(encodePng(image, nodeZlib), 'strip.png', nodeZlib);
    expect(palette).toEqual({ name: 'strip', colours: [NAVY, RED] });
  });

  it('that is a photo or damaged is refused', () => {
    const random = randomOf(1);
    const photo = createImage(100, 100);
    for (let i = 0; i < photo.data.length; i++) photo.data[i] = i % 4 === 3 ? 255 : random() * 256;
    const bytes = encodePng(photo, nodeZlib);
    expect(() => readPalette(bytes, 'photo.png', nodeZlib)).toThrow(/more than 4096 colours/);
    expect(() => readPalette(bytes.subarray(0, 99), 'cut.png', nodeZlib)).toThrow(PaletteError);
    expect(() => read('not a picture', 'x.png')).toThrow(/not a PNG/);
  });
});

describe('palette files', () => {
  it.each(['hex', 'gpl', 'pal', 'png'] as const)(
    'of 1 and of 300 colours come back as %s',
    format => {
      const random = randomOf(7);
      const many = Array.from({ length: 300 }, (_, i): Rgba8 => [
        i & 255,
        i >> 8,
        Math.floor(random() * 256),
        i % 5 === 0 ? 128 : 255,
      ]);
      for (const colours of [[RED], many]) {
        const bytes = writePalette({ name: 'own', colours }, format, nodeZlib);
        const back = readPalette(bytes, `own.${format}`, nodeZlib);
        expect(back).toEqual({ name: 'own', colours });
      }
    },
  );

  it('are known by their contents first, then by their ending', () => {
    expect(read('GIMP Palette\n1 2 3\n', 'wrong.hex').colours).toEqual([[1, 2, 3, 255]]);
    const kinds: [string, string, RegExp][] = [
      ['RIFF\0\0\0\0PAL ', 'x.pal', /RIFF palette/],
      ['ASEF\0\u0001', 'x.ase', /Adobe swatch/],
      ['hello', 'x.doc', /ends in .hex/],
    ];
    for (const [text, name, message] of kinds) {
      expect(faultOf(text, name)).toMatchObject({ code: 'unknown-format' });
      expect(faultOf(text, name).message).toMatch(message);
    }
  });

  it('keep a name on its line', () => {
    const bytes = writePalette({ name: 'two\nlines', colours: [RED] }, 'gpl', nodeZlib);
    expect(readPalette(bytes, 'x.gpl', nodeZlib).name).toBe('two lines');
  });

  it('of more colours than any sprite has are refused', () => {
    const format: PaletteFormat = 'hex';
    const colours = Array.from({ length: 4097 }, (): Rgba8 => RED);
    const bytes = writePalette({ name: null, colours }, format, nodeZlib);
    expect(() => readPalette(bytes, 'big.hex', nodeZlib)).toThrow(/4097 colours; at most 4096/);
  });
});
