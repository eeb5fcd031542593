import { type Cells, distanceOf } from '../cells.ts';

/** Distance over which a step is a strong edge. */
const STRONG = 0.2;

/** How straight the way over the middle cell must be, and how far from either end. */
const DETOUR = 1.1;
const LEAST_PART = 0.15;

/** Distance below which neighbours of different colours look the same. */
const HARDLY_VISIBLE = 0.03;

/** How much a picture looks smoothed. */
export interface Softness {
  /** Strong edges along rows and columns. */
  edges: number;
  /** Share of them that go over a blended cell in between instead of stepping at once. */
  blended: number;
  /** Share of all neighbours that differ so little that nobody would draw it. */
  hardlyVisible: number;
}

/** Measures what every smoothing resize, and JPEG, leaves; ramps that are drawn have blended cells too, but few colours. */
export function softnessOf(cells: Cells): Softness {
  const { width, height, indexes } = cells;
  let hard = 0;
  let soft = 0;
  let pairs = 0;
  let slight = 0;
  const look = (before: number, middle: number, after: number): void => {
    if (middle >= 0 && after >= 0) {
      pairs++;
      if (middle !== after && distanceOf(cells, middle, after) < HARDLY_VISIBLE) slight++;
    }
    const whole = before === after ? 0 : distanceOf(cells, before, after);
    if (whole < STRONG) return;
    const first = distanceOf(cells, before, middle);
    const second = distanceOf(cells, middle, after);
    // A hard edge is met twice, once from either side.
    if (first === 0 || second === 0) hard += 0.5;
    else if (isBlend(first, second, whole)) soft++;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const index = indexes[at]!;
      if (x > 0 && x < width - 1) look(indexes[at - 1]!, index, indexes[at + 1]!);
      if (y > 0 && y < height - 1) look(indexes[at - width]!, index, indexes[at + width]!);
    }
  }
  const edges = hard + soft;
  return {
    edges,
    blended: edges === 0 ? 0 : soft / edges,
    hardlyVisible: pairs === 0 ? 0 : slight / pairs,
  };
}

function isBlend(first: number, second: number, whole: number): boolean {
  const least = whole * LEAST_PART;
  return first + second <= whole * DETOUR && first >= least && second >= least;
}
