import { createImage, type RgbaImage } from '../image.ts';
import { pasteImage } from './compose.ts';
import { SheetError } from './error.ts';
import type { Sheet, SheetFrame } from './sheet.ts';
import { MAX_SIDE } from './validate.ts';

/** Frames on one canvas, for formats that know no other. */
export interface CommonCanvas {
  width: number;
  height: number;
  /** Top left corner of each frame on it. */
  corners: { x: number; y: number }[];
}

/** Frames without a pivot stand on the middle of their bottom edge, as characters do. */
function anchorOf({ image, pivot }: SheetFrame): { x: number; y: number } {
  return pivot === null
    ? { x: Math.floor(image.width / 2), y: image.height }
    : { x: Math.floor(pivot.x), y: Math.floor(pivot.y) };
}

/**
 * The smallest canvas on which all frames lie with their pivots in one place.
 * @throws SheetError `too-large` beyond 16384 pixels along a side
 */
export function commonCanvas({ frames }: Sheet): CommonCanvas {
  let left = -Infinity;
  let top = -Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  const anchors = frames.map(frame => {
    const { width, height } = frame.image;
    const anchor = anchorOf(frame);
    left = Math.max(left, anchor.x);
    top = Math.max(top, anchor.y);
    right = Math.max(right, width - anchor.x);
    bottom = Math.max(bottom, height - anchor.y);
    return anchor;
  });
  const width = left + right;
  const height = top + bottom;
  if (width > MAX_SIDE || height > MAX_SIDE) {
    throw new SheetError(
      'too-large',
      `Frames laid over each other at their pivots need ${width}x${height} pixels; at most ${MAX_SIDE} along a side.`,
    );
  }
  return { width, height, corners: anchors.map(({ x, y }) => ({ x: left - x, y: top - y })) };
}

/** The frames' pictures, each as large as the common canvas. */
export function imagesOnCanvas(sheet: Sheet): RgbaImage[] {
  const { width, height, corners } = commonCanvas(sheet);
  return sheet.frames.map(({ image }, index) => {
    if (image.width === width && image.height === height) return image;
    const canvas = createImage(width, height);
    pasteImage(canvas, image, corners[index]!.x, corners[index]!.y);
    return canvas;
  });
}
