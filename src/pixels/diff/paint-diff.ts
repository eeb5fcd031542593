import { createImage, type RgbaImage } from '../image.ts';
import type { Offset } from './align.ts';
import { CHANGE, type ImageDiff } from './diff-images.ts';

/** Colours of changed, added and removed cells; told apart without red and green too. */
const PAINT: Readonly<Record<number, readonly [number, number, number]>> = {
  [CHANGE.changed]: [255, 200, 0],
  [CHANGE.added]: [40, 120, 255],
  [CHANGE.removed]: [230, 40, 90],
};

/** Share of the opacity that is left of what did not change. */
const FADED = 0.35;

/**
 * The joint canvas of a diff: changed cells amber, added ones blue, removed ones red, all else as before but faded and grey.
 * @param before the picture that the diff was made of; null leaves all else transparent
 */
export function paintDiff(diff: ImageDiff, before: RgbaImage | null): RgbaImage {
  const image = createImage(diff.width, diff.height);
  if (before !== null) paintFaded(image, before, diff.before);
  for (const [cell, change] of diff.mask.entries()) {
    const colour = PAINT[change];
    if (colour !== undefined) image.data.set([...colour, 255], cell * 4);
  }
  return image;
}

/** Grey by the luminance weights of Rec. 601 in whole numbers, so that every machine paints the same. */
function paintFaded(target: RgbaImage, source: RgbaImage, at: Offset): void {
  for (let cell = 0; cell < source.width * source.height; cell++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = source.data.subarray(cell * 4, cell * 4 + 4);
    const grey = (red * 77 + green * 150 + blue * 29) >> 8;
    const x = at.x + (cell % source.width);
    const y = at.y + Math.floor(cell / source.width);
    target.data.set([grey, grey, grey, alpha * FADED], (y * target.width + x) * 4);
  }
}
