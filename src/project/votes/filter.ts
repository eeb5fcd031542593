import type { CompareMode, SpriteCategory } from '../../protocol/compare.ts';
import type { Size } from '../../protocol/recipe.ts';
import type { Vote } from './vote-event.ts';

/** Which votes count; what is left out takes all. */
export interface VoteFilter {
  category?: SpriteCategory;
  size?: Size;
  mode?: CompareMode;
  /** Only votes of this comparison. */
  job?: string;
  /** Digests: only votes between these. */
  contenders?: readonly string[];
}

/** Whether a vote passes. */
export function passes(vote: Vote, filter: VoteFilter): boolean {
  const { category, size, mode, job, contenders } = filter;
  return (
    (category === undefined || vote.category === category) &&
    (size === undefined || (vote.size[0] === size[0] && vote.size[1] === size[1])) &&
    (mode === undefined || vote.mode === mode) &&
    (job === undefined || vote.job === job) &&
    (contenders === undefined || vote.contenders.every(({ digest }) => contenders.includes(digest)))
  );
}

/** A value that votes can be sliced by, and how many have it. */
export interface Slice<T> {
  value: T;
  votes: number;
}

/** What votes can be sliced by. */
export interface Slices {
  categories: Slice<SpriteCategory>[];
  sizes: Slice<Size>[];
  modes: Slice<CompareMode>[];
}

/** The slices that votes fall into, the largest first. */
export function slicesOf(votes: readonly Vote[]): Slices {
  return {
    categories: counted(votes.map(({ category }) => category)),
    sizes: counted(votes.map(({ size }) => size)),
    modes: counted(votes.map(({ mode }) => mode)),
  };
}

function counted<T>(values: readonly T[]): Slice<T>[] {
  const slices = new Map<string, Slice<T>>();
  for (const value of values) {
    const key = String(value);
    const slice = slices.get(key);
    if (slice === undefined) slices.set(key, { value, votes: 1 });
    else slice.votes += 1;
  }
  return [...slices.entries()]
    .sort(([a, one], [b, other]) => other.votes - one.votes || (a < b ? -1 : 1))
    .map(entry => entry[1]);
}
