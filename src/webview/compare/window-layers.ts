import { type FrameGrid, frameRect } from './frames.ts';
import { differenceOf } from './difference.ts';
import type { Joint } from './joint.ts';
import type { StageWindow } from './modes.ts';
import type { Sprite } from './pictures.ts';
import type { PaintedLayer } from './window-painter.ts';

/** What is painted in a window at a frame; empty while its pictures are not there. */
export function layersOf(
  window: StageWindow,
  joint: Joint<Sprite>,
  grid: FrameGrid,
  frame: number,
): PaintedLayer[] {
  if (window.difference !== null) {
    const before = joint.placed[window.difference.before];
    const after = joint.placed[window.difference.after];
    const difference = before && after ? differenceOf(before, after, grid, frame) : null;
    if (difference === null) return [];
    const { canvas, size, offset } = difference;
    const at = { x: 0, y: 0 };
    return [{ source: canvas, at, size, offset, unit: 1, opaque: false, alpha: 1, from: 0, to: 1 }];
  }
  return window.layers.flatMap(layer => {
    const placed = joint.placed[layer.place];
    if (!placed) return [];
    const { sprite, size, offset, unit } = placed;
    const at = frameRect(sprite.image, grid, frame);
    const { opaque } = sprite;
    const { alpha, from, to } = layer;
    return [{ source: sprite.canvas, at, size, offset, unit, opaque, alpha, from, to }];
  });
}
