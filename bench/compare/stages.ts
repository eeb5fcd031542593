import type { PixelsEvent } from '../../src/protocol/events.ts';
import type { RunStage } from '../../src/protocol/jobs.ts';

type StageTimes = Partial<Record<RunStage, number>>;

/** Milliseconds that each run of a job spends in each stage, as its progress events tell. */
export class StageWatch {
  readonly #runs = new Map<number, { times: StageTimes; stage: RunStage; since: number }>();
  readonly #order: number[] = [];

  take(event: PixelsEvent): void {
    const now = performance.now();
    if (event.type === 'run.progress') {
      const known = this.#runs.get(event.run);
      if (known === undefined) {
        this.#order.push(event.run);
        this.#runs.set(event.run, { times: {}, stage: event.stage, since: now });
      } else if (known.stage !== event.stage) this.#leave(known, now, event.stage);
    }
    if (event.type === 'run.state' && event.state === 'finishing') {
      const known = this.#runs.get(event.run);
      if (known !== undefined) this.#leave(known, now, known.stage);
    }
  }

  #leave(
    run: { times: StageTimes; stage: RunStage; since: number },
    now: number,
    next: RunStage,
  ): void {
    run.times[run.stage] = (run.times[run.stage] ?? 0) + now - run.since;
    run.stage = next;
    run.since = now;
  }

  /** Milliseconds in some stages, of each run in the order in which they began. */
  inStages(...stages: RunStage[]): number[] {
    return this.#order.map(index => {
      const times = this.#runs.get(index)?.times ?? {};
      return stages.reduce((sum, stage) => sum + (times[stage] ?? 0), 0);
    });
  }
}
