import { medianOf } from './median.ts';
import { createImage, type Rectangle, type RgbaImage } from '../image.ts';

/** Square cells of one size over the middle of a render. */
export interface EvenGrid {
  /** Cells. */
  width: number;
  height: number;
  /** Render pixels per cell. */
  pitch: number;
  crop: Rectangle;
  /** Whether a cell or more of the render is left over on some side. */
  cropped: boolean;
}

/** The largest centred grid of `width` x `height` square cells. */
export function evenGrid(render: RgbaImage, width: number, height: number): EvenGrid {
  const pitch = Math.min(render.width / width, render.height / height);
  const crop = {
    x: (render.width - width * pitch) / 2,
    y: (render.height - height * pitch) / 2,
    width: width * pitch,
    height: height * pitch,
  };
  return {
    width,
    height,
    pitch,
    crop,
    cropped: Math.max(crop.x, crop.y) >= Math.max(pitch / 2, 1),
  };
}

/** Pixels on each side of a cell's centre: wide enough for noise, away from the cell's blurred edge. */
function patchRadius(pitch: number): number {
  if (pitch < 5) return 0;
  return pitch < 12 ? 1 : 2;
}

/**
 * The per-channel median of a patch around each cell's centre. Transparent pixels (alpha below 128) have no say in the colour;
 * where they are the most the cell is transparent, and all zero.
 */
export function sampleCells(render: RgbaImage, grid: EvenGrid): RgbaImage {
  const image = createImage(grid.width, grid.height);
  const radius = patchRadius(grid.pitch);
  const columns = centres(grid.width, grid.pitch, grid.crop.x, render.width);
  const rows = centres(grid.height, grid.pitch, grid.crop.y, render.height);
  const { data } = image;
  const size = (2 * radius + 1) ** 2;
  const patch = new Uint8Array(size * 3);
  let at = 0;
  for (const y of rows) {
    for (const x of columns) {
      const count = takePatch(render, x, y, radius, patch, size);
      if (count * 2 > size) {
        data[at] = medianOf(patch, 0, count);
        data[at + 1] = medianOf(patch, size, count);
        data[at + 2] = medianOf(patch, size * 2, count);
        data[at + 3] = 255;
      }
      at += 4;
    }
  }
  return image;
}

function centres(cells: number, pitch: number, start: number, pixels: number): Int32Array {
  const result = new Int32Array(cells);
  for (let i = 0; i < cells; i++) {
    result[i] = Math.min(pixels - 1, Math.floor(start + (i + 0.5) * pitch));
  }
  return result;
}

/** Copies the opaque pixels of a patch, each channel to its own third, and tells how many there are. */
function takePatch(
  render: RgbaImage,
  x: number,
  y: number,
  radius: number,
  patch: Uint8Array,
  size: number,
): number {
  const { data, width } = render;
  let count = 0;
  for (let row = y - radius; row <= y + radius; row++) {
    const first = (row * width + x - radius) * 4;
    const end = first + (2 * radius + 1) * 4;
    for (let at = first; at < end; at += 4) {
      if (data[at + 3]! < 128) continue;
      patch[count] = data[at]!;
      patch[size + count] = data[at + 1]!;
      patch[size * 2 + count] = data[at + 2]!;
      count++;
    }
  }
  return count;
}
