import { CHANNELS, type Header } from './header.ts';

/** A set of rows that is filtered by itself: the whole image, or one of Adam7's seven. */
export interface Pass {
  width: number;
  height: number;
  /** Place of its first pixel in the image. */
  x: number;
  y: number;
  /** Distance of its pixels in the image. */
  stepX: number;
  stepY: number;
  /** Bytes of a row without the filter byte. */
  rowBytes: number;
}

/** Adam7: first column, first row, distance of columns, distance of rows. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The passes of an image in file order; those without pixels are left out, as in the file. */
export function passesOf({ width, height, bitDepth, colorType, interlaced }: Header): Pass[] {
  const pixelBits = CHANNELS[colorType] * bitDepth;
  const steps = interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const);
  return steps
    .map(([x, y, stepX, stepY]) => {
      const passWidth = Math.max(0, Math.ceil((width - x) / stepX));
      const passHeight = Math.max(0, Math.ceil((height - y) / stepY));
      const rowBytes = Math.ceil((passWidth * pixelBits) / 8);
      return { width: passWidth, height: passHeight, x, y, stepX, stepY, rowBytes };
    })
    .filter(pass => pass.width > 0 && pass.height > 0);
}

/** Bytes of all passes with their filter bytes: what the image data inflates to. */
export function filteredBytes(passes: readonly Pass[]): number {
  return passes.reduce((sum, pass) => sum + pass.height * (pass.rowBytes + 1), 0);
}
