import { expect } from 'vitest';
import { equalImages, type RgbaImage } from '../../../../src/pixels/image.ts';
import { cutFrame } from '../../../../src/pixels/sheet/compose.ts';
import type { Sheet } from '../../../../src/pixels/sheet/sheet.ts';

/** A frame as a file describes it: what the page holds, and where that lies in the whole frame. */
export interface Described {
  page: RgbaImage;
  x: number;
  y: number;
  width: number;
  height: number;
  left?: number;
  top?: number;
  source?: { width: number; height: number };
}

/** Frames cut as a file says equal the originals byte for byte. */
export function expectSameFrames(sheet: Sheet, frames: ReadonlyMap<string, Described>): void {
  expect([...frames.keys()].sort()).toEqual(sheet.frames.map(({ id }) => id).sort());
  for (const { id, image } of sheet.frames) {
    const { page, x, y, width, height, left = 0, top = 0, source } = frames.get(id)!;
    const part = { x: left, y: top, width, height };
    const cut = cutFrame(page, { x, y }, part, source ?? { width, height });
    expect(equalImages(cut, image), id).toBe(true);
  }
}
