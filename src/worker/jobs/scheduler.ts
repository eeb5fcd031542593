import { NO_CHECKPOINT, type Recipe } from '../../protocol/recipe.ts';
import { LANES, type Lane } from '../../protocol/jobs.ts';
import type { ServerInventory } from '../comfyui/inventory.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';

/** Times that an older batch job may be passed by for the sake of a loaded checkpoint. */
export const MAX_OVERTAKEN = 8;

/** Waiting jobs looked at to find one for the loaded checkpoint. */
const LOOK_AHEAD = 64;

/** True when a server has every model that a recipe names. */
export function canDraw(inventory: ServerInventory, recipe: Recipe): boolean {
  return (
    (recipe.checkpoint === NO_CHECKPOINT || inventory.checkpoints.includes(recipe.checkpoint)) &&
    (recipe.vae === null || inventory.vaes.includes(recipe.vae)) &&
    recipe.loras.every(lora => inventory.loras.includes(lora.name))
  );
}

/**
 * Chooses which run a server gets next: interactive before batch before training, in the order of jobs; within batch a run of the
 * checkpoint that is loaded may go first, at most MAX_OVERTAKEN times past the same job.
 */
export class Scheduler {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /**
   * @param inventory what the server has
   * @param loaded checkpoint of the server's newest run
   * @returns the run, still queued; null when nothing waits that the server can draw
   */
  next(
    inventory: ServerInventory,
    loaded: string | null,
  ): { record: RunRecord; lane: Lane } | null {
    const waiting = this.#journal.queue.waitingJobs(LOOK_AHEAD);
    for (const [place, job] of waiting.entries()) {
      const grouped = job.lane === 'batch' && loaded !== null;
      const record =
        (grouped ? this.#journal.queue.firstQueued(job.id, loaded) : null) ??
        this.#journal.queue.firstQueued(job.id);
      if (record === null || !canDraw(inventory, record.run.recipe)) continue;
      if (!grouped || record.run.recipe.checkpoint === loaded || job.overtaken >= MAX_OVERTAKEN) {
        return { record, lane: job.lane };
      }
      for (const later of waiting.slice(place + 1)) {
        if (later.lane !== 'batch') break;
        const match = this.#journal.queue.firstQueued(later.id, loaded);
        if (match !== null && canDraw(inventory, match.run.recipe)) {
          this.#journal.queue.countOvertaken(job.id);
          return { record: match, lane: later.lane };
        }
      }
      return { record, lane: job.lane };
    }
    return null;
  }

  /** Lane of the most urgent run that the server could draw; null when nothing waits. */
  urgentLane(inventory: ServerInventory): Lane | null {
    for (const job of this.#journal.queue.waitingJobs(LOOK_AHEAD)) {
      const record = this.#journal.queue.firstQueued(job.id);
      if (record !== null && canDraw(inventory, record.run.recipe)) return job.lane;
    }
    return null;
  }
}

/** True when lane `a` is served before lane `b`. */
export function isBefore(a: Lane, b: Lane): boolean {
  return LANES.indexOf(a) < LANES.indexOf(b);
}
