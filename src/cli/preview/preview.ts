import type { RgbaImage } from '../../pixels/image.ts';
import { plural } from '../terminal/units.ts';
import { halfBlocks } from './half-blocks.ts';
import { kittyPicture } from './kitty.ts';
import { countColours } from './pixels.ts';
import type { GraphicsProtocol } from './probe.ts';
import {
  enlarge,
  greatestCommonDivisor,
  largestFactor,
  padToCells,
  pitchOf,
  type PixelSize,
  reduce,
  reducedSize,
  type Scale,
  smallestReduction,
} from './scale.ts';
import { sixelPicture } from './sixel.ts';
import { nodeZlib } from './zlib.ts';

export interface PreviewOptions {
  protocol: GraphicsProtocol;
  /** Cells of the terminal. */
  columns: number;
  rows: number;
  /** Size of a cell; null or none where it is not known. */
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

/** What is taken for a cell where the terminal does not tell; of half blocks it is known. */
const CELLS: Readonly<Record<GraphicsProtocol, PixelSize>> = {
  // Kitty's pictures are stretched to their cells, so only proportions can be wrong.
  kitty: { width: 8, height: 16 },
  // Sixel is cut off or scrolls away when cells are smaller than thought, so these are about the smallest in use.
  sixel: { width: 6, height: 12 },
  // A pixel is as wide as a cell and half as high.
  'half-blocks': { width: 1, height: 2 },
};

/** Rows that small pictures are enlarged to. */
const ENLARGED_ROWS = 32;
/** Rows below the picture: caption and prompt, and a note where one is needed. */
const ROWS_BELOW = 2;

/**
 * Draws a picture for a terminal. Sizes change by whole factors and by picking pixels, so that every colour shown is
 * one of the picture's own, as far as the terminal has it.
 */
export function renderPreview(image: RgbaImage, options: PreviewOptions): Preview {
  const { protocol, cellPixels } = options;
  const cell = (protocol === 'half-blocks' ? null : cellPixels) ?? CELLS[protocol];
  const scale = chooseScale(image, cell, options);
  return {
    picture: draw(enlarge(reduce(image, scale.reducedBy), scale.enlargedBy), cell, options),
    caption: `${image.width}×${image.height} · ${plural(countColours(image), 'colour')}`,
    note: noteOn(image, scale, options.scale),
    scale,
  };
}

function chooseScale(image: RgbaImage, cell: PixelSize, options: PreviewOptions): Scale {
  const { columns, rows, scale: wished } = options;
  const room = (height: number) => ({
    width: columns * cell.width,
    height: Math.max(1, height) * cell.height,
  });
  // Whoever names a scale may scroll for it; only lines must not wrap.
  const [whole, noted] =
    wished === undefined
      ? [room(rows - ROWS_BELOW), room(rows - ROWS_BELOW - 1)]
      : [room(Infinity), room(Infinity)];
  if (largestFactor(image, whole) < 1) return reducingScale(image, noted);
  const height = Math.min(whole.height, ENLARGED_ROWS * cell.height);
  const enlargedBy =
    wished === undefined
      ? Math.max(1, largestFactor(image, { ...whole, height }))
      : Math.min(wished, largestFactor(image, whole));
  return { reducedBy: 1, enlargedBy };
}

/** A picture that was enlarged before goes back to its own pixels: nothing of it is lost then. */
function reducingScale(image: RgbaImage, room: PixelSize): Scale {
  const pitch = pitchOf(image);
  const own = reducedSize(image, pitch);
  const enlargedBy = largestFactor(own, room);
  return enlargedBy >= 1
    ? { reducedBy: pitch, enlargedBy }
    : { reducedBy: pitch * smallestReduction(own, room), enlargedBy: 1 };
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

function noteOn(image: RgbaImage, { reducedBy, enlargedBy }: Scale, wished = 1): string | null {
  if (reducedBy > 1) {
    const tooLarge = 'Too large for this terminal:';
    if (reducedBy > pitchOf(image))
      return `${tooLarge} every ${ordinal(reducedBy)} pixel is shown.`;
    const common = greatestCommonDivisor(enlargedBy, reducedBy);
    return `${tooLarge} shown at ${enlargedBy / common}/${reducedBy / common} of its size.`;
  }
  return enlargedBy < wished
    ? `Scale ${wished} is too wide for this terminal: shown at scale ${enlargedBy}.`
    : null;
}

function ordinal(count: number): string {
  const isTeen = Math.floor(count / 10) % 10 === 1;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
