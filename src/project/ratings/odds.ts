import type { ChoiceTable } from './choices.ts';
import { type Fit, profile } from './fit.ts';
import { logLikelihood } from './likelihood.ts';

/** By how much "better" may mean: chosen twice, three times or five times as often, each as likely. */
const DIFFERENCES = [Math.log(2), Math.log(3), Math.log(5)];

/**
 * Odds that one contender is better than its rivals, which are taken as equals, against that it is
 * one of them: a Bayes factor. All other strengths are fitted anew under each hypothesis, so that
 * what votes say through others counts.
 * @param rivals places in the fit, at least one
 */
export function oddsOf(
  table: ChoiceTable,
  fit: Pick<Fit, 'strengths'>,
  better: number,
  rivals: readonly number[],
): number {
  const at = (difference: number) => profile(table, { better, rivals, difference }, fit.strengths);
  const equal = at(0);
  const sum = DIFFERENCES.reduce((total, one) => total + Math.exp(at(one) - equal), 0);
  return sum / DIFFERENCES.length;
}

/** For each contender the odds that it is better than all others taken as equals. */
export function oddsOfEach({ contenders, groups }: ChoiceTable): number[] {
  const strengths = new Float64Array(contenders.length);
  const equal = logLikelihood(groups, strengths);
  return contenders.map((_, place) => {
    // With all others equal there is nothing left to fit.
    const sum = DIFFERENCES.reduce((total, one) => {
      strengths[place] = one;
      return total + Math.exp(logLikelihood(groups, strengths) - equal);
    }, 0);
    strengths[place] = 0;
    return sum / DIFFERENCES.length;
  });
}
