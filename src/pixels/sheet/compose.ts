import { createImage, cropImage, type RgbaImage } from '../image.ts';
import { SheetError } from './error.ts';
import type { PackedSheet, PlacedFrame, SheetPage } from './placement.ts';

/** Pixels of a page, 256 MiB of them; the PNG codec reads no more. */
const MAX_PIXELS = 64 * 1024 * 1024;

/**
 * Paints a page: each frame's part at its place, its edge repeated around it as often as the sheet extrudes.
 * @throws SheetError `too-large` beyond 64 Mi pixels
 */
export function composePage({ extrude }: PackedSheet, page: SheetPage): RgbaImage {
  if (page.width * page.height > MAX_PIXELS) {
    throw new SheetError(
      'too-large',
      `A page of ${page.width}x${page.height} pixels is too large; lower the page's size so that there are more pages.`,
    );
  }
  const canvas = createImage(page.width, page.height);
  for (const place of page.frames) paint(canvas, place, extrude);
  return canvas;
}

function paint(canvas: RgbaImage, { frame, part, x, y }: PlacedFrame, extrude: number): void {
  const { image } = frame;
  for (let row = -extrude; row < part.height + extrude; row++) {
    const from = part.y + Math.min(Math.max(row, 0), part.height - 1);
    const start = (from * image.width + part.x) * 4;
    const end = start + part.width * 4;
    const at = ((y + row) * canvas.width + x) * 4;
    canvas.data.set(image.data.subarray(start, end), at);
    for (let step = 1; step <= extrude; step++) {
      canvas.data.set(image.data.subarray(start, start + 4), at - step * 4);
      canvas.data.set(image.data.subarray(end - 4, end), at + (part.width + step - 1) * 4);
    }
  }
}

/**
 * Cuts a frame out of its page again, with the transparent edges that were trimmed.
 * @param source size of the whole frame
 * @param part the frame's part that the page holds
 * @throws RangeError when it is not inside the page
 */
export function cutFrame(
  page: RgbaImage,
  at: { x: number; y: number },
  part: { x: number; y: number; width: number; height: number },
  source: { width: number; height: number },
): RgbaImage {
  const cut = cropImage(page, { x: at.x, y: at.y, width: part.width, height: part.height });
  if (part.width === source.width && part.height === source.height) return cut;
  const inside =
    part.x >= 0 &&
    part.y >= 0 &&
    part.x + part.width <= source.width &&
    part.y + part.height <= source.height;
  if (!inside) throw new RangeError('The part is not inside the frame.');
  const image = createImage(source.width, source.height);
  pasteImage(image, cut, part.x, part.y);
  return image;
}

/** Copies a picture into a larger one, where it must fit. */
export function pasteImage(canvas: RgbaImage, image: RgbaImage, x: number, y: number): void {
  for (let row = 0; row < image.height; row++) {
    const from = row * image.width * 4;
    canvas.data.set(
      image.data.subarray(from, from + image.width * 4),
      ((y + row) * canvas.width + x) * 4,
    );
  }
}
