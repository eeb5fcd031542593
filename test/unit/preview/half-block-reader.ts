import type { RgbaImage } from '../../../src/pixels/image.ts';
import { NOTHING, paint, type Rgba } from './pictures.ts';

/** Colours that a person sees, as they were selected: `2;r;g;b`, `5;n`, or null for the terminal's own. */
export interface Cell {
  top: string | null;
  bottom: string | null;
}

/** Rebuilds cells from text with colours; throws on any other control character and on colours left at a line's end. */
export function readHalfBlocks(text: string): Cell[][] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  return text.slice(0, -1).replaceAll('\u001b', '␛').split('\n').map(readLine);
}

function readLine(line: string): Cell[] {
  const cells: Cell[] = [];
  let foreground: string | null = null;
  let background: string | null = null;
  const token = /␛\[([\d;]*)m|([ ▀▄])/y;
  while (token.lastIndex < line.length) {
    const at = token.lastIndex;
    const match = token.exec(line);
    if (match === null) throw new Error(`unknown at ${at}: ${line.slice(at)}`);
    const [, codes, block] = match;
    if (codes !== undefined) {
      const known = /(?:^|;)(?:(0)|(49)|([34]8);(5;\d+|2;\d+;\d+;\d+))(?=;|$)/y;
      while (known.lastIndex < codes.length) {
        const code = known.exec(codes);
        if (code === null) throw new Error(`unknown colours ${codes}`);
        const [, reset, noBackground, ground, colour] = code;
        if (reset !== undefined) foreground = background = null;
        if (noBackground !== undefined) background = null;
        if (ground === '38') foreground = colour ?? null;
        if (ground === '48') background = colour ?? null;
      }
      continue;
    }
    cells.push({
      top: block === '▀' ? foreground : background,
      bottom: block === '▄' ? foreground : background,
    });
  }
  if (foreground !== null || background !== null) throw new Error('colours are left on');
  return cells;
}

/** The picture of a text with 24-bit colours; lines that are shorter end in nothing. */
export function pictureOf(cells: Cell[][], width: number, height: number): RgbaImage {
  return paint(width, height, (x, y) => {
    const cell = cells[y >> 1]?.[x];
    return rgba(y % 2 === 0 ? cell?.top : cell?.bottom);
  });
}

function rgba(colour: string | null | undefined): Rgba {
  if (colour == null) return NOTHING;
  const [kind, red, green, blue] = colour.split(';').map(Number);
  if (kind !== 2) throw new Error(`${colour} has no 24 bits`);
  return [red!, green!, blue!, 255];
}
