import type { RgbaImage } from '../image.ts';
import { contentOf } from './canvas/content.ts';
import type { Ground } from './background/background.ts';
import type { FixReport } from './report.ts';
import type { FixSettings } from './settings.ts';

/** Confidence from which a grid can be trusted. */
export const TRUSTED = 0.5;

/** Palettes with more colours are hardly palettes. */
const MANY_COLORS = 256;

/** What a person should know about a result, one sentence each. */
export function warningsOf(
  { grid, fit, palette }: FixReport,
  { size, background, palette: choice, canvas }: FixSettings,
  ground: Ground,
  image: RgbaImage,
): string[] {
  const warnings: string[] = [];
  if (!hasOpaque(image)) warnings.push('The picture is wholly transparent.');
  else if (ground.warning !== null && background.remove) warnings.push(ground.warning);
  if (grid.method === 'even') {
    warnings.push(
      size === null
        ? 'No cells were found: each pixel was taken for one.'
        : `No cells were found, so ${grid.cells[0]}x${grid.cells[1]} were spread evenly: the picture may be no pixel art.`,
    );
  } else if (grid.confidence < TRUSTED) {
    const percent = Math.round(grid.confidence * 100);
    warnings.push(
      `The cells of ${grid.pitch[0].toFixed(2)} pixels were found with little certainty (${percent} %): look at the result.`,
    );
  }
  if (fit.action === 'over' && size !== null) {
    warnings.push(
      `The sprite is ${image.width}x${image.height}, not the ${size[0]}x${size[1]} wanted.`,
    );
  }
  if (size !== null && canvas.pad > 0 && leastMargin(image) < canvas.pad) {
    warnings.push(
      `The ${canvas.pad} empty pixels wanted around the sprite do not fit ${size[0]}x${size[1]}: choose a larger size or less padding.`,
    );
  }
  if (choice.kind === 'fixed' && palette.mostChange > 0.2) {
    warnings.push('Some colours are far from any of the palette.');
  }
  if (palette.after > MANY_COLORS) {
    warnings.push(`The sprite has ${palette.after} colours.`);
  }
  return warnings;
}

/** Empty cells between the sprite and its nearest edge; endless where nothing is seen, or where the background stays. */
function leastMargin({ width, height, data }: RgbaImage): number {
  const mask = new Uint8Array(width * height);
  let clear = 0;
  for (let cell = 0; cell < mask.length; cell++) {
    if (data[cell * 4 + 3]! > 0) continue;
    mask[cell] = 1;
    clear++;
  }
  const content = contentOf(mask, width, height);
  if (content === null || clear === 0) return Infinity;
  const { x, y } = content;
  return Math.min(x, y, width - x - content.width, height - y - content.height);
}

function hasOpaque({ data }: RgbaImage): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at]! > 0) return true;
  return false;
}
