import type { Rectangle } from '../image.ts';

/** A frame's room on a page: its part, extruded. */
export interface Room {
  index: number;
  part: Rectangle;
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Packs rooms into rows as high as their first one (next fit). Wastes more than MaxRects, but ten thousand frames take
 * milliseconds.
 * @param rooms the highest first; their places are set
 * @param limit longest side of a page
 */
export function layoutShelves(rooms: readonly Room[], limit: number, padding: number): Room[][] {
  const pages: Room[][] = [];
  const width = pageWidth(rooms, limit, padding);
  let page: Room[] = [];
  let x = 0;
  let y = 0;
  let height = 0;
  for (const room of rooms.toSorted((a, b) => b.height - a.height)) {
    if (x > 0 && x + room.width > width) {
      x = 0;
      y += height + padding;
      height = 0;
    }
    if (page.length === 0 || y + room.height > limit) {
      page = [];
      pages.push(page);
      x = y = height = 0;
    }
    room.x = x;
    room.y = y;
    page.push(room);
    x += room.width + padding;
    height = Math.max(height, room.height);
  }
  return pages;
}

/** About square when all fits one page. */
function pageWidth(rooms: readonly Room[], limit: number, padding: number): number {
  let area = 0;
  let widest = 0;
  for (const { width, height } of rooms) {
    area += (width + padding) * (height + padding);
    widest = Math.max(widest, width);
  }
  return Math.min(limit, Math.max(widest, Math.ceil(Math.sqrt(area * 1.05))));
}
