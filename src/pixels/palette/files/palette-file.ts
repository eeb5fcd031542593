import { decodePng } from '../../png/decode.ts';
import { encodePng } from '../../png/encode.ts';
import { PngError } from '../../png/error.ts';
import type { Zlib } from '../../png/zlib.ts';
import { formatGpl, parseGpl } from './gpl.ts';
import { formatHex, parseHex, parsePaintNet } from './hex.ts';
import { formatJasc, parseJasc } from './jasc.ts';
import { type Palette, PaletteError } from './palette.ts';
import { coloursOfStrip, stripOf } from './strip.ts';

/** By the endings of their files: `.hex`, `.gpl`, `.pal` (JASC), `.png` (a strip). */
export type PaletteFormat = 'hex' | 'gpl' | 'pal' | 'png';

/** Formats that are known by how they begin and not read. */
const REFUSED: readonly (readonly [start: string, name: string])[] = [
  ['RIFF', 'a RIFF palette'],
  ['ASEF', 'an Adobe swatch file'],
  ['\u00ff\u00d8\u00ff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
];

/**
 * Reads a palette file by what it begins with; where that says nothing, by its name's ending.
 * The palette is named as the file says, else after the file.
 * @param fileName with or without folders
 * @throws PaletteError with a sentence that names the line to mend
 */
export function readPalette(bytes: Uint8Array, fileName: string, zlib: Zlib): Palette {
  const palette = parse(bytes, fileName, zlib);
  return { ...palette, name: palette.name ?? baseName(fileName) };
}

function parse(bytes: Uint8Array, fileName: string, zlib: Zlib): Palette {
  const skip = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const start = String.fromCharCode(...bytes.subarray(skip, skip + 16));
  if (start.startsWith('\u0089PNG')) return parseStrip(bytes, zlib);
  if (start.startsWith('GIMP')) return parseGpl(bytes);
  if (start.startsWith('JASC')) return parseJasc(bytes);
  const refused = REFUSED.find(([magic]) => start.startsWith(magic));
  if (refused !== undefined) {
    throw new PaletteError(
      'unknown-format',
      `This is ${refused[1]}; save it as .hex, .gpl, JASC .pal or a PNG strip.`,
    );
  }
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase();
  if (ending === 'gpl') return parseGpl(bytes);
  if (ending === 'pal') return parseJasc(bytes);
  if (ending === 'png') return parseStrip(bytes, zlib);
  if (ending === 'txt') return parsePaintNet(bytes);
  if (ending === 'hex') return parseHex(bytes);
  throw new PaletteError(
    'unknown-format',
    'A palette file ends in .hex, .gpl, .pal, .txt (Paint.NET) or .png.',
  );
}

function parseStrip(bytes: Uint8Array, zlib: Zlib): Palette {
  try {
    return coloursOfStrip(decodePng(bytes, zlib).image);
  } catch (error) {
    if (!(error instanceof PngError)) throw error;
    throw new PaletteError('malformed', error.message);
  }
}

function baseName(fileName: string): string | null {
  const base = fileName
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.\w+$/, '');
  return base === '' ? null : base;
}

/** The file of a palette. What a format has no place for, a name or the doubles of a strip, is left out. */
export function writePalette(palette: Palette, format: PaletteFormat, zlib: Zlib): Uint8Array {
  if (format === 'png') return encodePng(stripOf(palette), zlib, { palette: 'never' });
  const formats = { hex: formatHex, gpl: formatGpl, pal: formatJasc };
  return new TextEncoder().encode(formats[format](palette));
}
