import type { Cells } from '../cells.ts';
import type { Finding, SheetCode } from '../finding.ts';
import type { LintRules } from '../rules.ts';

/** Frames from which a movement can be told from a jump. */
const LEAST_FRAMES = 3;

/** Rows or columns that one step of tolerance is for. */
const STEP = 32;

/**
 * Frames that stand higher or lower, or more to a side, than those around them. A leap or a step is a movement over several
 * frames; what jumps away and back within one frame, or changes its direction with nearly every frame, is jitter.
 */
export function lintMotion(frames: readonly Cells[], { thresholds }: LintRules): Finding[] {
  if (frames.some(({ box }) => box === null) || frames.length < LEAST_FRAMES) return [];
  const { width, height } = frames[0]!;
  const bottoms = frames.map(({ box }) => box!.y + box!.height);
  const centres = frames.map(centreOf);
  const down = tolerance(thresholds.baseline, height);
  const aside = tolerance(thresholds.centre, width);
  return [
    ...jumpsOf(bottoms, down).map(({ frame, off }) =>
      finding('baseline-jitter', frames[frame]!, frame, 0, off, off > 0 ? 'lower' : 'higher'),
    ),
    ...jumpsOf(centres, aside).map(({ frame, off }) =>
      finding(
        'centre-jitter',
        frames[frame]!,
        frame,
        off,
        0,
        off > 0 ? 'further right' : 'further left',
      ),
    ),
  ];
}

function tolerance(cells: number, edge: number): number {
  return Math.max(cells, Math.floor((cells * edge) / STEP));
}

/** The mean column of the visible cells, in cells. */
function centreOf({ indexes, width, visible }: Cells): number {
  let sum = 0;
  for (let cell = 0; cell < indexes.length; cell++) {
    if (indexes[cell]! >= 0) sum += cell % width;
  }
  return sum / visible;
}

/**
 * Frames whose value leaves the median of all by more than the tolerance while the two before and the two after them (the
 * first follows the last) stay there; or, where the direction changes with nearly every frame, all that leave it.
 */
function jumpsOf(values: readonly number[], most: number): { frame: number; off: number }[] {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[values.length >> 1]!;
  const restless = turnsOf(values) > Math.max(4, values.length * 0.6);
  return values.flatMap((value, frame) => {
    const off = value - middle;
    if (Math.abs(off) <= most) return [];
    const lone = [-2, -1, 1, 2]
      .map(step => (frame + step + 2 * values.length) % values.length)
      .every(other => other === frame || Math.abs(values[other]! - middle) <= most / 2);
    return lone || restless ? [{ frame, off: Math.round(off) }] : [];
  });
}

/** How often a closed sequence changes its direction. */
function turnsOf(values: readonly number[]): number {
  const steps = values
    .map((value, place) => Math.sign(values[(place + 1) % values.length]! - value))
    .filter(step => step !== 0);
  return steps.filter((step, place) => step !== steps[(place + 1) % steps.length]).length;
}

function finding(
  code: SheetCode,
  { width, height, box }: Cells,
  frame: number,
  across: number,
  down: number,
  direction: string,
): Finding {
  const cells = Math.abs(across) + Math.abs(down);
  const x = box!.x - across;
  const y = box!.y - down;
  const fits = x >= 0 && y >= 0 && x + box!.width <= width && y + box!.height <= height;
  const what = code === 'baseline-jitter' ? 'stands' : 'lies';
  return {
    code,
    severity: 'warning',
    message: `Frame ${frame} ${what} ${cells === 1 ? '1 cell' : `${cells} cells`} ${direction} than the frames around it.`,
    place: { frame, area: box },
    fix: fits ? { id: 'shift', x: 0 - across, y: 0 - down } : null,
  };
}
