import { createImage, type RgbaImage } from '../image.ts';
import { cellsOf } from './cells.ts';
import type { Finding, Fix } from './finding.ts';
import { majorityBlocks, resample } from './fix/blocks.ts';

/** A finding with a fix that changes one picture. */
export type PictureFix = Exclude<Fix, { id: 'drop-frame' }>;

/**
 * Mends what a finding of `lintSprite` tells, in a copy.
 * @returns the picture itself where the finding has no fix, or one that concerns frames
 */
export function applyFix(image: RgbaImage, { fix }: Pick<Finding, 'fix'>): RgbaImage {
  return fix === null || fix.id === 'drop-frame' ? image : fixPicture(image, fix);
}

/** Mends what a finding of `lintSheet` tells, in a copy of the list; frames that do not change are the same pictures. */
export function applySheetFix(frames: readonly RgbaImage[], { fix, place }: Finding): RgbaImage[] {
  if (fix === null || place.frame === null) return [...frames];
  if (fix.id === 'drop-frame') return frames.filter((_, index) => index !== place.frame);
  return frames.map((frame, index) => (index === place.frame ? fixPicture(frame, fix) : frame));
}

function fixPicture(image: RgbaImage, fix: PictureFix): RgbaImage {
  switch (fix.id) {
    case 'harden-alpha':
      return hardenAlpha(image, fix.threshold);
    case 'replace-colours':
      return replaceColours(image, fix.colours);
    case 'recolour-cells':
      return recolourCells(image, fix.cells);
    case 'fit-canvas':
      return fitCanvas(image, fix.width, fix.height);
    case 'resample':
      return resample(image, fix.columns, fix.rows);
    case 'snap-blocks':
      return majorityBlocks(image, fix);
    case 'shift':
      return placed(image, image.width, image.height, fix.x, fix.y);
  }
}

function copyOf({ width, height, data }: RgbaImage): RgbaImage {
  return { width, height, data: data.slice() };
}

/** Cells below the threshold become clear, the others opaque. */
function hardenAlpha(image: RgbaImage, threshold: number): RgbaImage {
  const result = copyOf(image);
  const { data } = result;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3]! >= threshold) data[at + 3] = 255;
    else data.fill(0, at, at + 4);
  }
  return result;
}

function replaceColours(image: RgbaImage, colours: Readonly<Record<string, string>>): RgbaImage {
  const table = new Map(
    Object.entries(colours).map(([from, to]) => [keyOf(bytesOf(from), 0), bytesOf(to)]),
  );
  const result = copyOf(image);
  for (let at = 0; at < result.data.length; at += 4) {
    const colour = table.get(keyOf(result.data, at));
    if (colour !== undefined && result.data[at + 3] !== 0) result.data.set(colour, at);
  }
  return result;
}

function recolourCells(
  image: RgbaImage,
  cells: readonly { x: number; y: number; colour: string }[],
): RgbaImage {
  const result = copyOf(image);
  for (const { x, y, colour } of cells) {
    if (x >= image.width || y >= image.height) continue;
    result.data.set(bytesOf(colour), (y * image.width + x) * 4);
  }
  return result;
}

/**
 * What is drawn on a canvas of another size: where it was in its middle and on its ground, moved as little as is needed
 * to lie inside.
 */
function fitCanvas(image: RgbaImage, width: number, height: number): RgbaImage {
  const { box } = cellsOf(image);
  if (box === null) return createImage(width, height);
  const x = Math.floor((width - image.width) / 2);
  const y = height - image.height;
  const clamp = (value: number, start: number, length: number, room: number): number =>
    Math.min(Math.max(value, 0 - start), room - start - length);
  return placed(
    image,
    width,
    height,
    clamp(x, box.x, box.width, width),
    clamp(y, box.y, box.height, height),
  );
}

/** A canvas with the picture at a place, which may lie outside in part. */
function placed(
  image: RgbaImage,
  width: number,
  height: number,
  left: number,
  top: number,
): RgbaImage {
  const result = createImage(width, height);
  for (let y = Math.max(0, top); y < Math.min(height, top + image.height); y++) {
    const from = Math.max(0, left);
    const to = Math.min(width, left + image.width);
    if (from >= to) break;
    const start = ((y - top) * image.width + from - left) * 4;
    result.data.set(image.data.subarray(start, start + (to - from) * 4), (y * width + from) * 4);
  }
  return result;
}

function bytesOf(hex: string): [number, number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function keyOf(bytes: ArrayLike<number>, at: number): number {
  return (
    ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
  );
}
