import { createImage, cropImage, type RgbaImage } from '../../pixels/image.ts';
import { PixelsError } from '../../protocol/errors.ts';

/** How a sheet is cut: by its number of columns and rows, or by the size of a frame. */
export type SheetGrid =
  | { kind: 'count'; columns: number; rows: number }
  | { kind: 'size'; width: number; height: number };

/** Frames of a sheet, row by row; transparent ones at the end are places that are not used. */
export interface CutSheet {
  frames: RgbaImage[];
  columns: number;
}

/**
 * Cuts a sheet into its frames.
 * @throws PixelsError `invalid-params` when it does not divide
 */
export function cutSheet(sheet: RgbaImage, grid: SheetGrid): CutSheet {
  const width = grid.kind === 'size' ? grid.width : sheet.width / grid.columns;
  const height = grid.kind === 'size' ? grid.height : sheet.height / grid.rows;
  const columns = sheet.width / width;
  const rows = sheet.height / height;
  if (![width, height, columns, rows].every(value => Number.isInteger(value) && value > 0)) {
    const wanted =
      grid.kind === 'size'
        ? `frames of ${width}x${height}`
        : `${grid.columns} columns and ${grid.rows} rows`;
    throw new PixelsError(
      'invalid-params',
      `The sheet is ${sheet.width}x${sheet.height}, which does not divide into ${wanted}.`,
    );
  }
  const frames = Array.from({ length: columns * rows }, (_, index) =>
    cropImage(sheet, {
      x: (index % columns) * width,
      y: Math.floor(index / columns) * height,
      width,
      height,
    }),
  );
  const last = frames.findLastIndex(frame => !isClear(frame));
  return { frames: frames.slice(0, Math.max(1, last + 1)), columns };
}

/** A copy of a sheet with its frames replaced by others of the same size. */
export function pasteFrames(sheet: RgbaImage, { frames, columns }: CutSheet): RgbaImage {
  const result = createImage(sheet.width, sheet.height);
  result.data.set(sheet.data);
  for (const [index, { width, height, data }] of frames.entries()) {
    const left = (index % columns) * width;
    const top = Math.floor(index / columns) * height;
    for (let row = 0; row < height; row++) {
      const line = data.subarray(row * width * 4, (row + 1) * width * 4);
      result.data.set(line, ((top + row) * sheet.width + left) * 4);
    }
  }
  return result;
}

function isClear({ data }: RgbaImage): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) return false;
  return true;
}
