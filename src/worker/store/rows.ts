import type { EngineStamp, Job, Run, RunState } from '../../protocol/jobs.ts';
import { LANES } from '../../protocol/jobs.ts';
import { pixelSettingsSchema } from '../../protocol/pixels.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { Row } from './sqlite.ts';

/** A text column. */
export function text(row: Row, column: string): string {
  return String(row[column]);
}

/** A text column that may be null. */
export function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' ? value : null;
}

function number(row: Row, column: string): number {
  return Number(row[column]);
}

function numberOrNull(row: Row, column: string): number | null {
  const value = row[column];
  return typeof value === 'number' ? value : null;
}

function json<T>(row: Row, column: string, otherwise: T): T {
  const value = row[column];
  return typeof value === 'string' ? (JSON.parse(value) as T) : otherwise;
}

/** A job as its row tells it; progress and ETA of runs under way are added by those who know. */
export function jobOfRow(row: Row): Job {
  const total = number(row, 'total');
  const ended =
    number(row, 'done') + number(row, 'failed') + number(row, 'cancelled') + number(row, 'lost');
  return {
    id: text(row, 'id'),
    kind: text(row, 'kind'),
    lane: LANES[number(row, 'lane')] ?? 'batch',
    title: text(row, 'title'),
    project: textOrNull(row, 'project'),
    group: textOrNull(row, 'grp'),
    state: text(row, 'state') as Job['state'],
    paused: number(row, 'paused') === 1,
    runs: {
      total,
      queued: number(row, 'queued'),
      active: number(row, 'active'),
      done: number(row, 'done'),
      failed: number(row, 'failed'),
      cancelled: number(row, 'cancelled'),
      lost: number(row, 'lost'),
    },
    retryLost: text(row, 'retry_lost') as Job['retryLost'],
    createdAt: number(row, 'created_at'),
    updatedAt: number(row, 'updated_at'),
    finishedAt: numberOrNull(row, 'finished_at'),
    progress: total === 0 ? 1 : ended / total,
    etaMs: null,
    error: json<Job['error']>(row, 'error', null),
    placeholder: number(row, 'placeholder') === 1,
  };
}

/** A run with what only the worker needs to know of it. */
export interface RunRecord {
  run: Run;
  /** 0 = not handed over, 1 = about to be, 2 = the engine has confirmed it. */
  posted: 0 | 1 | 2;
  /** Tries that were made because the engine lost it. */
  lostRetries: number;
  cancelAsked: boolean;
  engine: EngineStamp | null;
}

/** Journals of older versions know fewer pixel settings. */
function recipeOfRow(row: Row): Recipe {
  const recipe = JSON.parse(text(row, 'recipe')) as Recipe;
  return { ...recipe, pixels: pixelSettingsSchema.parse(recipe.pixels) };
}

export function runOfRow(row: Row): RunRecord {
  return {
    run: {
      job: text(row, 'job'),
      index: number(row, 'idx'),
      name: textOrNull(row, 'name'),
      state: text(row, 'state') as RunState,
      attempt: number(row, 'attempt'),
      promptId: text(row, 'prompt_id'),
      server: textOrNull(row, 'server'),
      recipe: recipeOfRow(row),
      drawDigest: text(row, 'draw_digest'),
      recipeDigest: text(row, 'recipe_digest'),
      error: json<Run['error']>(row, 'error', null),
      images: json<Run['images']>(row, 'images', []),
      warnings: json<string[]>(row, 'warnings', []),
      createdAt: number(row, 'created_at'),
      startedAt: numberOrNull(row, 'started_at'),
      finishedAt: numberOrNull(row, 'finished_at'),
    },
    posted: number(row, 'posted') as RunRecord['posted'],
    lostRetries: number(row, 'lost_retries'),
    cancelAsked: number(row, 'cancel_asked') === 1,
    engine: json<EngineStamp | null>(row, 'engine', null),
  };
}
