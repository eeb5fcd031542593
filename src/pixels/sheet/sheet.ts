import type { Rectangle, RgbaImage } from '../image.ts';

/** A place in a frame, in pixels from its top left corner; it may lie between pixels or outside. */
export interface Point {
  x: number;
  y: number;
}

/** One picture of an animation, or one tile. */
export interface SheetFrame {
  /** Unique in its sheet and the same for ever: what engines refer to hangs on it. */
  id: string;
  image: RgbaImage;
  /** Whole milliseconds from 1 to 65535. */
  durationMs: number;
  /** null leaves it to the engine, which takes the centre. */
  pivot: Point | null;
}

export const TAG_DIRECTIONS = ['forward', 'reverse', 'pingpong', 'pingpong_reverse'] as const;

export type TagDirection = (typeof TAG_DIRECTIONS)[number];

/** An animation: a run of frames. */
export interface SheetTag {
  name: string;
  /** Index of the first frame, and of the last, which belongs to it. */
  from: number;
  to: number;
  direction: TagDirection;
  /** How often it plays; 0 = for ever. A pingpong's way there and its way back count one each. */
  repeat: number;
}

/** A slice as it is from some frame on. */
export interface SliceKey {
  frame: number;
  bounds: Rectangle;
  /** Part that stretches, measured within the bounds; null = the slice is no nine-patch. */
  center: Rectangle | null;
  /** Measured within the bounds. */
  pivot: Point | null;
}

/** A named part of the frames: a hit box, a nine-patch. */
export interface SheetSlice {
  name: string;
  /** In the order of their frames; at least one. */
  keys: SliceKey[];
}

/** Frames with what plays them, in no engine's terms. */
export interface Sheet {
  /** Base of the files' names, and the asset's identity. */
  name: string;
  frames: SheetFrame[];
  tags: SheetTag[];
  slices: SheetSlice[];
}

/** Widths of the parts of a nine-patch that do not stretch, in pixels. */
export interface Borders {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The key of a slice that holds at a frame, or null before its first. */
export function keyAt(slice: SheetSlice, frame: number): SliceKey | null {
  return slice.keys.findLast(key => key.frame <= frame) ?? null;
}

/** Borders of a frame that a slice with a centre covers wholly, else null. */
export function bordersOf(sheet: Sheet, index: number): Borders | null {
  const { width, height } = sheet.frames[index]!.image;
  for (const slice of sheet.slices) {
    const key = keyAt(slice, index);
    if (key?.center == null) continue;
    const { bounds, center } = key;
    if (bounds.x !== 0 || bounds.y !== 0 || bounds.width !== width || bounds.height !== height) {
      continue;
    }
    return {
      left: center.x,
      top: center.y,
      right: width - center.x - center.width,
      bottom: height - center.y - center.height,
    };
  }
  return null;
}
