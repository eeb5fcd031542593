import { createImage, type RgbaImage } from '../image.ts';
import { GLYPH_HEIGHT } from './font.ts';
import { type Colour, drawText, fillRectangle, fitText, textWidth } from './text.ts';

/** A picture, or a word for why there is none. */
export type SheetCell = RgbaImage | string;

/** A row of a contact sheet: what was asked for, and a cell for each column. */
export interface SheetRow {
  /** Lines above its cells. */
  label: readonly string[];
  cells: readonly SheetCell[];
}

export interface ContactSheetOptions {
  /** Pixels that the longer edge of the largest picture is enlarged to, by a whole factor; default 160. */
  edge?: number;
}

const PAPER: Colour = [30, 30, 34];
const INK: Colour = [236, 236, 240];
const FAINT: Colour = [160, 160, 170];
const CHECKS: readonly Colour[] = [
  [78, 78, 86],
  [96, 96, 104],
];
const CHECK = 8;
const MARGIN = 16;
const GAP = 12;
const TEXT_SCALE = 2;
const LINE = (GLYPH_HEIGHT + 3) * TEXT_SCALE;
/** Names beyond this are shortened. */
const WIDEST_NAME = 280;
/** Narrower columns have no room for a name. */
const LEAST_COLUMN = 140;

function isImage(cell: SheetCell): cell is RgbaImage {
  return typeof cell !== 'string';
}

function drawChecks(sheet: RgbaImage, x: number, y: number, width: number, height: number): void {
  for (let row = 0; row < height; row += CHECK) {
    for (let column = 0; column < width; column += CHECK) {
      const colour = CHECKS[(row / CHECK + column / CHECK) % 2] ?? PAPER;
      const wide = Math.min(CHECK, width - column);
      fillRectangle(sheet, x + column, y + row, wide, Math.min(CHECK, height - row), colour);
    }
  }
}

/** Draws a picture enlarged by a whole factor, each pixel a square, over what is there. */
function drawEnlarged(sheet: RgbaImage, image: RgbaImage, x: number, y: number, scale: number) {
  for (let row = 0; row < image.height * scale; row++) {
    for (let column = 0; column < image.width * scale; column++) {
      const from = (Math.floor(row / scale) * image.width + Math.floor(column / scale)) * 4;
      const to = ((y + row) * sheet.width + x + column) * 4;
      const alpha = (image.data[from + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel++) {
        const under = sheet.data[to + channel] ?? 0;
        sheet.data[to + channel] = under + ((image.data[from + channel] ?? 0) - under) * alpha;
      }
      sheet.data[to + 3] = 255;
    }
  }
}

/**
 * One picture of many: a column for each name, a row for each thing that was asked for, every cell enlarged by the same whole factor
 * without smoothing, on checks where it is transparent.
 * @param names above the columns
 * @throws RangeError for a row with more or fewer cells than there are names
 */
export function contactSheet(
  names: readonly string[],
  rows: readonly SheetRow[],
  { edge = 160 }: ContactSheetOptions = {},
): RgbaImage {
  if (names.length === 0 || rows.some(({ cells }) => cells.length !== names.length)) {
    throw new RangeError('Every row of a contact sheet needs a cell for each of its columns.');
  }
  const images = rows.flatMap(({ cells }) => cells.filter(isImage));
  const longest = Math.max(1, ...images.map(({ width, height }) => Math.max(width, height)));
  const scale = Math.max(1, Math.floor(edge / longest));
  const named = names.map(name => Math.min(WIDEST_NAME, textWidth(name, TEXT_SCALE)));
  const column = Math.max(LEAST_COLUMN, ...named, ...images.map(({ width }) => width * scale));
  const heightOf = ({ cells }: SheetRow): number =>
    Math.max(LINE, ...cells.filter(isImage).map(({ height }) => height * scale));
  const width = 2 * MARGIN + names.length * column + (names.length - 1) * GAP;
  const height = rows.reduce(
    (sum, row) => sum + row.label.length * LINE + heightOf(row) + GAP,
    2 * MARGIN + LINE,
  );
  const sheet = createImage(width, height);
  fillRectangle(sheet, 0, 0, width, height, PAPER);
  const left = (place: number): number => MARGIN + place * (column + GAP);
  names.forEach((name, place) => {
    drawText(sheet, fitText(name, column, TEXT_SCALE), left(place), MARGIN, INK, TEXT_SCALE);
  });
  let y = MARGIN + LINE;
  for (const row of rows) {
    for (const line of row.label) {
      const fitted = fitText(line, width - 2 * MARGIN, TEXT_SCALE);
      drawText(sheet, fitted, MARGIN, y, FAINT, TEXT_SCALE);
      y += LINE;
    }
    const tall = heightOf(row);
    row.cells.forEach((cell, place) => {
      if (isImage(cell)) {
        drawChecks(sheet, left(place), y, cell.width * scale, cell.height * scale);
        drawEnlarged(sheet, cell, left(place), y, scale);
        return;
      }
      const word = fitText(cell, column, TEXT_SCALE);
      const x = left(place) + Math.floor((column - textWidth(word, TEXT_SCALE)) / 2);
      const middle = y + Math.floor((tall - GLYPH_HEIGHT * TEXT_SCALE) / 2);
      drawText(sheet, word, x, middle, FAINT, TEXT_SCALE);
    });
    y += tall + GAP;
  }
  return sheet;
}
