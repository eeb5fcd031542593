import { cholesky, inverse, type Matrix, solve } from './cholesky.ts';
import type { ChoiceTable } from './choices.ts';
import { addGroup, type Derivatives } from './likelihood.ts';

/**
 * Standard deviation of the prior on each log-strength. Weak: it lets a contender be chosen twenty
 * times as often as its equal, and keeps one that never won from falling without end.
 */
export const PRIOR_SD = 1;

/** Log-strengths and how sure they are. */
export interface Fit {
  /** Contenders in the order of the other arrays. */
  contenders: readonly string[];
  /** Mean-zero natural logarithms of strength: a difference of ln 3 means chosen three times as often. */
  strengths: Float64Array;
  /** Covariance of the mean-zero strengths, n×n row by row. */
  covariance: Matrix;
}

/** One contender held a given difference above its rivals, which are taken as equals. */
export interface Contrast {
  better: number;
  /** At least one. */
  rivals: readonly number[];
  /** In natural log units. */
  difference: number;
}

/**
 * Fits strengths to choices: the maximum of likelihood times prior, and the covariance of its normal
 * approximation there (Laplace).
 * @param start strengths of an earlier fit of the same contenders, to begin from
 */
export function fitStrengths(table: ChoiceTable, start?: Float64Array): Fit {
  const n = table.contenders.length;
  const own = Int32Array.from({ length: n }, (_, at) => at);
  const { parameters, here } = climb(table, own, new Float64Array(n), start);
  const strengths = centred(parameters);
  const covariance = centredCovariance(inverse(cholesky(here.curvature, n), n), n);
  return { contenders: table.contenders, strengths, covariance };
}

/**
 * Profile of a difference: the log-likelihood of the choices with one contender held that far above
 * its rivals and all else fitted. The strengths' prior stays on all but the difference itself, of
 * which whoever compares differences has an own idea.
 * @param near strengths to begin from
 */
export function profile(table: ChoiceTable, contrast: Contrast, near: Float64Array): number {
  const { better, rivals, difference } = contrast;
  const n = table.contenders.length;
  const offsets = new Float64Array(n);
  offsets[better] = difference;
  let next = 1;
  const columns = Int32Array.from({ length: n }, (_, at) =>
    at === better || rivals.includes(at) ? 0 : next++,
  );
  const start = new Float64Array(next);
  for (let at = 0; at < n; at += 1) {
    const column = columns[at]!;
    if (column > 0) start[column] = near[at]!;
    else start[0]! += (near[at]! - offsets[at]!) / (rivals.length + 1);
  }
  const { here } = climb(table, columns, offsets, start);
  const byPrior = -(0.5 / PRIOR_SD ** 2) * difference ** 2 * (rivals.length / (rivals.length + 1));
  return here.value - byPrior;
}

/** Variance of the difference of two strengths. */
export function differenceVariance(fit: Fit, a: number, b: number): number {
  const n = fit.contenders.length;
  const c = (row: number, column: number) => fit.covariance[row * n + column] ?? 0;
  return Math.max(0, c(a, a) + c(b, b) - 2 * c(a, b));
}

/**
 * Newton's method with halved steps. The posterior is log-concave, so its optimum is the only one.
 * @param columns for each contender, the parameter that it takes its strength from
 * @param offsets what is added to that
 */
function climb(
  table: ChoiceTable,
  columns: Int32Array,
  offsets: Float64Array,
  start?: Float64Array,
): { parameters: Float64Array; here: Derivatives } {
  const size = columns.reduce((most, column) => Math.max(most, column + 1), 0);
  let parameters = start ?? new Float64Array(size);
  let here = evaluate(table, columns, offsets, parameters, size);
  for (let iteration = 0; iteration < 50; iteration += 1) {
    if (here.gradient.every(slope => Math.abs(slope) < 1e-9)) break;
    const step = solve(cholesky(here.curvature, size), here.gradient, size);
    let next = here;
    let moved = parameters;
    for (let scale = 1; scale > 1e-6; scale /= 2) {
      moved = parameters.map((value, at) => value + scale * step[at]!);
      next = evaluate(table, columns, offsets, moved, size);
      // Near the optimum the value is flat to its last digits: a step that loses only those is good.
      if (next.value >= here.value - 1e-12 * Math.abs(here.value)) break;
    }
    parameters = moved;
    here = next;
  }
  return { parameters, here };
}

function evaluate(
  { groups }: ChoiceTable,
  columns: Int32Array,
  offsets: Float64Array,
  parameters: Float64Array,
  size: number,
): Derivatives {
  const n = columns.length;
  const precision = 1 / PRIOR_SD ** 2;
  const strengths = offsets.map((offset, at) => offset + parameters[columns[at]!]!);
  const sum = { value: 0, gradient: new Float64Array(n), curvature: new Float64Array(n * n) };
  for (let at = 0; at < n; at += 1) {
    const own = strengths[at]!;
    sum.value -= 0.5 * precision * own ** 2;
    sum.gradient[at] = -precision * own;
    sum.curvature[at * n + at] = precision;
  }
  for (const group of groups) if (group.answers.length > 1) addGroup(group, strengths, sum);
  if (size === n) return sum;

  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  for (let row = 0; row < n; row += 1) {
    const into = columns[row]!;
    gradient[into]! += sum.gradient[row]!;
    for (let column = 0; column < n; column += 1) {
      curvature[into * size + columns[column]!]! += sum.curvature[row * n + column]!;
    }
  }
  return { value: sum.value, gradient, curvature };
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return values.map(value => value - mean);
}

/** Covariance of values from which their mean was taken: rows and columns sum to zero. */
function centredCovariance(covariance: Matrix, n: number): Matrix {
  const means = new Float64Array(n);
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column < n; column += 1) means[row]! += covariance[row * n + column]! / n;
  }
  const grand = means.reduce((sum, mean) => sum + mean, 0) / Math.max(1, n);
  return covariance.map(
    (value, cell) => value - means[Math.floor(cell / n)]! - means[cell % n]! + grand,
  );
}
