import { cholesky, inverse, type Matrix, solve } from './cholesky.ts';
import type { ChoiceGroup, ChoiceTable } from './choices.ts';

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
  /** Logarithm of likelihood times prior at the strengths, up to a constant. */
  logPosterior: number;
}

/** One contender held a given difference above its rivals, which are taken as equals. */
export interface Contrast {
  better: number;
  /** At least one. */
  rivals: readonly number[];
  difference: number;
}

/**
 * Fits strengths to choices by Newton's method.
 *
 * Luce's choice rule with ties after Davidson and Luce (Firth, Kosmidis & Turner 2019): the weight of
 * naming a subset T best is the geometric mean of its members' strengths; the fit is conditional on
 * how many were named, so how readily a voter says "tie" does not matter. One pick out of n is one
 * choice, not n-1 pairs. The posterior is log-concave, so the optimum is the only one.
 *
 * @param contrast when given, the fit is over strengths with that difference
 */
export function fitStrengths(table: ChoiceTable, contrast?: Contrast): Fit {
  const n = table.contenders.length;
  const free = n - (contrast?.rivals.length ?? 0);
  const map = new Reduction(n, contrast);
  let parameters = new Float64Array(free);
  let here = map.evaluate(table.groups, parameters);
  for (let iteration = 0; iteration < 50; iteration += 1) {
    const step = solve(cholesky(here.curvature, free), here.gradient, free);
    let scale = 1;
    let next = here;
    let moved = parameters;
    for (; scale > 1e-6; scale /= 2) {
      moved = parameters.map((value, at) => value + scale * (step[at] ?? 0));
      next = map.evaluate(table.groups, moved);
      if (next.value >= here.value) break;
    }
    const gain = next.value - here.value;
    parameters = moved;
    here = next;
    if (gain < 1e-13 * (1 + Math.abs(here.value))) break;
  }
  const strengths = centred(map.strengthsOf(parameters));
  const covariance =
    contrast === undefined
      ? centredCovariance(inverse(cholesky(here.curvature, n), n), n)
      : new Float64Array(0);
  return { contenders: table.contenders, strengths, covariance, logPosterior: here.value };
}

/** Variance of the difference of two strengths. */
export function differenceVariance(fit: Fit, a: number, b: number): number {
  const n = fit.contenders.length;
  const c = (row: number, column: number) => fit.covariance[row * n + column] ?? 0;
  return c(a, a) + c(b, b) - 2 * c(a, b);
}

interface Evaluation {
  value: number;
  gradient: Float64Array;
  /** Negative second derivative. */
  curvature: Matrix;
}

/** Free parameters to strengths: all of them, or all but the one that a contrast ties to another. */
class Reduction {
  readonly #n: number;
  readonly #contrast: Contrast | undefined;
  readonly #column: Int32Array;

  constructor(n: number, contrast: Contrast | undefined) {
    this.#n = n;
    this.#contrast = contrast;
    let next = 0;
    const shared = contrast === undefined ? [] : [contrast.better, ...contrast.rivals];
    const first = shared.length > 0 ? next++ : 0;
    this.#column = Int32Array.from({ length: n }, (_, at) =>
      shared.includes(at) ? first : next++,
    );
  }

  strengthsOf(parameters: Float64Array): Float64Array {
    const strengths = Float64Array.from(this.#column, column => parameters[column] ?? 0);
    const contrast = this.#contrast;
    if (contrast !== undefined) {
      strengths[contrast.better] = (strengths[contrast.better] ?? 0) + contrast.difference;
    }
    return strengths;
  }

  evaluate(groups: readonly ChoiceGroup[], parameters: Float64Array): Evaluation {
    const n = this.#n;
    const size = parameters.length;
    const strengths = this.strengthsOf(parameters);
    const gradient = new Float64Array(n);
    const curvature = new Float64Array(n * n);
    const precision = 1 / PRIOR_SD ** 2;
    let value = 0;
    for (let at = 0; at < n; at += 1) {
      const own = strengths[at] ?? 0;
      value -= 0.5 * precision * own ** 2;
      gradient[at] = -precision * own;
      curvature[at * n + at] = precision;
    }
    for (const group of groups) value += addGroup(group, strengths, gradient, curvature, n);

    const reducedGradient = new Float64Array(size);
    const reducedCurvature = new Float64Array(size * size);
    for (let row = 0; row < n; row += 1) {
      const r = this.#column[row] ?? 0;
      reducedGradient[r] = (reducedGradient[r] ?? 0) + (gradient[row] ?? 0);
      for (let column = 0; column < n; column += 1) {
        const at = r * size + (this.#column[column] ?? 0);
        reducedCurvature[at] = (reducedCurvature[at] ?? 0) + (curvature[row * n + column] ?? 0);
      }
    }
    return { value, gradient: reducedGradient, curvature: reducedCurvature };
  }
}

/** Adds a group's part to the derivatives and returns its log-likelihood. */
function addGroup(
  group: ChoiceGroup,
  strengths: Float64Array,
  gradient: Float64Array,
  curvature: Matrix,
  n: number,
): number {
  const { shown, answers, counts } = group;
  const scores = answers.map(
    answer => answer.reduce((sum, place) => sum + (strengths[place] ?? 0), 0) / answer.length,
  );
  const top = Math.max(...scores);
  const weights = scores.map(score => Math.exp(score - top));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const logSum = top + Math.log(sum);
  const times = counts.reduce((total, count) => total + count, 0);
  let value = 0;

  // Expected share of each contender, and of each two together, in the answer.
  const share = new Map<number, number>(shown.map(place => [place, 0]));
  const both = new Float64Array(shown.length ** 2);
  answers.forEach((answer, at) => {
    const count = counts[at] ?? 0;
    const probability = (weights[at] ?? 0) / sum;
    value += count * ((scores[at] ?? 0) - logSum);
    for (const place of answer) {
      share.set(place, (share.get(place) ?? 0) + probability / answer.length);
      gradient[place] = (gradient[place] ?? 0) + count / answer.length;
      for (const other of answer) {
        const cell = shown.indexOf(place) * shown.length + shown.indexOf(other);
        both[cell] = (both[cell] ?? 0) + probability / answer.length ** 2;
      }
    }
  });
  shown.forEach((place, row) => {
    const own = share.get(place) ?? 0;
    gradient[place] = (gradient[place] ?? 0) - times * own;
    shown.forEach((other, column) => {
      const at = place * n + other;
      const joint = both[row * shown.length + column] ?? 0;
      curvature[at] = (curvature[at] ?? 0) + times * (joint - own * (share.get(other) ?? 0));
    });
  });
  return value;
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return values.map(value => value - mean);
}

/** Covariance of values from which their mean was taken: rows and columns sum to zero. */
function centredCovariance(covariance: Matrix, n: number): Matrix {
  const result = Float64Array.from(covariance);
  for (const step of [
    { line: n, item: 1 },
    { line: 1, item: n },
  ]) {
    for (let line = 0; line < n; line += 1) {
      let mean = 0;
      for (let item = 0; item < n; item += 1) {
        mean += (result[line * step.line + item * step.item] ?? 0) / n;
      }
      for (let item = 0; item < n; item += 1) {
        const at = line * step.line + item * step.item;
        result[at] = (result[at] ?? 0) - mean;
      }
    }
  }
  return result;
}
