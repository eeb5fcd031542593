import type { JobPlan, JobSpec } from '../../protocol/jobs.ts';
import { NO_CHECKPOINT, type Recipe } from '../../protocol/recipe.ts';
import { setCount } from '../../project/compare/cells.ts';
import { needsConfirmation } from '../../project/compare/check.ts';
import { contenderNames } from '../../project/compare/contenders.ts';
import { DRAFT_CFG, DRAFT_STEPS } from '../../project/compare/draft.ts';
import type { Core } from '../core.ts';
import type { ArtifactIndex } from '../store/artifacts.ts';
import type { StepTimes } from '../store/step-times.ts';
import { readDisk } from '../system/disk.ts';
import type { PreparedJob } from './submission.ts';

/** PNGs of diffusion models as they come, in bytes per pixel, where none of the size is in the store. */
const BYTES_PER_PIXEL = 1.5;

/** Header, palette and digest of a small PNG. */
const PNG_FRAME_BYTES = 300;

/** What a run would take, from what was learnt of its kind or of the same without guidance. */
function estimateRun(
  stepTimes: StepTimes,
  server: string,
  recipe: Recipe,
): { ms: number; measured: boolean } | null {
  const known = stepTimes.estimate(server, recipe);
  if (known !== null) return { ms: known, measured: true };
  const guided = recipe.cfg !== 1;
  // Guidance evaluates the model twice a step.
  const like = stepTimes.lookUp(server, { ...recipe, cfg: guided ? 1 : 2 });
  if (like === null) return null;
  const step = like.step * (guided ? 2 : 0.5);
  return { ms: like.load + step * recipe.steps + like.rest, measured: false };
}

/** Recipes of one key take equally long, as far as is known. */
function timeKey({ checkpoint, renderSize, batch, batchIndex, steps, cfg, sampler }: Recipe) {
  return JSON.stringify([checkpoint, renderSize, batch, batchIndex, steps, cfg, sampler]);
}

/**
 * Time that recipes take on servers that draw side by side.
 * @param servers names of those that are ready
 */
export function planTime(
  recipes: readonly Recipe[],
  servers: readonly string[],
  stepTimes: StepTimes,
): JobPlan['time'] {
  const estimates = new Map<string, ReturnType<typeof estimateRun>>();
  let known = 0;
  let measured = 0;
  let sum = 0;
  for (const recipe of recipes) {
    const key = timeKey(recipe);
    let estimate = estimates.get(key);
    if (estimate === undefined) {
      const each = servers.map(server => estimateRun(stepTimes, server, recipe));
      estimate = each.find(one => one?.measured) ?? each.find(one => one !== null) ?? null;
      estimates.set(key, estimate);
    }
    if (estimate === null) continue;
    known++;
    if (estimate.measured) measured++;
    sum += estimate.ms;
  }
  const atOnce = Math.max(1, Math.min(servers.length, recipes.length));
  const ms = known === 0 ? null : Math.round(((sum / known) * recipes.length) / atOnce);
  return { ms, measured, servers: servers.length };
}

/** Bytes that the pictures and sprites of recipes take in the store. */
export function planBytes(
  recipes: readonly Recipe[],
  index: Pick<ArtifactIndex, 'typicalBytes'>,
): number {
  const bySize = new Map<string, number>();
  const bytesOf = (width: number, height: number): number => {
    const key = `${width}x${height}`;
    const known = bySize.get(key) ?? index.typicalBytes(width, height);
    const bytes = known ?? Math.round(width * height * BYTES_PER_PIXEL + PNG_FRAME_BYTES);
    bySize.set(key, bytes);
    return bytes;
  };
  return recipes.reduce((sum, { size, renderSize, batch, batchIndex, pixels }) => {
    const images = batchIndex === undefined ? batch : 1;
    const sprite = pixels.fix === 'none' ? 0 : bytesOf(...size);
    return sum + images * (bytesOf(...renderSize) + sprite);
  }, 0);
}

function planCompare(spec: JobSpec, draft: PreparedJob['draft']): JobPlan['compare'] {
  if (spec.kind !== 'compare') return null;
  return {
    sets: setCount(spec),
    contenders: contenderNames(spec.contenders),
    draft: draft && {
      workflow: draft.workflow,
      steps: DRAFT_STEPS,
      cfg: draft.workflow === null ? null : DRAFT_CFG,
    },
  };
}

/**
 * What a job would take.
 * @throws PixelsError as its submission would, but for a number of cells that nobody agreed to
 */
export async function planJob(core: Core, spec: JobSpec): Promise<JobPlan> {
  const { runs, draft, warnings } = core.submission.prepare(spec);
  const recipes = runs.map(({ recipe }) => recipe);
  const ready = core.queues.filter(({ link }) => link.state === 'ready').map(({ name }) => name);
  const checkpoints = new Set(recipes.map(({ checkpoint }) => checkpoint));
  checkpoints.delete(NO_CHECKPOINT);
  const disk = await readDisk(core.data).catch(() => null);
  return {
    runs: runs.length,
    compare: planCompare(spec, draft),
    checkpoints: checkpoints.size,
    time: planTime(recipes, ready, core.stepTimes),
    disk: { bytes: planBytes(recipes, core.index), freeBytes: disk?.freeBytes ?? null },
    asks: spec.kind === 'compare' && needsConfirmation(spec),
    warnings,
  };
}
