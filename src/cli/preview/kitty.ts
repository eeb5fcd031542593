import type { RgbaImage } from '../../pixels/image.ts';
import { encodePng } from '../../pixels/png/encode.ts';
import type { Zlib } from '../../pixels/png/zlib.ts';
import { ESC, ST } from './escape.ts';

/** Most base64 that one escape code may hold. */
const PIECE = 4096;

/** Speed matters here, not size: the bytes live for one picture. */
const LEVEL = 1;

/** Cells of the terminal. */
export interface Cells {
  columns: number;
  rows: number;
}

/**
 * A picture in Kitty's graphics protocol, as PNG over the given cells. The terminal stretches it to them,
 * so its size should be a multiple of theirs. Afterwards the cursor stands right of the last row.
 */
export function kittyPicture(image: RgbaImage, { columns, rows }: Cells, zlib: Zlib): string {
  const png = encodePng(image, zlib, { level: LEVEL });
  const base64 = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64');
  const pieces: string[] = [];
  for (let at = 0; at < base64.length; at += PIECE) {
    const more = at + PIECE < base64.length ? 1 : 0;
    const control = at === 0 ? `a=T,f=100,q=2,c=${columns},r=${rows},m=${more}` : `q=2,m=${more}`;
    pieces.push(`${ESC}_G${control};${base64.slice(at, at + PIECE)}${ST}`);
  }
  return pieces.join('');
}
