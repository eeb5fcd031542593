import type { CompareSpec } from '../../protocol/compare.ts';
import { cellCount, runOfCell, seedAt, setCount } from './cells.ts';

/** A set of a comparison by its parts; places count from 0, in the order of the comparison's own lists. */
export interface SetPlace {
  set: number;
  prompt: number;
  seed: number;
}

/** Every set of a comparison in its order. */
export function setsOf(spec: CompareSpec): SetPlace[] {
  const sets = setCount(spec);
  const seeds = sets / spec.prompts.length;
  return Array.from({ length: sets }, (_, set) => ({
    set,
    prompt: Math.floor(set / seeds),
    seed: seedAt(spec.seeds, set % seeds) ?? 0,
  }));
}

/** `4 models × 4 prompts × 2 seeds`, in numbers. */
export interface CompareExtent {
  contenders: number;
  prompts: number;
  seeds: number;
  cells: number;
}

/** How large a comparison is. */
export function extentOf(spec: CompareSpec): CompareExtent {
  const { contenders, prompts } = spec;
  return {
    contenders: contenders.length,
    prompts: prompts.length,
    seeds: setCount(spec) / prompts.length,
    cells: cellCount(spec),
  };
}

/** Indices of the runs of a set, by contender. */
export function runsOfSet(spec: CompareSpec, set: number): number[] {
  return spec.contenders.map((_, contender) => runOfCell(spec, set, contender));
}
