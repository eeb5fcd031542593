import type { RgbaImage } from './image.ts';

/**
 * Whether a picture is nothing but black (each of R, G, B at most 2), as models draw that computed NaN.
 * A black shape on transparency is not.
 */
export function isBlack({ data }: RgbaImage): boolean {
  for (let i = 0; i < data.length; i += 4) {
    if (data[i]! > 2 || data[i + 1]! > 2 || data[i + 2]! > 2 || data[i + 3] !== data[3])
      return false;
  }
  return true;
}
