import { boxOf, type Cells } from './cells.ts';
import type { Finding } from './finding.ts';
import type { LintRules } from './rules.ts';

/**
 * Cells that are neither opaque nor transparent. A few levels over many cells are a shadow or a ghost and only told; many
 * levels are the rim that smoothing or a matting leaves.
 */
export function lintAlpha(cells: Cells, { thresholds }: LintRules): Finding[] {
  const { colours, counts, indexes } = cells;
  const isHalf = (index: number): boolean => index >= 0 && colours[index * 4 + 3]! < 255;
  const levels = new Set<number>();
  let half = 0;
  for (const [index, count] of counts.entries()) {
    if (!isHalf(index)) continue;
    levels.add(colours[index * 4 + 3]!);
    half += count;
  }
  if (half === 0) return [];
  const deliberate =
    levels.size <= thresholds.alphaLevels && half >= levels.size * thresholds.cellsPerAlphaLevel;
  const number = half === 1 ? '1 cell is half transparent' : `${half} cells are half transparent`;
  const kinds = levels.size === 1 ? 'at one level' : `at ${levels.size} levels`;
  return [
    {
      code: 'half-alpha',
      severity: deliberate ? 'info' : 'warning',
      message: deliberate
        ? `${number} ${kinds}, as a shadow or a ghost is.`
        : `${number} ${kinds}, as after smoothing; pixel art is opaque or clear.`,
      place: {
        frame: null,
        area: boxOf(cells.width, cells.height, cell => isHalf(indexes[cell]!)),
      },
      fix: { id: 'harden-alpha', threshold: thresholds.opaqueFrom },
    },
  ];
}
