import { MaxRectsPacker, PACKING_LOGIC } from 'maxrects-packer/dist/maxrects-packer.mjs';
import { SheetError } from './error.ts';
import { hasOneSize, layoutGrid } from './grid.ts';
import { pageLimit, powerOfTwo } from './page-size.ts';
import type { LayoutOptions, PackedSheet, PlacedFrame, SheetPage } from './placement.ts';
import { layoutShelves, type Room } from './shelves.ts';
import { bordersOf, type Sheet } from './sheet.ts';
import { visiblePart } from './trim.ts';
import { checkSheet } from './validate.ts';

/** Above it the free rectangles of MaxRects take seconds and soon minutes; shelves stay linear. */
const MAX_RECTS = 2000;

/**
 * Gives every frame its place: in a grid where all have one size, else packed (MaxRects, Jylänki 2010; shelves above 2000
 * frames). Never rotates. Packed places depend on the frames' ids and pictures alone, not on their order.
 * @throws SheetError for a sheet that is not sound or a frame that fits no page
 */
export function packSheet(sheet: Sheet, options: LayoutOptions = {}): PackedSheet {
  checkSheet(sheet);
  const { layout = 'auto', trim = false } = options;
  const grid = layout === 'grid' || (layout === 'auto' && !trim && hasOneSize(sheet));
  return grid ? layoutGrid(sheet, options) : packFreely(sheet, options);
}

function packFreely(sheet: Sheet, options: LayoutOptions): PackedSheet {
  const { padding = 1, extrude = 0, trim = false } = options;
  const rooms = roomsOf(sheet, extrude, trim);
  const limit = pageLimit(options);
  const large = rooms.find(room => room.width > limit || room.height > limit);
  if (large !== undefined) {
    throw new SheetError(
      'too-large',
      `Frame "${sheet.frames[large.index]!.id}" of ${large.width}x${large.height} does not fit a page of ${limit}; raise the page's size.`,
    );
  }
  const bins =
    rooms.length > MAX_RECTS
      ? layoutShelves(rooms, limit, padding)
      : packRooms(rooms, limit, padding);
  const placed: PlacedFrame[] = [];
  const pages = bins.map((bin, page): SheetPage => {
    const frames = bin.map(({ index, part, x, y }): PlacedFrame => {
      const frame = sheet.frames[index]!;
      return (placed[index] = { frame, index, page, x: x + extrude, y: y + extrude, part });
    });
    const side = (ends: number[]) => {
      const size = ends.reduce((most, end) => Math.max(most, end), 1);
      return options.powerOfTwo === true ? powerOfTwo(size) : size;
    };
    return {
      width: side(bin.map(room => room.x + room.width)),
      height: side(bin.map(room => room.y + room.height)),
      frames: frames.sort((a, b) => a.index - b.index),
    };
  });
  return { sheet, pages, placed, grid: null, extrude };
}

/** In an order that depends on nothing but the frames themselves. */
function roomsOf(sheet: Sheet, extrude: number, trim: boolean): Room[] {
  const rooms = sheet.frames.map(({ image }, index): Room => {
    const whole = { x: 0, y: 0, width: image.width, height: image.height };
    // The borders of a nine-patch count from the frame's own edges.
    const part = trim && bordersOf(sheet, index) === null ? visiblePart(image) : whole;
    const width = part.width + 2 * extrude;
    const height = part.height + 2 * extrude;
    return { index, part, x: 0, y: 0, width, height };
  });
  const idOf = (room: Room) => sheet.frames[room.index]!.id;
  return rooms.sort(
    (a, b) =>
      Math.max(b.width, b.height) - Math.max(a.width, a.height) ||
      b.height - a.height ||
      b.width - a.width ||
      (idOf(a) < idOf(b) ? -1 : 1),
  );
}

function packRooms(rooms: readonly Room[], limit: number, padding: number): Room[][] {
  const packer = new MaxRectsPacker<Room & { data?: unknown }>(limit, limit, padding, {
    smart: true,
    pot: false,
    square: false,
    allowRotation: false,
    logic: PACKING_LOGIC.MAX_EDGE,
  });
  for (const room of rooms) packer.add(room);
  return packer.bins.map(bin => bin.rects);
}
