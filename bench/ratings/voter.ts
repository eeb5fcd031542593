import { subsets } from '../../src/project/ratings/choices.ts';

/** Seeded random numbers from 0 to below 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Someone who names the best of what is shown, as places in the list of log-strengths. */
export type Voter = (
  random: () => number,
  strengths: readonly number[],
  shown: readonly number[],
) => number[];

/** Ties two in one of five answers, whatever the strengths; which two follows Davidson and Luce. */
export const luceVoter: Voter = (random, strengths, shown) =>
  drawn(random, strengths, subsets(shown, random() < 0.2 ? 2 : 1));

/** Ties any two in one of five answers: which ones tells nothing. */
export const carelessVoter: Voter = (random, strengths, shown) => {
  if (random() >= 0.2) return drawn(random, strengths, subsets(shown, 1));
  const pairs = subsets(shown, 2);
  return pairs[Math.floor(random() * pairs.length)] ?? [];
};

/** Sees each quality with an error and ties what lies within 0.42 of the best: a fifth of the answers for two equals. */
export const thresholdVoter: Voter = (random, strengths, shown) => {
  // Gumbel errors give Luce's choice where nothing is tied.
  const seen = shown.map(place => (strengths[place] ?? 0) - Math.log(-Math.log(random() || 1e-12)));
  const top = Math.max(...seen);
  return shown.filter((_, at) => top - (seen[at] ?? 0) < 0.42);
};

function drawn(
  random: () => number,
  strengths: readonly number[],
  answers: readonly number[][],
): number[] {
  const weights = answers.map(answer =>
    Math.exp(answer.reduce((sum, place) => sum + (strengths[place] ?? 0), 0) / answer.length),
  );
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return answers[at] ?? [];
  }
  return answers.at(-1) ?? [];
}
