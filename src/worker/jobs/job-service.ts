import { setTimeout } from 'node:timers/promises';
import { PixelsError } from '../../protocol/errors.ts';
import type { Job, Lane, Target } from '../../protocol/jobs.ts';
import { ACTIVE_STATES } from '../store/run-states.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';
import type { StepTimes } from '../store/step-times.ts';
import { fractionOf, type LiveRuns } from './live-runs.ts';
import type { Placement } from './placement.ts';
import type { ServerQueue } from './server-queue.ts';

/** Waiting jobs that are looked through for runs that no server can draw. */
const WAITING_JOBS = 200;

/** An engine that hangs keeps nobody waiting: a client that asks again would be told that nothing was left to cancel. */
const CANCEL_WAIT_MS = 2_000;

/** Reasons in the history are cut to this. */
const NOTE_LENGTH = 500;

/** Commands on jobs, and jobs as clients see them. */
export class JobService {
  readonly #journal: Journal;
  readonly #queues: readonly ServerQueue[];
  readonly #live: LiveRuns;
  readonly #stepTimes: StepTimes;
  readonly #placement: Placement;

  constructor(
    journal: Journal,
    queues: readonly ServerQueue[],
    live: LiveRuns,
    stepTimes: StepTimes,
    placement: Placement,
  ) {
    this.#journal = journal;
    this.#queues = queues;
    this.#live = live;
    this.#stepTimes = stepTimes;
    this.#placement = placement;
  }

