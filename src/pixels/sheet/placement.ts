import type { Rectangle } from '../image.ts';
import type { Sheet, SheetFrame } from './sheet.ts';

/** Where a frame lies. */
export interface PlacedFrame {
  frame: SheetFrame;
  /** Its place in the sheet. */
  index: number;
  page: number;
  /** Top left corner on the page of what is stored, without its extrusion. */
  x: number;
  y: number;
  /** The part of the frame's picture that is stored: all of it unless trimmed. */
  part: Rectangle;
}

export interface SheetPage {
  width: number;
  height: number;
  frames: PlacedFrame[];
}

/** Cells of equal size in rows, numbered from the top left. */
export interface GridLayout {
  cellWidth: number;
  cellHeight: number;
  columns: number;
  rows: number;
  /** Pixels around all cells, and between two. */
  margin: number;
  spacing: number;
}

/** A sheet whose frames have their places. */
export interface PackedSheet {
  sheet: Sheet;
  pages: SheetPage[];
  /** By the frames' order in the sheet. */
  placed: PlacedFrame[];
  /** Of every page; null when frames lie freely. */
  grid: GridLayout | null;
  /** Times that each frame's edge is repeated around it. */
  extrude: number;
}

export interface LayoutOptions {
  /** `auto` (default) is a grid where all frames have one size and none is trimmed. */
  layout?: 'auto' | 'grid' | 'packed';
  /** Pixels between frames; default 0 in a grid, 1 else. */
  padding?: number;
  /** Default 0. */
  extrude?: number;
  /** Make the sides of pages powers of two. */
  powerOfTwo?: boolean;
  /** Leave out transparent edges. */
  trim?: boolean;
  /** Columns of a grid; default: about as many as rows. */
  columns?: number;
  /** Longest side of a page, default 4096. */
  maxSize?: number;
  /** Cells of an earlier grid: a frame keeps its own, new ones follow behind all of them. */
  cells?: { of: ReadonlyMap<string, number>; count: number };
}

export function isTrimmed({ frame, part }: PlacedFrame): boolean {
  return part.width !== frame.image.width || part.height !== frame.image.height;
}
