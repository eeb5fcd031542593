import type { RunStage } from '../../protocol/jobs.ts';
import type { RunKey } from '../store/run-table.ts';

/** What a run under way is doing right now. Not durable: it is told anew by the engine. */
export interface LiveRun {
  stage: RunStage;
  value: number;
  max: number;
  /** Unix time in ms when the run is expected to end; null when nothing is known. */
  endsAt: number | null;
}

function idOf(key: Pick<RunKey, 'job' | 'index'>): string {
  return `${key.job}:${key.index}`;
}

/** Share of a run that is done, by stage: sampling is nearly all of it. */
export function fractionOf(live: LiveRun): number {
  switch (live.stage) {
    case 'waiting':
      return 0;
    case 'loading':
      return 0.02;
    case 'encoding':
      return 0.05;
    case 'sampling':
      return 0.08 + 0.82 * (live.max > 0 ? Math.min(1, live.value / live.max) : 0);
    case 'decoding':
      return 0.92;
    case 'saving':
      return 0.95;
    case 'fixing':
      return 0.98;
  }
}

/** Progress of the runs that engines hold. */
export class LiveRuns {
  readonly #runs = new Map<string, LiveRun>();

  get(key: Pick<RunKey, 'job' | 'index'>): LiveRun | null {
    return this.#runs.get(idOf(key)) ?? null;
  }

  set(key: Pick<RunKey, 'job' | 'index'>, live: LiveRun): void {
    this.#runs.set(idOf(key), live);
  }

  delete(key: Pick<RunKey, 'job' | 'index'>): void {
    this.#runs.delete(idOf(key));
  }

  /** Progress of a job's runs under way. */
  ofJob(job: string): LiveRun[] {
    const runs: LiveRun[] = [];
    for (const [id, live] of this.#runs) if (id.startsWith(`${job}:`)) runs.push(live);
    return runs;
  }
}
