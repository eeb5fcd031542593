import { PixelsError } from '../protocol/errors.ts';
import type { PixelsEvent } from '../protocol/events.ts';
import { hasEnded } from '../project/job-states.ts';
import type { Job, Run, RunStage } from '../protocol/jobs.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { WorkerConnection } from './worker-connection.ts';

/** What a run is doing, from the newest progress event. */
export interface ActiveRun {
  run: number;
  stage: RunStage;
  value: number;
  max: number;
  etaMs: number | null;
}

/** What is known of a job under way. */
export interface JobView {
  job: Job;
  active: ActiveRun | null;
  /** Runs of other jobs that are served before this one; null when it is not waiting or nobody asked yet. */
  ahead: number | null;
  /** The worker does not answer at the moment. */
  away: boolean;
}

export interface FollowOptions {
  /** Called with every event of the job. */
  onEvent?: (event: PixelsEvent) => void;
  /** Called after every event once the job is known, and about once a second. */
  onChange?: (view: JobView) => void;
  /** Called once for every run that ended as done, in the order they ended. */
  onRun?: (run: Run) => Promise<void>;
  /** Milliseconds between looks at the job itself, which repair what lost events left out. */
  lookEveryMs?: number;
  /** Milliseconds without an answer after which the worker is given up. */
  giveUpMs?: number;
  signal?: AbortSignal;
}

/** All runs of a job, page by page. */
export async function* allRuns(connection: WorkerConnection, job: string): AsyncGenerator<Run> {
  let from: number | null = 0;
  while (from !== null) {
    const page: { runs: Run[]; next: number | null } = await connection.request('runs.list', {
      job,
      from,
      limit: LIMITS.pageEntries,
    });
    yield* page.runs;
    from = page.next;
  }
}

/** Runs that stand before a job's first in the queue; null when the job is not on its first page. */
async function runsAhead(connection: WorkerConnection, job: string): Promise<number | null> {
  const { entries } = await connection.request('queue.list', { limit: LIMITS.pageEntries });
  const place = entries.findIndex(entry => entry.job === job);
  return place < 0 ? null : place;
}

