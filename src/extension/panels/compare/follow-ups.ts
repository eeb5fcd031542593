import { randomInt } from 'node:crypto';
import { extentOf } from '../../../project/compare/sets.ts';
import type { ChosenCell } from '../../../project/compare/winners.ts';
import type { CompareSpec } from '../../../protocol/compare.ts';
import type { CompareView } from './session-parts.ts';

/** A first seed that leaves room for some after it, as people see them in other tools. */
export function freshSeed(): number {
  return randomInt(0, 2 ** 32);
}

/** The same comparison with other seeds. */
export function withNewSeeds(spec: CompareSpec): CompareSpec {
  const { confirmed: _, ...rest } = spec;
  return { ...rest, seeds: { first: freshSeed(), count: extentOf(spec).seeds } };
}

/** Cells that this person named best, of the sets whose names they know. */
export function namedBest({ sets }: Pick<CompareView, 'sets'>): ChosenCell[] {
  return sets.flatMap(({ place: { set }, cells, phase, knowledge }) =>
    phase === 'open'
      ? (knowledge.vote?.best ?? []).flatMap(place => {
          const contender = cells[place]?.contender;
          return contender === undefined ? [] : [{ set, contender }];
        })
      : [],
  );
}
