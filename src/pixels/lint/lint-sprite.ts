import type { RgbaImage } from '../image.ts';
import { lintAlpha } from './alpha.ts';
import { lintBlank, lintSize } from './canvas.ts';
import { type Cells, cellsOf } from './cells.ts';
import { lintColourCount, lintPalette } from './colours.ts';
import type { Finding } from './finding.ts';
import { lintOrphans } from './orphans.ts';
import { lintPitch } from './pitch/lint-pitch.ts';
import { DEFAULT_RULES, type LintRules } from './rules.ts';
import { lintSeam } from './seam.ts';

const RULES = [
  lintBlank,
  lintPitch,
  lintSize,
  lintAlpha,
  lintPalette,
  lintColourCount,
  lintOrphans,
  lintSeam,
] as const;

/**
 * What is wrong with a picture that should be a sprite at its own size, one cell a pixel.
 * @param rules what is left out is as in `DEFAULT_RULES`
 */
export function lintSprite(image: RgbaImage, rules: Partial<LintRules> = {}): Finding[] {
  return lintCells(cellsOf(image), { ...DEFAULT_RULES, ...rules });
}

/** As `lintSprite`, of a picture whose colours are indexed already. */
export function lintCells(cells: Cells, rules: LintRules): Finding[] {
  const found = RULES.flatMap(rule => rule(cells, rules));
  const smeared = found.some(({ code }) => code === 'soft-edges');
  return found.filter(
    // Smeared edges leave strays everywhere, which go with them.
    ({ code }) => !rules.ignore.includes(code) && !(smeared && code === 'orphan-pixel'),
  );
}
