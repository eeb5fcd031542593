import type { Choice } from '../../../../src/project/ratings/choices.ts';

/**
 * The model once more, as plainly as it can be written: every answer for itself, every possible answer listed by a bit
 * mask, gradient ascent with a small fixed step on the log-posterior, its slope by the derivative of the log-sum.
 */
export function referenceStrengths(choices: readonly Choice[]): Record<string, number> {
  const names = [...new Set(choices.flatMap(({ shown }) => [...shown]))];
  const theta: Record<string, number> = Object.fromEntries(names.map(name => [name, 0]));
  const step = 1 / (1 + choices.length);
  for (let round = 0; round < 200_000; round += 1) {
    // Prior: normal with sd 1 on each.
    const slope = Object.fromEntries(names.map(name => [name, -theta[name]!]));
    for (const { shown, best } of choices) {
      const answers = possible(shown, best.length);
      const worth = answers.map(answer =>
        Math.exp(answer.reduce((sum, name) => sum + theta[name]!, 0) / answer.length),
      );
      const total = worth.reduce((sum, one) => sum + one, 0);
      for (const name of best) slope[name]! += 1 / best.length;
      answers.forEach((answer, at) => {
        for (const name of answer) slope[name]! -= worth[at]! / total / answer.length;
      });
    }
    for (const name of names) theta[name]! += step * slope[name]!;
    if (names.every(name => Math.abs(slope[name]!) < 1e-9)) break;
  }
  const mean = names.reduce((sum, name) => sum + theta[name]!, 0) / names.length;
  return Object.fromEntries(names.map(name => [name, theta[name]! - mean]));
}

function possible(shown: readonly string[], size: number): string[][] {
  const answers: string[][] = [];
  for (let mask = 0; mask < 2 ** shown.length; mask += 1) {
    const answer = shown.filter((_, at) => Math.floor(mask / 2 ** at) % 2 === 1);
    if (answer.length === size) answers.push(answer);
  }
  return answers;
}
