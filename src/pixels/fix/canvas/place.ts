import { createImage, type Rectangle, type RgbaImage } from '../../image.ts';
import type { CanvasChoice } from '../settings.ts';

/**
 * The part of a picture that a canvas shows; it may reach beyond the picture.
 * @param content what must be seen, in cells
 * @param size of the canvas in cells
 */
export function windowFor(
  content: Rectangle,
  size: readonly [width: number, height: number],
  { pad, horizontal, vertical }: CanvasChoice,
): Rectangle {
  const place = { left: 0, top: 0, center: 1, right: 2, bottom: 2 } as const;
  const start = (from: number, extent: number, room: number, at: 0 | 1 | 2): number => {
    const spare = room - extent;
    const kept = Math.max(0, Math.min(pad, spare >> 1));
    return from - [kept, spare >> 1, spare - kept][at]!;
  };
  return {
    x: start(content.x, content.width, size[0], place[horizontal]),
    y: start(content.y, content.height, size[1], place[vertical]),
    width: size[0],
    height: size[1],
  };
}

/**
 * Moves a window of a picture's size or smaller into the picture, so that it shows nothing beside it.
 * @param window of which a side that is longer than the picture's stays as it is
 */
export function keepInside(window: Rectangle, width: number, height: number): Rectangle {
  const shift = (from: number, extent: number, side: number): number =>
    extent > side ? from : Math.max(0, Math.min(side - extent, from));
  return {
    ...window,
    x: shift(window.x, window.width, width),
    y: shift(window.y, window.height, height),
  };
}

/**
 * Copies a window; what lies beside the picture takes the colour given.
 * @param beside red, green, blue and alpha
 */
export function copyWindow(
  image: RgbaImage,
  window: Rectangle,
  beside: readonly [number, number, number, number],
): RgbaImage {
  const result = createImage(window.width, window.height);
  if (beside[3] > 0) {
    for (let at = 0; at < result.data.length; at += 4) result.data.set(beside, at);
  }
  const left = Math.max(0, window.x);
  const right = Math.min(image.width, window.x + window.width);
  if (right <= left) return result;
  for (let y = Math.max(0, window.y); y < Math.min(image.height, window.y + window.height); y++) {
    const from = (y * image.width + left) * 4;
    const to = ((y - window.y) * window.width + left - window.x) * 4;
    result.data.set(image.data.subarray(from, from + (right - left) * 4), to);
  }
  return result;
}
