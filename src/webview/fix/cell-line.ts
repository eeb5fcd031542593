import type { FixPicture } from '../../extension/panels/messages/fix.ts';
import { colorAt, hexOf, type Rgba } from '../stage/color.ts';
import type { Point } from '../stage/viewport.ts';
import { sourceArea } from './overlay.ts';
import type { Fixed } from './worker-messages.ts';

/** A cell of the result and the pixel in the middle of what it was made from. */
export interface ComparedCell {
  /** null beside the original. */
  original: Rgba | null;
  result: Rgba;
}

/** The colours of a cell in both pictures. */
export function compareCell(original: FixPicture, fixed: Fixed, cell: Point): ComparedCell {
  const area = sourceArea(fixed, fixed.report.fit.window, cell);
  const x = Math.floor(area.x + area.width / 2);
  const y = Math.floor(area.y + area.height / 2);
  const inside = x >= 0 && y >= 0 && x < original.width && y < original.height;
  return {
    original: inside ? colorAt(original.pixels, original.width, x, y) : null,
    result: colorAt(fixed.pixels, fixed.width, cell.x, cell.y),
  };
}

/** A colour for a person: `#rrggbb`, or the word for transparent. */
export function colorText(color: Rgba, transparent: string): string {
  return color[3] === 0 ? transparent : hexOf(color);
}
