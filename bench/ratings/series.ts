import { ChoiceCounter } from '../../src/project/ratings/choices.ts';
import { type Fit, fitStrengths } from '../../src/project/ratings/fit.ts';
import { votesNeeded } from '../../src/project/ratings/forecast.ts';
import { byPromise } from '../../src/project/ratings/next-set.ts';
import { notToldApart, verdictOf } from '../../src/project/ratings/verdict.ts';
import { randomOf, type Voter } from './voter.ts';

const nameOf = (place: number): string => `c${place}`;

/** Votes on sets that were drawn at random, and the fit of them all. */
export function randomSeries(
  strengths: readonly number[],
  shown: number,
  votes: number,
  voter: Voter,
  random: () => number,
): Fit {
  const counter = new ChoiceCounter(strengths.map((_, place) => nameOf(place)));
  for (let vote = 0; vote < votes; vote += 1) {
    const places = [...strengths.keys()];
    for (let last = places.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [places[last], places[other]] = [places[other] ?? 0, places[last] ?? 0];
    }
    const set = places.slice(0, shown);
    const best = voter(random, strengths, set);
    counter.add({ shown: set.map(nameOf), best: best.map(nameOf) });
  }
  return fitStrengths(counter.table());
}

/** How a series that is looked at after every vote ended. */
export interface Ending {
  /** Votes until the verdict; Infinity without one. */
  votes: number;
  /** Place of the one named best; -1 without a verdict. */
  best: number;
  /** Votes until the verdict set it apart from each of the others, and who that was. */
  apart: { votes: number; best: number };
  /** Votes still needed that were told after `asked` votes; null for "more" or when it was not asked. */
  forecast: number | null;
}

/** How a series of votes on proposed sets is run. */
export interface SeriesPlan {
  strengths: readonly number[];
  /** Contenders of each set. */
  shown: number;
  voter: Voter;
  seed: number;
  /** Votes after which it ends. */
  limit: number;
  /** Goes on after the first verdict until the best is told apart from each. */
  untilApart?: boolean;
  /** Votes after which the forecast is asked for. */
  asked?: number;
}

/** Votes on the sets that we propose, with a look after every vote. */
export function lookedAtSeries(plan: SeriesPlan): Ending {
  const { strengths, shown, voter, seed, limit } = plan;
  const random = randomOf(seed);
  const counter = new ChoiceCounter(strengths.map((_, place) => nameOf(place)));
  const table = () => counter.table();
  let fit = fitStrengths(table());
  const none = { votes: Infinity, best: -1 };
  const ending: Ending = { ...none, apart: none, forecast: null };
  for (let votes = 1; votes <= limit; votes += 1) {
    const all = shown === strengths.length;
    const set = all ? [...strengths.keys()] : byPromise(table()).slice(0, shown);
    const best = voter(random, strengths, set);
    counter.add({ shown: set.map(nameOf), best: best.map(nameOf) });
    fit = fitStrengths(table(), fit.strengths);
    if (votes === plan.asked) ending.forecast = votesNeeded(table(), fit);
    const verdict = verdictOf(table(), fit);
    if (verdict?.decided !== true) continue;
    if (ending.best === -1) [ending.votes, ending.best] = [votes, verdict.best];
    if (plan.untilApart !== true) break;
    if (notToldApart(table(), fit, verdict).length > 0) continue;
    ending.apart = { votes, best: verdict.best };
    break;
  }
  return ending;
}
