import type { StepTimeRow } from '../../protocol/models.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { Database } from './sqlite.ts';

/** Times of one kind of run on one server, in milliseconds. */
export interface StepTime {
  step: number;
  load: number;
  rest: number;
}

/** Weight of the newest run: old times fade within a few runs when a machine changes. */
const NEWEST = 0.3;

/** Samplers of ComfyUI's `comfy/k_diffusion/sampling.py` that evaluate the model twice a step. */
const SECOND_ORDER =
  /^(?:heun|heunpp2|exp_heun_2.*|dpm_2|dpm_2_ancestral|dpmpp_2s_ancestral|dpmpp_sde|dpmpp_sde_gpu|seeds_2|sa_solver_pece)(?:_cfg_pp)?$/;

function evaluationsOf({ cfg, sampler }: Recipe): number {
  // CFG other than 1 evaluates a second time for the negative prompt.
  return (cfg === 1 ? 1 : 2) * (SECOND_ORDER.test(sampler) ? 2 : 1);
}

function keyOf(server: string, recipe: Recipe): string {
  const [width, height] = recipe.renderSize;
  const batch = recipe.batchIndex === undefined ? recipe.batch : 1;
  return [server, recipe.checkpoint, `${width}x${height}`, batch, evaluationsOf(recipe)].join('|');
}

/** A server's name has no bar in it, and the last three parts have none either. */
const KEY = /^([^|]*)\|(.*)\|(\d+)x(\d+)\|(\d+)\|(\d+)$/s;

/** Learns how long steps take per server, model, size and batch, and estimates what is to come. */
export class StepTimes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @returns null when no run of this kind was seen */
  lookUp(server: string, recipe: Recipe): StepTime | null {
    const row = this.#database.get(
      'SELECT step_ms, load_ms, rest_ms FROM step_times WHERE key = ?',
      keyOf(server, recipe),
    );
    return row === undefined
      ? null
      : {
          step: Number(row['step_ms']),
          load: Number(row['load_ms']),
          rest: Number(row['rest_ms']),
        };
  }

  /**
   * Adds what a run took.
   * @param seen milliseconds per step, before the first step, and after the last one
   */
  learn(server: string, recipe: Recipe, seen: StepTime): void {
    const known = this.lookUp(server, recipe);
    const mix = (old: number, now: number): number => old + (now - old) * NEWEST;
    const next = known
      ? {
          step: mix(known.step, seen.step),
          load: mix(known.load, seen.load),
          rest: mix(known.rest, seen.rest),
        }
      : seen;
    this.#database.run(
      `INSERT INTO step_times (key, step_ms, load_ms, rest_ms, samples) VALUES (?, ?, ?, ?, 1)
       ON CONFLICT (key) DO UPDATE SET step_ms = excluded.step_ms, load_ms = excluded.load_ms,
         rest_ms = excluded.rest_ms, samples = samples + 1`,
      keyOf(server, recipe),
      next.step,
      next.load,
      next.rest,
    );
  }

  /** Milliseconds a whole run of this kind takes, or null when unknown. */
  estimate(server: string, recipe: Recipe): number | null {
    const time = this.lookUp(server, recipe);
    return time === null ? null : time.load + time.step * recipe.steps + time.rest;
  }

  /** What was learnt, by server and model. */
  list(most: number): StepTimeRow[] {
    const rows = this.#database.all(
      'SELECT key, step_ms, load_ms, rest_ms, samples FROM step_times ORDER BY key LIMIT ?',
      most,
    );
    return rows.flatMap(row => {
      const [, server, checkpoint, width, height, batch, evaluations] =
        KEY.exec(String(row['key'])) ?? [];
      if (server === undefined || checkpoint === undefined) return [];
      return {
        server,
        checkpoint,
        renderSize: [Number(width), Number(height)] as [number, number],
        batch: Number(batch),
        evaluations: Number(evaluations),
        stepMs: Number(row['step_ms']),
        loadMs: Number(row['load_ms']),
        restMs: Number(row['rest_ms']),
        samples: Number(row['samples']),
      };
    });
  }
}
