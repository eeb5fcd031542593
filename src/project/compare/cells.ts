import type { CompareSeeds, CompareSpec } from '../../protocol/compare.ts';

/*
 * A set is a pair of prompt and seed, numbered prompt by prompt: set = prompt × seeds + seed. A cell is what one contender makes of one
 * set, and is one run. Runs are numbered in the order in which they are best drawn: all cells of contenders on one checkpoint together, so
 * that it is loaded once; within them prompt by prompt, so that sets fill early; of a prompt all seeds of one contender in a row, since they
 * share its encoded text.
 */

/** The parts of a comparison that decide the order of its cells. */
export type CellPlan = Pick<CompareSpec, 'contenders' | 'base' | 'prompts' | 'seeds'>;

/** Places count from 0, in the order of the comparison's own lists. */
export interface Cell {
  set: number;
  contender: number;
  prompt: number;
  /** Place in the list of seeds. */
  seed: number;
}

/** The seeds in their order. */
export function seedsOf(seeds: CompareSeeds): number[] {
  if (Array.isArray(seeds)) return seeds;
  return Array.from({ length: seeds.count }, (_, place) => seeds.first + place);
}

/** One of the seeds; undefined beyond the last. */
export function seedAt(seeds: CompareSeeds, place: number): number | undefined {
  if (Array.isArray(seeds)) return seeds[place];
  return place >= 0 && place < seeds.count ? seeds.first + place : undefined;
}

function seedCount(seeds: CompareSeeds): number {
  return Array.isArray(seeds) ? seeds.length : seeds.count;
}

/** Pairs of prompt and seed. */
export function setCount({ prompts, seeds }: CellPlan): number {
  return prompts.length * seedCount(seeds);
}

/** Cells in all, which is the number of runs. */
export function cellCount(plan: CellPlan): number {
  return setCount(plan) * plan.contenders.length;
}

/** Places of the contenders by checkpoint, in the order of their first. */
function groupsOf({ contenders, base }: CellPlan): number[][] {
  const groups = new Map<string, number[]>();
  contenders.forEach((contender, place) => {
    const checkpoint = contender.checkpoint ?? base.checkpoint;
    // Where none is named, the workflow chooses.
    const key = checkpoint ?? `of ${contender.workflow ?? base.workflow ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  });
  return [...groups.values()];
}

/**
 * The cell that a run draws.
 * @param index the run's index in its job
 * @throws RangeError when the comparison has no such run
 */
export function cellAt(plan: CellPlan, index: number): Cell {
  const seeds = seedCount(plan.seeds);
  const sets = setCount(plan);
  let rest = index;
  for (const group of groupsOf(plan)) {
    if (rest >= 0 && rest < group.length * sets) {
      const prompt = Math.floor(rest / (group.length * seeds));
      const within = rest % (group.length * seeds);
      const contender = group[Math.floor(within / seeds)];
      const seed = within % seeds;
      if (contender !== undefined && Number.isInteger(rest)) {
        return { set: prompt * seeds + seed, contender, prompt, seed };
      }
    }
    rest -= group.length * sets;
  }
  throw new RangeError(`The comparison has no run ${index}.`);
}

/**
 * Index of the run that draws a contender's cell of a set.
 * @throws RangeError when the comparison has no such cell
 */
export function runOfCell(plan: CellPlan, set: number, contender: number): number {
  const seeds = seedCount(plan.seeds);
  const sets = setCount(plan);
  let before = 0;
  for (const group of groupsOf(plan)) {
    const member = group.indexOf(contender);
    if (member >= 0 && Number.isInteger(set) && set >= 0 && set < sets) {
      const prompt = Math.floor(set / seeds);
      return before + (prompt * group.length + member) * seeds + (set % seeds);
    }
    before += group.length * sets;
  }
  throw new RangeError(`The comparison has no cell of contender ${contender} in set ${set}.`);
}

/** Every cell, in the order of the runs. */
export function cellsOf(plan: CellPlan): Cell[] {
  return Array.from({ length: cellCount(plan) }, (_, index) => cellAt(plan, index));
}