  /** Takes over what earlier processes left with the engines, and begins. */
  start(): void {
    const adopted = new Map<string, Parameters<ServerQueue['start']>[0][number][]>();
    for (const record of this.#journal.runs.active()) {
      const server = record.run.server ?? '';
      if (!this.#queues.some(queue => queue.name === server)) {
        const key = { job: record.run.job, index: record.run.index, attempt: record.run.attempt };
        const reason = `the server "${server}" that had it is no longer configured`;
        const error = new PixelsError(
          'engine-lost',
          `The run is lost: ${reason}. Configure it again before a start, or retry the run.`,
        );
        this.#journal.runs.transition(key, ACTIVE_STATES, 'lost', reason, {
          error: error.toWire(),
        });
        continue;
      }
      const lane = this.#journal.jobs.get(record.run.job)?.lane ?? 'batch';
      adopted.set(server, [...(adopted.get(server) ?? []), { record, lane }]);
    }
    for (const queue of this.#queues) queue.start(adopted.get(queue.name) ?? []);
  }

  /**
   * Ends waiting runs that no server can draw any more, once every server is there; while one is away their history says what they wait
   * for.
   */
  failImpossible(): void {
    for (const { id } of this.#journal.queue.waitingJobs(WAITING_JOBS)) {
      for (const record of this.#journal.queue.firstOfEachDemand(id)) {
        const hopeless = this.#placement.hopeless(record);
        if (hopeless === null) continue;
        if (hopeless.final) this.#failLike(record, hopeless.error);
        else this.#noteWaiting(record, hopeless.error);
      }
    }
  }

  #failLike({ run: { job, index } }: RunRecord, error: PixelsError): void {
    this.#journal.write(() => {
      for (const { run } of this.#journal.queue.queuedLike(job, index)) {
        const key = { job, index: run.index, attempt: run.attempt };
        const change = { error: error.toWire() };
        this.#journal.runs.transition(key, ['queued'], 'failed', error.message, change);
      }
    });
  }

  #noteWaiting({ run: { job, index, attempt } }: RunRecord, error: PixelsError): void {
    const reason = `waits for a server that is away: ${error.message}`.slice(0, NOTE_LENGTH);
    if (this.#journal.runs.historyOf(job, index).at(-1)?.reason === reason) return;
    this.#journal.runs.note(job, index, attempt, 'queued', 'queued', reason);
  }

  /** Something waits again that may have become impossible meanwhile. */
  #place(): void {
    this.failImpossible();
    this.kick();
  }

  /** Lets every server look for work. */
  kick(): void {
    for (const queue of this.#queues) queue.kick();
  }

  /** Runs that engines hold at this moment. */
  get busy(): number {
    return this.#queues.reduce((sum, queue) => sum + queue.busy, 0);
  }

  /** Adds progress and ETA of runs under way to a job. */
  view(job: Job): Job {
    const { total, queued, active } = job.runs;
    if (queued === 0 && active === 0) return job;
    const live = this.#live.ofJob(job.id);
    const under = live.reduce((sum, run) => sum + fractionOf(run), 0);
    const ended = total - queued - active;
    return {
      ...job,
      progress: total === 0 ? 1 : Math.min(1, (ended + under) / total),
      etaMs: this.#eta(job),
    };
  }

  /** Work ahead of and in a job, spread over the servers that are ready. */
  #eta(job: Job): number | null {
    const sample = this.#journal.queue.firstQueued(job.id) ?? this.#journal.runs.record(job.id, 0);
    const ready = this.#queues.filter(queue => queue.link.state === 'ready');
    const server = ready.find(
      queue => sample !== null && !PixelsError.is(this.#placement.verdict(queue.link, sample)),
    );
    if (sample === null || server === undefined) return null;
    const perRun = this.#stepTimes.estimate(server.name, sample.run.recipe);
    const now = Date.now();
    const live = this.#live.ofJob(job.id);
    const running = Math.max(0, ...live.map(run => (run.endsAt ?? now) - now));
    if (job.runs.queued === 0) {
      // What should have ended by now takes longer than was thought; how long nobody knows.
      return running > 0 ? Math.round(running) : null;
    }
    return perRun === null
      ? null
      : Math.round(running + (perRun * job.runs.queued) / Math.max(1, ready.length));
  }

  #require(target: Target): void {
    if (this.#journal.runs.targetExists(target)) return;
    throw new PixelsError('not-found', 'There is no such job or run; list them with jobs.list.', {
      ...('job' in target ? { job: target.job } : {}),
      ...('group' in target ? { group: target.group } : {}),
    });
  }

  /** @returns runs cancelled now or asked to stop */
  async cancel(target: Target): Promise<number> {
    this.#require(target);
    let count = 0;
    const queued = this.#journal.runs.ofTarget(target, ['queued']);
    this.#journal.write(() => {
      for (const key of queued) {
        if (this.#journal.runs.transition(key, ['queued'], 'cancelled', 'cancelled')) count++;
      }
    });
    const active = this.#journal.runs
      .ofTarget(target, ['parked', 'loading', 'running'])
      .filter(key => this.#journal.runs.askCancel(key));
    count += active.length;
    const asked = Promise.allSettled(
      active.flatMap(key => this.#queues.map(async queue => queue.cancel(key))),
    );
    await Promise.race([asked, setTimeout(CANCEL_WAIT_MS, null, { ref: false })]);
    return count;
  }

  /** @returns runs queued again */
  retry(target: Target): number {
    this.#require(target);
    const runs = this.#journal.runs.ofTarget(target, ['failed', 'cancelled', 'lost']);
    const count = this.#journal.write(
      () =>
        runs.filter(key =>
          this.#journal.runs.transition(key, ['failed', 'cancelled', 'lost'], 'queued', 'retried', {
            nextAttempt: true,
            server: null,
            posted: 0,
            error: null,
            images: [],
            cancelAsked: false,
            lostRetries: 0,
            startedAt: null,
          }),
        ).length,
    );
    this.#place();
    return count;
  }

  /** @returns jobs that changed */
  async pause(target: Target): Promise<number> {
    this.#require(target);
    const count = this.#journal.jobs.setPaused(target, true);
    await this.#withdrawHeldBack('paused');
    return count;
  }

  resume(target: Target): number {
    this.#require(target);
    const count = this.#journal.jobs.setPaused(target, false);
    this.#place();
    return count;
  }

  async setLanePaused(lane: Lane, paused: boolean): Promise<boolean> {
    const changed = this.#journal.queue.setLanePaused(lane, paused);
    if (paused) await this.#withdrawHeldBack('the lane was paused');
    else this.#place();
    return changed;
  }

  async #withdrawHeldBack(reason: string): Promise<void> {
    const lanes = this.#journal.queue.pausedLanes();
    await Promise.all(
      this.#queues.map(async queue =>
        queue.withdrawParked(
          run => lanes.has(run.lane) || this.#journal.jobs.get(run.key.job)?.paused === true,
          reason,
        ),
      ),
    );
  }

  /** @returns whether the order changed */
  async move(id: string, before: string | null): Promise<boolean> {
    this.#require({ job: id });
    const job = this.#journal.jobs.get(id);
    const other = before === null ? null : this.#journal.jobs.get(before);
    if (before !== null && (other === null || other.lane !== job?.lane)) {
      throw new PixelsError(
        'invalid-params',
        'A job can only be moved before an unfinished job of its own lane.',
        { id, before },
      );
    }
    const changed = this.#journal.jobs.move(id, before);
    if (changed) {
      await Promise.all(
        this.#queues.map(async queue =>
          queue.withdrawParked(run => run.lane === job?.lane, 'the queue was reordered'),
        ),
      );
      this.kick();
    }
    return changed;
  }
}
