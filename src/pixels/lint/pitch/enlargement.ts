import type { Cells } from '../cells.ts';
import { type Transitions, transitionsOf } from './transitions.ts';

/** How a picture without any smoothing was enlarged along one axis. */
export interface AxisEnlargement {
  /** First cell of each original column or row, ascending from 0. */
  starts: readonly number[];
  /** Cells per original cell on average. */
  pitch: number;
  /** `whole`: every original cell has the same number of cells; `uneven`: some have more. */
  kind: 'whole' | 'uneven';
  /** Whether original cells are cut off at the border. */
  cut: boolean;
}

export interface Enlargement {
  x: AxisEnlargement;
  y: AxisEnlargement;
}

/** Chance at which the lines of a picture that was never enlarged may look as if. */
const CHANCE = 1e-6;

/** Chance that one axis alone may have. */
const AXIS_CHANCE = 0.02;

/** Smallest enlargement that can be told from drawing. */
const LEAST_PITCH = 1.2;

/** Larger than any pitch. */
const WHOLE_FIRST = 1e6;

interface Candidate {
  axis: AxisEnlargement;
  chance: number;
}

/**
 * Finds out whether every change of colour lies on the lines of a coarser grid, as after a nearest-neighbour enlargement,
 * and on so many of them that chance does not explain it. Where several grids fit, an even one is meant, and of those the
 * coarsest.
 */
export function findEnlargement(cells: Cells): Enlargement | null {
  const { x, y } = transitionsOf(cells);
  const columns = candidatesOf(x);
  const rows = candidatesOf(y);
  let best: { found: Enlargement; rank: number } | null = null;
  for (const column of columns) {
    for (const row of rows) {
      // Pictures are enlarged alike both ways, within what rounding to whole sizes explains.
      const ratio = column.axis.pitch / row.axis.pitch;
      if (ratio > 1.07 || ratio < 1 / 1.07 || column.axis.kind !== row.axis.kind) continue;
      if (column.chance * row.chance > CHANCE) continue;
      const whole = column.axis.kind === 'whole' ? WHOLE_FIRST : 0;
      const rank = whole + column.axis.pitch + row.axis.pitch;
      if (best === null || rank > best.rank) {
        best = { found: { x: column.axis, y: row.axis }, rank };
      }
    }
  }
  return best?.found ?? null;
}

function candidatesOf(transitions: Transitions): Candidate[] {
  const { length, positions } = transitions;
  if (positions.length < 3) return [];
  const candidates: Candidate[] = [];
  const consider = (axis: AxisEnlargement, guesses: number): void => {
    const chance = chanceOf(transitions, axis.starts) * guesses;
    if (chance <= AXIS_CHANCE) candidates.push({ axis, chance });
  };
  for (let pitch = 2; pitch * 3 <= length; pitch++) {
    const phase = positions[0]! % pitch;
    const starts: number[] = [];
    if (phase > 0) starts.push(0);
    for (let start = phase; start < length; start += pitch) starts.push(start);
    consider({ starts, pitch, kind: 'whole', cut: phase > 0 || length % pitch > 0 }, 1);
  }
  const drawn = new Set(positions);
  for (let count = 3; count * LEAST_PITCH <= length; count++) {
    if (length % count === 0) continue;
    for (const halves of [0, 1]) {
      const { starts, guesses } = unevenStarts(length, count, halves, drawn);
      consider({ starts, pitch: length / count, kind: 'uneven', cut: false }, guesses);
    }
  }
  return candidates;
}

/**
 * Starts of `count` cells stretched to `length`, sampled at the cells' corners (`halves` 0) or centres (1).
 * Where a start falls exactly between two cells, programs round one way or the other: the one is taken that is drawn.
 */
function unevenStarts(
  length: number,
  count: number,
  halves: number,
  drawn: ReadonlySet<number>,
): { starts: number[]; guesses: number } {
  const starts: number[] = [];
  let guesses = 1;
  for (let place = 0; place < count; place++) {
    const twice = 2 * place * length - halves * count;
    const start = Math.max(0, Math.ceil(twice / (2 * count)));
    const either = place > 0 && twice % (2 * count) === 0;
    if (either && !drawn.has(start) && drawn.has(start + 1)) {
      starts.push(start + 1);
      guesses *= 2;
    } else starts.push(start);
  }
  return { starts, guesses };
}

/** Chance that lines drawn anywhere all fall on the given ones; 1 when some do not. */
function chanceOf({ length, positions }: Transitions, starts: readonly number[]): number {
  const lines = new Uint8Array(length);
  for (const start of starts) lines[start] = 1;
  if (positions.some(position => lines[position] === 0)) return 1;
  const first = positions[0]!;
  const last = positions.at(-1)!;
  let free = last - first - 1;
  let open = 0;
  for (let position = first + 1; position < last; position++) open += lines[position]!;
  let chance = 1;
  for (let drawn = 2; drawn < positions.length; drawn++) chance *= open-- / free--;
  return chance;
}
