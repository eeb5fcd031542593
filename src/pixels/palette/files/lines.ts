import { PaletteError, type Rgba8 } from './palette.ts';

/** A line of a text file without its end and surrounding blanks. */
export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

const utf8 = new TextDecoder('utf-8');

/** The lines that are not blank. A byte order mark and all three kinds of line end are taken away. */
export function linesOf(bytes: Uint8Array): Line[] {
  return utf8
    .decode(bytes)
    .split(/\r\n|\r|\n/)
    .map((text, index) => ({ number: index + 1, text: text.trim() }))
    .filter(({ text }) => text !== '');
}

/**
 * The first three or four columns of a line as a colour.
 * @param columns decimal numbers as text
 * @throws PaletteError `malformed`
 */
export function colourOf(columns: readonly string[], line: Line): Rgba8 {
  const [red, green, blue, alpha = 255] = columns.map(column => channelOf(column, line));
  if (red === undefined || green === undefined || blue === undefined) {
    throw new PaletteError(
      'malformed',
      `A colour needs red, green and blue, but the line is "${excerpt(line.text)}".`,
      line.number,
    );
  }
  return [red, green, blue, alpha];
}

function channelOf(text: string, line: Line): number {
  if (!/^\d+$/.test(text)) {
    throw new PaletteError('malformed', `"${excerpt(text)}" is not a number.`, line.number);
  }
  const value = Number(text);
  if (value > 255) {
    throw new PaletteError('malformed', `${excerpt(text)} is above 255.`, line.number);
  }
  return value;
}

/** A part of a file as a message may quote it. */
export function excerpt(text: string): string {
  const shown = text.replace(/\p{Control}/gu, '?');
  return shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
}

/** A name as it may stand on one line. */
export function oneLine(name: string): string {
  return name.replace(/[\p{Control}\u2028\u2029]+/gu, ' ').trim();
}
