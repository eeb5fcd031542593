import type { Rectangle } from '../../image.ts';

/** The smallest part that holds every cell outside a mask; null when there is none. */
export function contentOf(mask: Uint8Array, width: number, height: number): Rectangle | null {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x] === 1) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return null;
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The smallest part that holds all of several. */
export function unionOf(parts: readonly (Rectangle | null)[]): Rectangle | null {
  let union: Rectangle | null = null;
  for (const part of parts) {
    if (part === null) continue;
    if (union === null) {
      union = part;
      continue;
    }
    const x = Math.min(union.x, part.x);
    const y = Math.min(union.y, part.y);
    union = {
      x,
      y,
      width: Math.max(union.x + union.width, part.x + part.width) - x,
      height: Math.max(union.y + union.height, part.y + part.height) - y,
    };
  }
  return union;
}
