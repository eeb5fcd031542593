import { createImage, type RgbaImage } from '../../image.ts';
import { FixError } from '../error.ts';
import { detectGrid } from '../grid/detect.ts';
import { driftOf, type Grid, spread } from '../grid/grid.ts';
import type { FixSettings, GridLines } from '../settings.ts';
import { type Sampled, sampleCells } from './sample.ts';
import { unmixCells } from './unmix.ts';

/** The cells of pictures before anything was done to them: kept, a change of palette or background needs no new search. */
export interface CellSource {
  /** One picture per frame, a pixel for each cell, alpha 0 or 255. */
  frames: RgbaImage[];
  /** Of each frame, 1 for a cell whose pixels are of more than one colour; null where pixels are cells by request. */
  doubts: (Uint8Array | null)[];
  grid: Grid;
}

/**
 * Finds the cells of one or more pictures that share a grid and takes their colours.
 * @throws FixError `no-frames`, `unequal-frames`, `bad-grid`
 */
export function findCells(
  images: readonly RgbaImage[],
  { grid: choice, size }: Pick<FixSettings, 'grid' | 'size'>,
): CellSource {
  const [first] = images;
  if (first === undefined) throw new FixError('no-frames', 'There is no picture to fix.');
  if (images.some(({ width, height }) => width !== first.width || height !== first.height))
    throw new FixError('unequal-frames', 'Frames that share a grid must be of one size.');
  if (choice === 'off')
    return {
      frames: images.map(hardAlpha),
      doubts: images.map(() => null),
      grid: pixelGrid(first),
    };
  const grid = choice === 'auto' ? detectGrid(images, size) : givenGrid(choice, first);
  const native = grid.report.method === 'exact' && grid.report.pitch[0] === 1;
  const sampled = images.map((image): Sampled => {
    if (native)
      return { cells: hardAlpha(image), doubt: new Uint8Array(image.width * image.height) };
    const { cells, doubt } = sampleCells(image, grid.columns, grid.rows);
    if (grid.report.method !== 'exact') unmixCells(image, cells, grid.columns, grid.rows);
    return { cells, doubt };
  });
  return {
    frames: sampled.map(({ cells }) => cells),
    doubts: sampled.map(({ doubt }) => doubt),
    grid,
  };
}

/** A copy with alpha 0 or 255 and nothing under transparent pixels. */
function hardAlpha({ width, height, data }: RgbaImage): RgbaImage {
  const result = createImage(width, height);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3]! < 128) continue;
    result.data[at] = data[at]!;
    result.data[at + 1] = data[at + 1]!;
    result.data[at + 2] = data[at + 2]!;
    result.data[at + 3] = 255;
  }
  return result;
}

function pixelGrid({ width, height }: RgbaImage): Grid {
  return {
    columns: spread(width, width),
    rows: spread(height, height),
    report: { ...KNOWN, method: 'off', cells: [width, height] },
  };
}

const KNOWN: Grid['report'] = {
  method: 'given',
  pitch: [1, 1],
  phase: [0, 0],
  cells: [1, 1],
  confidence: 1,
  coverage: 1,
  residual: 0,
  runnerUp: null,
  drift: 0,
};

function givenGrid(lines: GridLines, { width, height }: RgbaImage): Grid {
  const columns = checkedLines(lines.columns, width);
  const rows = checkedLines(lines.rows, height);
  const across = columns.length - 1;
  const down = rows.length - 1;
  return {
    columns,
    rows,
    report: {
      ...KNOWN,
      pitch: [(columns[across]! - columns[0]!) / across, (rows[down]! - rows[0]!) / down],
      phase: [columns[0]!, rows[0]!],
      cells: [across, down],
      drift: Math.max(driftOf(columns), driftOf(rows)),
    },
  };
}

function checkedLines(lines: ArrayLike<number>, length: number): Float64Array {
  const checked = Float64Array.from(lines);
  const sound =
    checked.length >= 2 &&
    checked[0]! >= 0 &&
    checked.at(-1)! <= length &&
    checked.every((line, i) => i === 0 || line > checked[i - 1]!);
  if (!sound) {
    throw new FixError(
      'bad-grid',
      `The lines of a grid rise from 0 or more to the picture's side, ${length} pixels, at most.`,
    );
  }
  return checked;
}
