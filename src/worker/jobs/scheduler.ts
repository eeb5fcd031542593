import { LANES, type Lane } from '../../protocol/jobs.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';

/** Times that an older batch job may be passed by for the sake of a loaded checkpoint. */
export const MAX_OVERTAKEN = 8;

/** Waiting jobs looked at to find one for the loaded checkpoint. */
const LOOK_AHEAD = 64;

/** A server that has room for a run. */
export interface FreeServer {
  /** Whether it can draw a run, as far as is known. */
  draws: (record: RunRecord) => boolean;
  /** Checkpoint of its newest run. */
  loaded: string | null;
  /** Checkpoints of the newest runs of other servers. */
  elsewhere: ReadonlySet<string>;
}

/** A run for a server. */
export interface Choice {
  record: RunRecord;
  lane: Lane;
  /** Older job that it passes by; to be counted when it is taken. */
  overtakes: string | null;
}

/**
 * Chooses which run a server gets next: interactive before batch before training, in the order of jobs; within batch a run of the
 * checkpoint that is loaded may go first, at most MAX_OVERTAKEN times past the same job. Runs that a server cannot draw are left to others.
 */
export class Scheduler {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** @returns the run, still queued; null when nothing waits that the server can draw */
  next(server: FreeServer): Choice | null {
    const waiting = this.#journal.queue.waitingJobs(LOOK_AHEAD);
    for (const [place, { id, lane, overtaken }] of waiting.entries()) {
      const record = this.#within(id, lane, server);
      if (record === null) continue;
      const own: Choice = { record, lane, overtakes: null };
      const { loaded } = server;
      if (lane !== 'batch' || loaded === null || overtaken >= MAX_OVERTAKEN) return own;
      if (record.run.recipe.checkpoint === loaded) return own;
      for (const later of waiting.slice(place + 1)) {
        if (later.lane !== 'batch') break;
        const match = this.#ofCheckpoint(later.id, loaded, server);
        if (match !== null) return { record: match, lane: later.lane, overtakes: id };
      }
      return own;
    }
    return null;
  }

  /** The run is being handed over: what it passed by is counted. */
  take({ overtakes }: Choice): void {
    if (overtakes !== null) this.#journal.queue.countOvertaken(overtakes);
  }

  /** Lane of the most urgent run that the server could draw; null when nothing waits. */
  urgentLane(server: FreeServer): Lane | null {
    for (const { id, lane } of this.#journal.queue.waitingJobs(LOOK_AHEAD)) {
      if (this.#first(id, server) !== null) return lane;
    }
    return null;
  }

  /**
   * A job's next run for a server. What the job's other checkpoints wait for is left to the servers that have them loaded, as long as there
   * is something else to do, so that contenders are drawn side by side.
   */
  #within(job: string, lane: Lane, server: FreeServer): RunRecord | null {
    const { loaded, elsewhere } = server;
    if (lane === 'batch' && loaded !== null) {
      const match = this.#ofCheckpoint(job, loaded, server);
      if (match !== null) return match;
    }
    const first = this.#first(job, server);
    const wanted = first?.run.recipe.checkpoint;
    if (wanted === undefined || wanted === loaded || !elsewhere.has(wanted)) return first;
    const drawable = this.#drawable(job, server);
    return (
      drawable.find(({ run }) => run.recipe.checkpoint === loaded) ??
      drawable.find(({ run }) => !elsewhere.has(run.recipe.checkpoint)) ??
      first
    );
  }

  #drawable(job: string, { draws }: FreeServer): RunRecord[] {
    return this.#journal.queue.firstOfEachDemand(job).filter(draws);
  }

  #first(job: string, server: FreeServer): RunRecord | null {
    const first = this.#journal.queue.firstQueued(job);
    if (first === null || server.draws(first)) return first;
    return this.#drawable(job, server)[0] ?? null;
  }

  #ofCheckpoint(job: string, checkpoint: string, server: FreeServer): RunRecord | null {
    const first = this.#journal.queue.firstQueued(job, checkpoint);
    if (first === null || server.draws(first)) return first;
    const others = this.#drawable(job, server);
    return others.find(({ run }) => run.recipe.checkpoint === checkpoint) ?? null;
  }
}

/** True when lane `a` is served before lane `b`. */
export function isBefore(a: Lane, b: Lane): boolean {
  return LANES.indexOf(a) < LANES.indexOf(b);
}