function isTransient(error: unknown): boolean {
  return PixelsError.is(error, 'timeout', 'disconnected', 'shutting-down');
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** A look that fails is followed by another: none of them waits long. */
const LOOK = { timeoutMs: 5_000, retry: false };

class Follower {
  readonly #connection: WorkerConnection;
  readonly #id: string;
  readonly #options: FollowOptions;
  readonly #handled = new Set<number>();
  #view: JobView | null = null;
  #work: Promise<void> = Promise.resolve();
  #looking = false;
  #lookAgain = false;
  #answeredAt = Date.now();
  #ended!: (outcome: { error?: Error }) => void;
  readonly #end = new Promise<{ error?: Error }>(resolve => (this.#ended = resolve));

  constructor(connection: WorkerConnection, id: string, options: FollowOptions) {
    this.#connection = connection;
    this.#id = id;
    this.#options = options;
  }

  async follow(): Promise<Job> {
    const { signal, lookEveryMs = 1000 } = this.#options;
    const onAbort = () => this.#ended({ error: asError(signal?.reason) });
    signal?.addEventListener('abort', onAbort, { once: true });
    const stop = await this.#subscribe();
    await this.#look();
    const timer = setInterval(() => void this.#look(), lookEveryMs);
    try {
      const { error } = await this.#end;
      if (error !== undefined) throw error;
      return await this.#finish();
    } finally {
      clearInterval(timer);
      stop();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Without events, the looks alone tell how the job goes. */
  async #subscribe(): Promise<() => void> {
    try {
      return await this.#connection.follow(this.#id, event => this.#take(event));
    } catch (error) {
      if (isTransient(error)) return () => undefined;
      throw error;
    }
  }

  #take(event: PixelsEvent): void {
    this.#options.onEvent?.(event);
    if (event.type === 'run.progress' && this.#view !== null) {
      const { run, stage, value, max, eta } = event;
      this.#view.active = { run, stage, value, max, etaMs: eta ?? null };
    }
    if (event.type === 'run.state') {
      if (event.state === 'done') this.#handle(event.run);
      if (this.#view?.active?.run === event.run && event.state !== 'running') {
        this.#view.active = null;
      }
    }
    if (event.type === 'job.forgotten') {
      this.#ended({ error: new PixelsError('not-found', 'The job was removed while it ran.') });
    }
    if (event.type === 'job.state' && this.#view !== null) {
      const { job } = this.#view;
      this.#view.job = { ...job, state: event.state, runs: { ...job.runs, done: event.done } };
    }
    if (this.#view !== null) {
      this.#view.away = false;
      this.#options.onChange?.(this.#view);
    }
    if (event.type === 'job.state' || event.type === 'job.changed') void this.#look();
  }

  /** Looks at the job; a call while one is under way makes one more follow it. */
  async #look(): Promise<void> {
    this.#lookAgain = this.#looking;
    if (this.#looking) return;
    this.#looking = true;
    try {
      const { job } = await this.#connection.request('jobs.get', { id: this.#id }, LOOK);
      const waits = job.state === 'queued' && job.runs.active === 0;
      const ahead = waits ? await runsAhead(this.#connection, this.#id) : null;
      this.#answeredAt = Date.now();
      this.#view = { job, ahead, active: this.#view?.active ?? null, away: false };
      this.#options.onChange?.(this.#view);
      if (hasEnded(job.state)) this.#ended({});
    } catch (error) {
      this.#missAnswer(error);
    } finally {
      this.#looking = false;
    }
    if (this.#lookAgain) await this.#look();
  }

  /** A worker that is away may come back: the job goes on and a later look finds it. */
  #missAnswer(error: unknown): void {
    const { giveUpMs = 60_000, onChange } = this.#options;
    if (!isTransient(error)) this.#ended({ error: asError(error) });
    else if (Date.now() - this.#answeredAt > giveUpMs) {
      const message = `The worker has not answered for ${Math.round(giveUpMs / 1000)} s. The job is kept and goes on when the worker runs again; see it with "dgx-pixels jobs show ${this.#id}".`;
      this.#ended({ error: new PixelsError('disconnected', message, { job: this.#id }) });
    } else if (this.#view !== null) {
      this.#view = { ...this.#view, away: true };
      onChange?.(this.#view);
    }
  }

  #handle(index: number): void {
    const { onRun } = this.#options;
    if (onRun === undefined || this.#handled.has(index)) return;
    this.#handled.add(index);
    this.#work = this.#work.then(async () => {
      const run = await this.#doneRun(index);
      // What could not be read now is handled at the end.
      if (run === null) this.#handled.delete(index);
      else await onRun(run);
    });
    this.#work.catch((error: unknown) => this.#ended({ error: asError(error) }));
  }

  async #doneRun(index: number): Promise<Run | null> {
    try {
      const page = { job: this.#id, from: index, limit: 1 };
      const [run] = (await this.#connection.request('runs.list', page)).runs;
      return run?.index === index && run.state === 'done' ? run : null;
    } catch (error) {
      if (isTransient(error)) return null;
      throw error;
    }
  }

  async #finish(): Promise<Job> {
    await this.#work;
    const { onRun } = this.#options;
    if (onRun !== undefined) {
      for await (const run of allRuns(this.#connection, this.#id)) {
        if (run.state === 'done' && !this.#handled.has(run.index)) await onRun(run);
      }
    }
    const { job } = await this.#connection.request('jobs.get', { id: this.#id });
    return job;
  }
}

/**
 * Follows a job to its end: by its events, and by a look at it once a second that repairs what was missed. A worker that goes
 * away and comes back is waited for.
 * @returns the job as it ended, after every done run was handled
 * @throws what `onRun` or the worker throws, or the signal's reason; the job itself goes on
 */
export function followJob(
  connection: WorkerConnection,
  id: string,
  options: FollowOptions = {},
): Promise<Job> {
  return new Follower(connection, id, options).follow();
}
