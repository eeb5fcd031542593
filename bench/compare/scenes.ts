import type { WorkerClient } from '../../src/client/worker-client.ts';
import type { CompareInput } from '../../src/protocol/compare.ts';
import { measureJob } from './measure.ts';

/** What an engine has to compare with. */
export interface Cast {
  /** Settings that all share. */
  base: NonNullable<CompareInput['base']>;
  /** Four, on one checkpoint. */
  styles: CompareInput['contenders'];
  /** Four, of as many checkpoints as there are. */
  models: CompareInput['contenders'];
}

/** Steps and guidance of a finished picture. */
export const FULL = { steps: 28, cfg: 7 } as const;

let drawn = 0;

/** A prompt and a seed that no engine has met: nothing of it is in a cache. */
function freshPrompts(count: number): CompareInput['prompts'] {
  return Array.from({ length: count }, () => ({ prompt: `rusty sword number ${++drawn}` }));
}

function freshSeeds(count: number): CompareInput['seeds'] {
  drawn += count;
  return { first: drawn * 1000, count };
}

function compareOf(
  { base }: Cast,
  contenders: CompareInput['contenders'],
  prompts: number,
  seeds: number,
  mode: 'draft' | 'full',
): CompareInput {
  return {
    kind: 'compare',
    contenders,
    base: { ...base, ...FULL },
    prompts: freshPrompts(prompts),
    seeds: freshSeeds(seeds),
    mode,
  };
}

/** Loads everything that a cast draws with, in full and in draft, so that no measurement pays or saves a load. */
export async function warmUp(client: WorkerClient, { base, styles, models }: Cast): Promise<void> {
  const recipes = [
    ...[...styles, ...models].map(({ name: _, ...contender }) => contender),
    ...styles.map(({ name: _, ...contender }) => ({ ...contender, workflow: 'draft-sdxl' })),
  ];
  const items = recipes.map(recipe => ({
    recipe: { ...base, ...recipe, steps: 1, cfg: 2, prompt: 'anything', seed: 1 },
  }));
  await measureJob(client, { kind: 'generate', items });
}

/** Milliseconds of one picture by one contender, in full, on a warm engine. */
export async function oneFull(client: WorkerClient, cast: Cast): Promise<number> {
  return sameByOne(client, cast, 1);
}

/** Milliseconds of several pictures by one contender, in full. */
export async function sameByOne(
  client: WorkerClient,
  { base, models }: Cast,
  prompts: number,
): Promise<number> {
  const { name: _, ...model } = models[0] ?? {};
  const items = freshPrompts(prompts).map(({ prompt }) => ({
    recipe: { ...base, ...FULL, ...model, prompt, seed: ++drawn * 1000 },
  }));
  return (await measureJob(client, { kind: 'generate', items })).ms;
}

/** Milliseconds of one set in draft by the first few contenders of one checkpoint. */
export async function oneDraft(client: WorkerClient, cast: Cast, count: number): Promise<number> {
  const spec = compareOf(cast, cast.styles.slice(0, count), 1, 1, 'draft');
  return (await measureJob(client, spec)).ms;
}

/** Milliseconds of several sets in full by all models. */
export async function allModels(
  client: WorkerClient,
  cast: Cast,
  prompts: number,
): Promise<number> {
  return (await measureJob(client, compareOf(cast, cast.models, prompts, 1, 'full'))).ms;
}

/** How a warm comparison spends its time. */
export interface WarmShares {
  /** Loads, encodes and decodes beyond the first picture's. */
  overhead: number;
  /** Sampling. */
  sampling: number;
}

/** Shares of the whole time that one warm server spends, with equal steps. */
export async function warmShares(
  client: WorkerClient,
  cast: Cast,
  prompts: number,
  seeds: number,
): Promise<WarmShares> {
  const spec = compareOf(cast, cast.models, prompts, seeds, 'full');
  const { ms, stages } = await measureJob(client, spec);
  const around = stages.inStages('loading', 'encoding', 'decoding');
  const beyond = around.slice(1).reduce((sum, one) => sum + one, 0);
  const sampling = stages.inStages('sampling').reduce((sum, one) => sum + one, 0);
  return { overhead: beyond / ms, sampling: sampling / ms };
}
