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
  const patch = [0, 1, 2].map(() => new Uint8Array((2 * radius + 1) ** 2)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  let at = 0;
  for (const y of rows) {
    for (const x of columns) {
      const count = takePatch(render, x, y, radius, patch);
      if (count * 2 > patch[0].length) {
        for (let c = 0; c < 3; c++) image.data[at + c] = median(patch[c as 0 | 1 | 2], count);
        image.data[at + 3] = 255;
      }
      at += 4;
    }
  }
  return image;
}

function centres(cells: number, pitch: number, start: number, pixels: number): Int32Array {
  return Int32Array.from({ length: cells }, (_, i) =>
    Math.min(pixels - 1, Math.floor(start + (i + 0.5) * pitch)),
  );
}

/** Copies the opaque pixels of a patch, channel by channel, and tells how many there are. */
function takePatch(
  { data, width }: RgbaImage,
  x: number,
  y: number,
  radius: number,
  patch: readonly [Uint8Array, Uint8Array, Uint8Array],
): number {
  const [red, green, blue] = patch;
  let count = 0;
  for (let row = y - radius; row <= y + radius; row++) {
    let at = (row * width + x - radius) * 4;
    for (let i = -radius; i <= radius; i++, at += 4) {
      if (data[at + 3]! < 128) continue;
      red[count] = data[at]!;
      green[count] = data[at + 1]!;
      blue[count] = data[at + 2]!;
      count++;
    }
  }
  return count;
}

/** The middle value by insertion sort, which is fastest for so few and leaves equal ones alone. */
function median(values: Uint8Array, count: number): number {
  for (let i = 1; i < count; i++) {
    const value = values[i]!;
    let j = i - 1;
    for (; j >= 0 && values[j]! > value; j--) values[j + 1] = values[j]!;
    values[j + 1] = value;
  }
  return values[count >> 1]!;
}
