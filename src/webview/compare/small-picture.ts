import { type FrameGrid, frameRect } from './frames.ts';
import type { Sprite } from './pictures.ts';

/** Longest side of a small copy, in pixels; what is not larger is copied as it is. */
const MOST = 256;

/** A frame of a picture, small enough to be kept by the hundred. */
export interface SmallPicture {
  canvas: HTMLCanvasElement;
}

/** Copies the first frame; of a large one every n-th pixel, none blended. */
export function smallPicture({ image, canvas: source }: Sprite, grid: FrameGrid): SmallPicture {
  const { x, y, width, height } = frameRect(image, grid, 0);
  const step = Math.ceil(Math.max(width, height) / MOST);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(width / step));
  canvas.height = Math.max(1, Math.floor(height / step));
  const context = canvas.getContext('2d');
  if (context === null) return { canvas };
  context.imageSmoothingEnabled = false;
  const [across, down] = [canvas.width, canvas.height];
  const taken = [Math.min(width, across * step), Math.min(height, down * step)] as const;
  context.drawImage(source, x, y, ...taken, 0, 0, across, down);
  return { canvas };
}
