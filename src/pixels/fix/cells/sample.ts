import { createImage, type RgbaImage } from '../../image.ts';
import { medianOf } from './median.ts';

/** Share of a cell on each side that is blurred into its neighbour. */
const MARGIN = 0.25;

/** Places looked at along each side of a cell. */
const MOST_PLACES = 7;

/** Pixels of the inner parts of an axis's cells: `starts[cell]` to `starts[cell + 1]` in `places`. */
interface InnerPlaces {
  starts: Int32Array;
  places: Int32Array;
}

/** Difference of a channel from the cell's colour that noise hardly has, in 8-bit steps. */
const APART = 32;

/** Share of a cell's inner pixels that are so far apart when the cell is no single colour. */
const MIXED = 0.25;

/** The colours of cells, and where they are in doubt. */
export interface Sampled {
  /** A pixel for each cell, alpha 0 or 255. */
  cells: RgbaImage;
  /** 1 for a cell whose inner pixels are of more than one colour. */
  doubt: Uint8Array;
}

/**
 * The colour of each cell: per channel the median of its inner half's pixels. Where most of them are transparent (alpha below
 * 128) the cell is transparent and all zero; the others have no say in the colour.
 * @param columns, rows lines in pixels, within the picture
 */
export function sampleCells(
  image: RgbaImage,
  columns: ArrayLike<number>,
  rows: ArrayLike<number>,
): Sampled {
  const across = innerPlaces(columns, image.width);
  const down = innerPlaces(rows, image.height);
  const result = createImage(columns.length - 1, rows.length - 1);
  const most = MOST_PLACES * MOST_PLACES;
  const values = new Uint8Array(3 * most);
  const doubt = new Uint8Array(result.width * result.height);
  const { data, width } = image;
  let to = 0;
  for (let row = 0; row < result.height; row++) {
    for (let column = 0; column < result.width; column++, to += 4) {
      let count = 0;
      let clear = 0;
      for (let i = down.starts[row]!; i < down.starts[row + 1]!; i++) {
        const start = down.places[i]! * width;
        for (let k = across.starts[column]!; k < across.starts[column + 1]!; k++) {
          const from = (start + across.places[k]!) * 4;
          if (data[from + 3]! < 128) {
            clear++;
            continue;
          }
          values[count] = data[from]!;
          values[most + count] = data[from + 1]!;
          values[2 * most + count] = data[from + 2]!;
          count++;
        }
      }
      if (clear > count) continue;
      result.data[to] = medianOf(values, 0, count);
      result.data[to + 1] = medianOf(values, most, count);
      result.data[to + 2] = medianOf(values, 2 * most, count);
      result.data[to + 3] = 255;
      const apart = countApart(values, most, count, result.data, to);
      if (apart + clear > MIXED * (count + clear)) doubt[to / 4] = 1;
    }
  }
  return { cells: result, doubt };
}

/** How many of the first `count` colours in three planes of `most` values lie far from the one at `at`. */
function countApart(
  values: Uint8Array,
  most: number,
  count: number,
  data: Uint8ClampedArray,
  at: number,
): number {
  const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
  let apart = 0;
  for (let i = 0; i < count; i++) {
    const r = Math.abs(values[i]! - red);
    const g = Math.abs(values[most + i]! - green);
    const b = Math.abs(values[2 * most + i]! - blue);
    if (r > APART || g > APART || b > APART) apart++;
  }
  return apart;
}

function innerPlaces(lines: ArrayLike<number>, length: number): InnerPlaces {
  const starts = new Int32Array(lines.length);
  const places: number[] = [];
  for (let cell = 0; cell + 1 < lines.length; cell++) {
    const width = lines[cell + 1]! - lines[cell]!;
    const from = Math.ceil(lines[cell]! + MARGIN * width - 0.5);
    const to = Math.floor(lines[cell + 1]! - MARGIN * width - 0.5);
    const count = to - from + 1;
    if (count < 1) {
      const middle = Math.floor((lines[cell]! + lines[cell + 1]!) / 2);
      places.push(Math.max(0, Math.min(length - 1, middle)));
    } else {
      const taken = Math.min(MOST_PLACES, count);
      for (let i = 0; i < taken; i++) {
        places.push(from + Math.floor(((i + 0.5) * count) / taken));
      }
    }
    starts[cell + 1] = places.length;
  }
  return { starts, places: Int32Array.from(places) };
}
