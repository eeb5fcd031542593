import type { Matrix } from './cholesky.ts';
import type { ChoiceGroup } from './choices.ts';

/** A log-likelihood or log-posterior at a point, with its derivatives. */
export interface Derivatives {
  value: number;
  gradient: Float64Array;
  /** Negative second derivative, n×n row by row. */
  curvature: Matrix;
}

/**
 * Adds what a group of choices says, in place.
 *
 * Luce's choice rule with ties after Davidson and Luce (Firth, Kosmidis & Turner 2019): the weight
 * of naming a subset best is the geometric mean of its members' strengths. Conditional on how many
 * were named, so how readily a voter says "tie" does not matter; one pick out of n is one choice,
 * not n-1 pairs.
 * @param strengths natural logarithms
 */
export function addGroup(group: ChoiceGroup, strengths: Float64Array, sum: Derivatives): void {
  const { shown, answers, counts } = group;
  const { gradient, curvature } = sum;
  const n = strengths.length;
  const named = answers[0]?.length ?? 1;
  const width = shown.length;

  let top = -Infinity;
  const scores = answers.map(answer => {
    let score = 0;
    for (const at of answer) score += strengths[shown[at]!]!;
    score /= named;
    if (score > top) top = score;
    return score;
  });
  let mass = 0;
  for (const score of scores) mass += Math.exp(score - top);
  const logMass = top + Math.log(mass);

  // Expected part of each contender, and of each two together, in the answer.
  const part = new Float64Array(width);
  const both = new Float64Array(width * width);
  let times = 0;
  for (let a = 0; a < answers.length; a += 1) {
    const answer = answers[a]!;
    const count = counts[a]!;
    times += count;
    sum.value += count * (scores[a]! - logMass);
    const share = Math.exp(scores[a]! - logMass) / named;
    for (const at of answer) {
      part[at]! += share;
      gradient[shown[at]!]! += count / named;
      for (const other of answer) both[at * width + other]! += share / named;
    }
  }
  for (let row = 0; row < width; row += 1) {
    const place = shown[row]!;
    gradient[place]! -= times * part[row]!;
    for (let column = 0; column < width; column += 1) {
      curvature[place * n + shown[column]!]! +=
        times * (both[row * width + column]! - part[row]! * part[column]!);
    }
  }
}

/** The log-likelihood alone, without derivatives. */
export function logLikelihood(groups: readonly ChoiceGroup[], strengths: Float64Array): number {
  let value = 0;
  for (const { shown, answers, counts } of groups) {
    let times = 0;
    let mass = 0;
    for (let a = 0; a < answers.length; a += 1) {
      const answer = answers[a]!;
      let score = 0;
      for (const at of answer) score += strengths[shown[at]!]!;
      score /= answer.length;
      mass += Math.exp(score);
      value += counts[a]! * score;
      times += counts[a]!;
    }
    value -= times * Math.log(mass);
  }
  return value;
}
