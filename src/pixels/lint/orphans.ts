import { boxOfCells, type Cells, distanceOf, hexOf, hexOfIndex } from './cells.ts';
import type { Finding } from './finding.ts';
import type { LintRules } from './rules.ts';

/** Of the eight cells around, how many must be of one colour for the place to be flat. */
const FLAT = 7;

/**
 * Stray cells: single, of a colour that is hardly anywhere else, in a flat place, and so near the colour around that nobody
 * would draw them. Eyes, highlights and sparkles stand out more; dither and texture repeat their colour.
 */
export function lintOrphans(cells: Cells, { thresholds }: LintRules): Finding[] {
  const { width, height, indexes, counts } = cells;
  const found: { cell: number; colour: number }[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const cell = y * width + x;
      const index = indexes[cell]!;
      if (index < 0 || counts[index]! > thresholds.orphanRepeats) continue;
      const around = commonAround(cells, cell);
      if (around === null || around < 0) continue;
      if (distanceOf(cells, index, around) <= thresholds.orphanContrast) {
        found.push({ cell, colour: around });
      }
    }
  }
  if (found.length === 0) return [];
  return [
    {
      code: 'orphan-pixel',
      severity: 'warning',
      message:
        found.length === 1
          ? 'A single cell differs hardly visibly from the flat colour around it.'
          : `${found.length} single cells differ hardly visibly from the flat colour around them.`,
      place: {
        frame: null,
        area: boxOfCells(
          width,
          found.map(({ cell }) => cell),
        ),
      },
      fix: {
        id: 'recolour-cells',
        cells: found.map(({ cell, colour }) => ({
          x: cell % width,
          y: Math.floor(cell / width),
          colour: colour < 0 ? hexOf([0, 0, 0, 0]) : hexOfIndex(cells, colour),
        })),
      },
    },
  ];
}

/** The colour of at least seven of the eight cells around; null when they differ or one has the cell's own colour. */
function commonAround({ indexes, width }: Cells, cell: number): number | null {
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1].map(
    step => indexes[cell + step]!,
  );
  if (around.includes(indexes[cell]!)) return null;
  const common = around[0] === around[1] ? around[0]! : around[2]!;
  return around.filter(index => index === common).length >= FLAT ? common : null;
}
