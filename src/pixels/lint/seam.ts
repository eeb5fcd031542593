import type { Rectangle } from '../image.ts';
import { type Cells, distanceOf } from './cells.ts';
import type { Finding } from './finding.ts';
import type { LintRules } from './rules.ts';

/** Cells along an axis from which a seam can be told from the pattern. */
const LEAST_CELLS = 4;

/** Steps that are too small to be seen, whatever their ratio. */
const INVISIBLE = 0.03;

/**
 * Borders at which a tile does not join itself when it is laid 3x3: the step from the last line to the first is larger than
 * the steps between the lines inside, on average and at their strongest.
 */
export function lintSeam(cells: Cells, { tile, thresholds }: LintRules): Finding[] {
  if (!tile) return [];
  const { width, height } = cells;
  const vertical = stepsBetween(cells, width, height, 1, width);
  const horizontal = stepsBetween(cells, height, width, width, 1);
  const found: Finding[] = [];
  const tell = (sides: string, ratio: number, area: Rectangle): void => {
    found.push({
      code: 'tile-seam',
      severity: 'warning',
      message: `The ${sides} borders do not join: the step is ${Math.round(ratio * 10) / 10} times those inside the tile.`,
      place: { frame: null, area },
      fix: null,
    });
  };
  const columns = seamRatio(vertical);
  if (columns > thresholds.seamRatio) {
    tell('left and right', columns, { x: width - 1, y: 0, width: 1, height });
  }
  const rows = seamRatio(horizontal);
  if (rows > thresholds.seamRatio) {
    tell('top and bottom', rows, { x: 0, y: height - 1, width, height: 1 });
  }
  return found;
}

/** Mean distance from each line to the next, the last to the first at the end. */
function stepsBetween(
  cells: Cells,
  lines: number,
  length: number,
  lineStep: number,
  cellStep: number,
): number[] {
  return Array.from({ length: lines }, (_, line) => {
    const next = (line + 1) % lines;
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const along = i * cellStep;
      sum += distanceOf(
        cells,
        cells.indexes[line * lineStep + along]!,
        cells.indexes[next * lineStep + along]!,
      );
    }
    return sum / length;
  });
}

/** The step over the border in steps inside; 0 when it is no larger than the strongest of them, or cannot be seen. */
function seamRatio(steps: readonly number[]): number {
  if (steps.length < LEAST_CELLS) return 0;
  const inside = steps.slice(0, -1);
  const seam = steps.at(-1)!;
  const mean = inside.reduce((sum, step) => sum + step, 0) / inside.length;
  if (seam < INVISIBLE || seam <= Math.max(...inside)) return 0;
  return mean === 0 ? 99 : seam / mean;
}
