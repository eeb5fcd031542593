import type { Size } from '../stage/viewport.ts';

/** CSS pixels of a window's title. */
const HEADER = 28;

/** Where a window lies in its stage, in CSS pixels that are whole device pixels; `header` of its height is the title. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
  header: number;
}

/**
 * Equal windows in rows and columns, with a line of a device pixel between them.
 * @param bounds of the stage in the page, in CSS pixels
 * @param columnsFor columns for a width and height in CSS pixels
 * @returns the windows, and what is painted in each in device pixels
 */
export function boxesOf(
  bounds: { left: number; top: number; width: number; height: number },
  ratio: number,
  count: number,
  columnsFor: (width: number, height: number) => number,
): { boxes: Box[]; window: Size } {
  const columns = columnsFor(bounds.width, bounds.height);
  const rows = Math.ceil(count / columns);
  // The stage itself may begin between two device pixels.
  const start = (at: number): number => Math.ceil(at * ratio - 0.01) - at * ratio;
  const [left, top] = [start(bounds.left), start(bounds.top)];
  // Where a CSS pixel is whole device pixels, windows keep to it: some browsers round to it.
  const unit = Number.isInteger(ratio) ? ratio : 1;
  const share = (room: number, parts: number): number =>
    Math.max(0, Math.floor((room - (parts - 1) * unit) / parts / unit) * unit);
  const width = share(bounds.width * ratio - left, columns);
  const height = share(bounds.height * ratio - top, rows);
  const header = Math.min(height, Math.round(HEADER * ratio));
  const boxes = Array.from({ length: count }, (_, at) => ({
    left: (left + (at % columns) * (width + unit)) / ratio,
    top: (top + Math.floor(at / columns) * (height + unit)) / ratio,
    width: width / ratio,
    height: height / ratio,
    header: header / ratio,
  }));
  return { boxes, window: { width, height: height - header } };
}
