import type { RgbaImage } from '../../pixels/image.ts';
import { plural } from '../terminal/units.ts';
import { halfBlocks } from './half-blocks.ts';
import { kittyPicture } from './kitty.ts';
import { countColours } from './pixels.ts';
import type { GraphicsProtocol } from './probe.ts';
import {
  largestFactor,
  padToCells,
  type PixelSize,
  type Scale,
  scaleImage,
  smallestReduction,
} from './scale.ts';
import { sixelPicture } from './sixel.ts';
import { nodeZlib } from './zlib.ts';

export interface PreviewOptions {
  protocol: GraphicsProtocol;
  /** Cells of the terminal. */
  columns: number;
  rows: number;
  /** Size of a cell; default 8x16. */
  cellPixels?: PixelSize | null;
  /** Wished enlargement, a whole number; what is too wide for the terminal gets the largest that fits. */
  scale?: number;
  /** Of half blocks: 24-bit colours (default), else the nearest of 256. */
  trueColour?: boolean;
}

export interface Preview {
  /** Lines that end with a line feed, ready to be written. */
  picture: string;
  /** `32×32 · 12 colours` */
  caption: string;
  /** A sentence when less or smaller is shown than was there or wished for. */
  note: string | null;
  scale: Scale;
}

const USUAL_CELL: PixelSize = { width: 8, height: 16 };
/** Half blocks: a pixel is as wide as a cell and half as high. */
const HALF_BLOCK_CELL: PixelSize = { width: 1, height: 2 };

/** Rows that small pictures are enlarged to. */
const ENLARGED_ROWS = 32;
/** Rows below the picture: caption and prompt, and a note where one is needed. */
const ROWS_BELOW = 2;

/**
 * Draws a picture for a terminal. Sizes change by whole factors and by picking pixels, so that every colour shown is
 * one of the picture's own, as far as the terminal has it.
 */
export function renderPreview(image: RgbaImage, options: PreviewOptions): Preview {
  const isText = options.protocol === 'half-blocks';
  const cell = isText ? HALF_BLOCK_CELL : (options.cellPixels ?? USUAL_CELL);
  const scale = chooseScale(image, cell, options);
  return {
    picture: draw(scaleImage(image, scale), cell, options),
    caption: `${image.width}×${image.height} · ${plural(countColours(image), 'colour')}`,
    note: noteOn(scale, options.scale),
    scale,
  };
}

function chooseScale(image: PixelSize, cell: PixelSize, options: PreviewOptions): Scale {
  const width = options.columns * cell.width;
  if (options.scale !== undefined) {
    // Whoever names a scale may scroll for it; only lines must not wrap.
    const most = Math.floor(width / image.width);
    if (most >= 1) return { by: 'enlarging', factor: Math.min(options.scale, most) };
    return { by: 'reducing', factor: Math.ceil(image.width / width) };
  }
  const room = (rows: number) => ({ width, height: Math.max(1, rows) * cell.height });
  const rows = options.rows - ROWS_BELOW;
  if (largestFactor(image, room(rows)) >= 1) {
    const factor = largestFactor(image, room(Math.min(rows, ENLARGED_ROWS)));
    return { by: 'enlarging', factor: Math.max(1, factor) };
  }
  return { by: 'reducing', factor: smallestReduction(image, room(rows - 1)) };
}

function draw(image: RgbaImage, cell: PixelSize, options: PreviewOptions): string {
  switch (options.protocol) {
    case 'half-blocks':
      return halfBlocks(image, options.trueColour ?? true);
    case 'sixel':
      return `${sixelPicture(image)}\n`;
    case 'kitty': {
      const padded = padToCells(image, cell);
      const cells = { columns: padded.width / cell.width, rows: padded.height / cell.height };
      return `${kittyPicture(padded, cells, nodeZlib)}\n`;
    }
  }
}

function noteOn({ by, factor }: Scale, wished: number | undefined): string | null {
  if (by === 'reducing') {
    return `Too large for this terminal: every ${ordinal(factor)} pixel is shown.`;
  }
  if (wished !== undefined && factor < wished) {
    return `Scale ${wished} is too wide for this terminal: shown at scale ${factor}.`;
  }
  return null;
}

function ordinal(count: number): string {
  const isTeen = Math.floor(count / 10) % 10 === 1;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
