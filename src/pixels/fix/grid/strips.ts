import type { RgbaImage } from '../../image.ts';

export type Axis = 'x' | 'y';

/** A picture as strips along an axis: each the sum of a few neighbouring rows (for x) or columns (for y), alpha over a key colour. */
export interface Strips {
  /** Strips. */
  count: number;
  /** Pixels along the axis. */
  length: number;
  /** Rows or columns summed in one strip. */
  depth: number;
  /** `count * length` sums each, 0 to 255 * depth. */
  red: Uint16Array;
  green: Uint16Array;
  blue: Uint16Array;
}

/** Strips looked at: enough for every cell of a sprite, few enough for a picture of 8192x8192. */
const MOST_STRIPS = 256;

/** Colour under transparent pixels: hardly any sprite has it along its border. */
const KEY = { red: 255, green: 0, blue: 255 };

/** Rows summed: averages noise out but stays within the cells that are likely for the size. */
function depthFor(across: number): number {
  if (across >= 384) return 4;
  return across >= 128 ? 2 : 1;
}

export function stripsAlong(image: RgbaImage, axis: Axis): Strips {
  const across = axis === 'x' ? image.height : image.width;
  const length = axis === 'x' ? image.width : image.height;
  const depth = depthFor(Math.min(image.width, image.height));
  const whole = Math.floor(across / depth);
  const step = Math.max(1, Math.ceil(whole / MOST_STRIPS));
  const count = Math.floor((whole + step - 1) / step);
  const size = count * length;
  const strips: Strips = {
    count,
    length,
    depth,
    red: new Uint16Array(size),
    green: new Uint16Array(size),
    blue: new Uint16Array(size),
  };
  if (axis === 'x') sumRows(image, strips, step * depth);
  else sumColumns(image, strips, step * depth);
  return strips;
}

function sumRows({ data, width }: RgbaImage, strips: Strips, step: number): void {
  const { count, length, depth, red, green, blue } = strips;
  for (let strip = 0; strip < count; strip++) {
    const to = strip * length;
    for (let row = 0; row < depth; row++) {
      let from = (strip * step + row) * width * 4;
      for (let x = 0; x < length; x++, from += 4) {
        if (data[from + 3] === 255) {
          red[to + x]! += data[from]!;
          green[to + x]! += data[from + 1]!;
          blue[to + x]! += data[from + 2]!;
        } else addOver(strips, to + x, data, from);
      }
    }
  }
}

function sumColumns({ data, width }: RgbaImage, strips: Strips, step: number): void {
  const { count, length, depth, red, green, blue } = strips;
  for (let y = 0; y < length; y++) {
    for (let strip = 0; strip < count; strip++) {
      let from = (y * width + strip * step) * 4;
      const to = strip * length + y;
      for (let column = 0; column < depth; column++, from += 4) {
        if (data[from + 3] === 255) {
          red[to]! += data[from]!;
          green[to]! += data[from + 1]!;
          blue[to]! += data[from + 2]!;
        } else addOver(strips, to, data, from);
      }
    }
  }
}

function addOver(strips: Strips, to: number, data: Uint8ClampedArray, from: number): void {
  const alpha = data[from + 3]!;
  const rest = 255 - alpha;
  strips.red[to]! += Math.round((data[from]! * alpha + KEY.red * rest) / 255);
  strips.green[to]! += Math.round((data[from + 1]! * alpha + KEY.green * rest) / 255);
  strips.blue[to]! += Math.round((data[from + 2]! * alpha + KEY.blue * rest) / 255);
}

/** The same picture in strips `times` as deep: less noise, but cells must be as large. */
export function deeper(strips: Strips, times: number): Strips {
  const { length, depth } = strips;
  const count = Math.floor(strips.count / times);
  const merge = (sums: Uint16Array): Uint16Array => {
    const merged = new Uint16Array(count * length);
    for (let strip = 0; strip < count; strip++) {
      const to = strip * length;
      for (let k = 0; k < times; k++) {
        const from = (strip * times + k) * length;
        for (let x = 0; x < length; x++) merged[to + x]! += sums[from + x]!;
      }
    }
    return merged;
  };
  return {
    count,
    length,
    depth: depth * times,
    red: merge(strips.red),
    green: merge(strips.green),
    blue: merge(strips.blue),
  };
}
