import { SheetError } from './error.ts';
import type { GridLayout, LayoutOptions, PackedSheet, PlacedFrame } from './placement.ts';
import { pageLimit, powerOfTwo } from './page-size.ts';
import type { Sheet } from './sheet.ts';

/** Whether all frames have one size. */
export function hasOneSize({ frames }: Sheet): boolean {
  const { width, height } = frames[0]!.image;
  return frames.every(({ image }) => image.width === width && image.height === height);
}

const NO_CELLS = { of: new Map<string, number>(), count: 0 };

/** Keeps the cells that are given; the other frames follow behind, since a map may still show a cell that was left. */
function cellsOf(sheet: Sheet, given: NonNullable<LayoutOptions['cells']>): number[] {
  const taken = new Set<number>();
  const kept = sheet.frames.map(frame => {
    const cell = given.of.get(frame.id);
    if (
      cell === undefined ||
      !Number.isInteger(cell) ||
      cell < 0 ||
      cell >= given.count ||
      taken.has(cell)
    )
      return null;
    taken.add(cell);
    return cell;
  });
  let next = given.count;
  return kept.map(cell => cell ?? next++);
}

/**
 * Lays frames of one size out in rows.
 * @throws SheetError `frame-sizes`, `too-large` when not even one cell fits a page
 */
export function layoutGrid(sheet: Sheet, options: LayoutOptions): PackedSheet {
  const { padding = 0, extrude = 0, cells = NO_CELLS } = options;
  const maxSize = pageLimit(options);
  if (!hasOneSize(sheet)) {
    throw new SheetError('frame-sizes', 'A grid needs frames of one size; pad the smaller ones.');
  }
  const { width, height } = sheet.frames[0]!.image;
  const spacing = padding + 2 * extrude;
  const fit = (size: number) => Math.floor((maxSize - 2 * extrude + spacing) / (size + spacing));
  const most = fit(width);
  if (most < 1 || fit(height) < 1) {
    throw new SheetError(
      'too-large',
      `A frame of ${width}x${height} does not fit a page of ${maxSize}; raise the page's size.`,
    );
  }
  const places = cellsOf(sheet, cells);
  const count = Math.max(cells.count, largest(places) + 1);
  const columns = options.columns ?? Math.min(most, nearSquare(count, width, height));
  if (columns > most) {
    throw new SheetError(
      'too-large',
      `${columns} columns of ${width} pixels do not fit a page of ${maxSize}; at most ${most} do.`,
    );
  }
  const rows = Math.min(Math.ceil(count / columns), fit(height));
  const grid: GridLayout = {
    cellWidth: width,
    cellHeight: height,
    columns,
    rows,
    margin: extrude,
    spacing,
  };
  const placed = sheet.frames.map((frame, index): PlacedFrame => {
    const cell = places[index]!;
    const onPage = cell % (columns * rows);
    return {
      frame,
      index,
      page: Math.floor(cell / (columns * rows)),
      x: grid.margin + (onPage % columns) * (width + spacing),
      y: grid.margin + Math.floor(onPage / columns) * (height + spacing),
      part: { x: 0, y: 0, width, height },
    };
  });
  const side = (cell: number, n: number) => {
    const size = 2 * grid.margin + n * cell + (n - 1) * spacing;
    return options.powerOfTwo === true ? powerOfTwo(size) : size;
  };
  const pages = Array.from({ length: Math.ceil(count / (columns * rows)) }, () => ({
    width: side(width, columns),
    height: side(height, rows),
    frames: [] as PlacedFrame[],
  }));
  for (const place of placed) pages[place.page]!.frames.push(place);
  return { sheet, pages, placed, grid, extrude };
}

/** -1 of none. */
function largest(values: Iterable<number>): number {
  let most = -1;
  for (const value of values) if (value > most) most = value;
  return most;
}

function nearSquare(count: number, width: number, height: number): number {
  return Math.max(1, Math.min(count, Math.ceil(Math.sqrt((count * height) / width))));
}
