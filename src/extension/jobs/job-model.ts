import type { WorkerClient } from '../../client/worker-client.ts';
import type { PixelsEvent } from '../../protocol/events.ts';
import type { Job, JobState, RunStage } from '../../protocol/jobs.ts';
import type { MethodResult } from '../../protocol/methods.ts';
import { hasEnded } from '../../project/job-states.ts';
import type { WorkerLink } from '../connection/connection.ts';
import { Disposable, type Ends } from '../dispose.ts';
import { Emitter } from '../emitter.ts';
import type { Log } from '../log.ts';

/** What a job's run under way does, from the newest progress event. */
export interface ActiveRun {
  run: number;
  stage: RunStage;
  value: number;
  max: number;
  etaMs: number | null;
}

/** The newest picture of a run under way. */
export interface Preview {
  run: number;
  step: number;
  mime: string;
  bytes: Uint8Array;
}

/** A job as views show it. */
export interface JobEntry {
  job: Job;
  active: ActiveRun | null;
  preview: Preview | null;
}

export type QueueEntry = MethodResult<'queue.list'>['entries'][number];
export type LaneStatus = MethodResult<'status'>['lanes'][number];

/** What changed since the last time listeners were told. */
export interface JobsChange {
  /** Jobs that changed or went away; null: read everything anew. */
  jobs: ReadonlySet<string> | null;
  /** The queue's order, a lane, or who waits changed. */
  queue: boolean;
}

/** Ended jobs that are kept, newest first; older ones are asked of the worker when somebody looks for them. Also a page. */
const KEPT = 200;
/** Changed jobs beyond which a page costs less than a request each, and beyond which several pages do. */
const MANY = { ofOnePage: 8, ofSeveral: 80 };
/** Pages of jobs that have not ended, at most. */
const PAGES = 25;
const OPEN: JobState[] = ['queued', 'running', 'paused'];
/** Milliseconds between two tellings: 60 per second at most. */
const FRAME_MS = 17;
/** Milliseconds in which changed jobs are gathered before they are read. */
const GATHER_MS = 60;
const TOPICS = ['job.', 'run.state', 'run.image', 'run.progress', 'lane.'];

/**
 * Live model of the worker's newest jobs, of all that have not ended, and its queue. It follows the link: read at each connection, kept by events, and left
 * as it was while the worker is away.
 */
export class JobModel extends Disposable {
  readonly #link: WorkerLink;
  readonly #log: Log;
  readonly #jobs = new Map<string, JobEntry>();
  readonly #changed: Emitter<JobsChange>;
  readonly #events: Emitter<PixelsEvent>;
  #queue: readonly QueueEntry[] = [];
  #lanes: readonly LaneStatus[] = [];
  #unfinished = 0;
  #client: WorkerClient | null = null;
  #detach: (() => void) | null = null;
  #dirty = new Set<string>();
  #gathering: NodeJS.Timeout | null = null;
  #telling: NodeJS.Timeout | null = null;
  #pending: { jobs: Set<string> | null; queue: boolean } = { jobs: new Set(), queue: false };
  #watchers = 0;
  #previews: { dispose: () => void } | null = null;

  constructor(link: WorkerLink, log: Log) {
    super();
    this.#link = link;
    this.#log = log;
    const onError = (error: unknown) => log.error('a listener failed', error);
    this.#changed = this._register(new Emitter<JobsChange>(onError));
    this.#events = this._register(new Emitter<PixelsEvent>(onError));
    this._register(link.onDidChangeState(() => this.#follow()));
    this.#follow();
  }

  /** Told at most 60 times a second. */
  get onDidChange(): Emitter<JobsChange>['event'] {
    return this.#changed.event;
  }

  /** Told of every event of every job as it comes, previews only while they are watched. */
  get onEvent(): Emitter<PixelsEvent>['event'] {
    return this.#events.event;
  }

  /** All jobs that have not ended and the newest that have, newest first. */
  get jobs(): readonly JobEntry[] {
    return [...this.#jobs.values()].sort((one, other) => (one.job.id < other.job.id ? 1 : -1));
  }

  /** Unfinished runs in the order they will be served. */
  get queue(): readonly QueueEntry[] {
    return this.#queue;
  }

  get lanes(): readonly LaneStatus[] {
    return this.#lanes;
  }

  /** Jobs that have not ended, also those beyond the kept ones. */
  get unfinished(): number {
    return this.#unfinished;
  }

  get(id: string): JobEntry | null {
    return this.#jobs.get(id) ?? null;
  }

  /** Lets previews come, which cost bandwidth, until the answer is disposed of. */
  watchPreviews(): Ends {
    this.#watchers++;
    this.#subscribePreviews();
    let watching = true;
    return {
      dispose: () => {
        if (!watching) return;
        watching = false;
        this.#watchers--;
        if (this.#watchers > 0) return;
        this.#previews?.dispose();
        this.#previews = null;
      },
    };
  }

  /** Reads everything anew. @throws what the worker answers */
  async refresh(): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    const [{ jobs }, status, queue] = await Promise.all([
      client.request('jobs.list', { limit: KEPT }),
      client.request('status', {}),
      client.request('queue.list', { limit: KEPT }),
    ]);
    // In a long queue the jobs whose turn it is are the oldest.
    const missing = status.jobs.unfinished > jobs.filter(({ state }) => !hasEnded(state)).length;
    const open = missing ? await allOpen(client) : [];
    if (client !== this.#client) return;
    const earlier = new Map(this.#jobs);
    this.#jobs.clear();
    for (const job of [...jobs, ...open]) {
      const { active = null, preview = null } = earlier.get(job.id) ?? {};
      const over = hasEnded(job.state);
      this.#jobs.set(job.id, { job, active: over ? null : active, preview: over ? null : preview });
    }
    this.#queue = queue.entries;
    this.#lanes = status.lanes;
    this.#unfinished = status.jobs.unfinished;
    this.#tell(null, true);
  }

  override dispose(): void {
    this.#leave();
    for (const timer of [this.#gathering, this.#telling]) if (timer !== null) clearTimeout(timer);
    super.dispose();
  }

  #follow(): void {
    const { current } = this.#link;
    if (current === null) {
      // A client that reconnects by itself keeps its subscriptions; another one comes with a new worker.
      if (this.#link.state.kind === 'off') this.#leave();
      return;
    }
    if (current === this.#client) return;
    this.#leave();
    this.#client = current;
    const reload = () => void this.refresh().catch((error: unknown) => this.#missed(error));
    const ends = [
      current.onEvent(event => this.#take(event)),
      current.onReset(reload),
      current.onHello(reload),
    ];
    this.#detach = () => ends.forEach(end => end());
    current.subscribe(TOPICS).then(reload, (error: unknown) => {
      reload();
      this.#missed(error);
    });
    this.#subscribePreviews();
  }

  #leave(): void {
    this.#detach?.();
    this.#detach = null;
    this.#previews?.dispose();
    this.#previews = null;
    this.#client = null;
  }

  #subscribePreviews(): void {
    const client = this.#client;
    if (client === null || this.#watchers === 0 || this.#previews !== null) return;
    let wanted = true;
    let end: (() => void) | null = null;
    this.#previews = {
      dispose: () => {
        wanted = false;
        end?.();
      },
    };
    client.subscribe(['run.preview']).then(
      subscription => {
        if (wanted) end = subscription.dispose;
        else subscription.dispose();
      },
      (error: unknown) => this.#missed(error),
    );
  }

  #missed(error: unknown): void {
    this.#log.debug(`jobs could not be read: ${String(error)}`);
  }

  #take(event: PixelsEvent): void {
    const { job } = event;
    switch (event.type) {
      case 'run.progress':
        this.#patch(job, entry => {
          const { run, stage, value, max, eta } = event;
          entry.active = { run, stage, value, max, etaMs: eta ?? null };
          entry.job = { ...entry.job, progress: progressOf(entry.job, value, max, stage) };
        });
        break;
      case 'run.preview':
        this.#patch(job, entry => {
          const { run, step, mime, image } = event;
          if (image !== undefined) entry.preview = { run, step, mime, bytes: image };
        });
        break;
      case 'run.state':
        this.#patch(job, entry => {
          const over = !['loading', 'running', 'finishing'].includes(event.state);
          if (over && entry.active?.run === event.run) entry.active = null;
          if (over && entry.preview?.run === event.run) entry.preview = null;
        });
        this.#readSoon(job);
        break;
      case 'job.state':
        this.#patch(job, entry => {
          const runs = { ...entry.job.runs, done: event.done, total: event.total };
          entry.job = { ...entry.job, state: event.state, runs };
          if (hasEnded(event.state)) {
            entry.active = null;
            entry.preview = null;
          }
        });
        this.#readSoon(job);
        break;
      case 'job.forgotten':
        if (job !== null && this.#jobs.delete(job)) this.#tell([job], true);
        break;
      case 'job.created':
      case 'job.changed':
      case 'run.image':
      case 'lane.state':
        this.#readSoon(job);
        break;
      default:
    }
    this.#events.fire(event);
  }

  #patch(job: string | null, change: (entry: JobEntry) => void): void {
    const entry = job === null ? undefined : this.#jobs.get(job);
    if (job === null || entry === undefined) return;
    const next = { ...entry };
    change(next);
    this.#jobs.set(job, next);
    this.#tell([job], false);
  }

  #readSoon(job: string | null): void {
    if (job !== null) this.#dirty.add(job);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      const jobs = this.#dirty;
      this.#dirty = new Set();
      void this.#read(jobs).catch((error: unknown) => this.#missed(error));
    }, GATHER_MS);
  }

  async #read(ids: ReadonlySet<string>): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    if (ids.size > (this.#unfinished > KEPT ? MANY.ofSeveral : MANY.ofOnePage)) {
      await this.refresh();
      return;
    }
    const [status, queue, ...answers] = await Promise.all([
      client.request('status', {}),
      client.request('queue.list', { limit: KEPT }),
      ...[...ids].map(id => client.request('jobs.get', { id }).catch(() => null)),
    ]);
    if (client !== this.#client) return;
    for (const answer of answers) {
      if (answer === null) continue;
      const { active = null, preview = null } = this.#jobs.get(answer.job.id) ?? {};
      const over = hasEnded(answer.job.state);
      this.#jobs.set(answer.job.id, {
        job: answer.job,
        active: over ? null : active,
        preview: over ? null : preview,
      });
    }
    this.#trim();
    this.#queue = queue.entries;
    this.#lanes = status.lanes;
    this.#unfinished = status.jobs.unfinished;
    this.#tell([...ids], true);
  }

  #trim(): void {
    const ended = this.jobs.filter(({ job }) => hasEnded(job.state));
    for (const { job } of ended.slice(KEPT)) this.#jobs.delete(job.id);
  }

  #tell(jobs: readonly string[] | null, queue: boolean): void {
    if (jobs === null) this.#pending.jobs = null;
    else for (const job of jobs) this.#pending.jobs?.add(job);
    this.#pending.queue ||= queue;
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      const change = this.#pending;
      this.#pending = { jobs: new Set(), queue: false };
      this.#changed.fire(change);
    }, FRAME_MS);
  }
}

/** Every job that has not ended. */
async function allOpen(client: WorkerClient): Promise<Job[]> {
  const found: Job[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const answer: MethodResult<'jobs.list'> = await client.request('jobs.list', {
      filter: { states: OPEN },
      limit: KEPT,
      ...(cursor !== null && { cursor }),
    });
    found.push(...answer.jobs);
    cursor = answer.next;
    if (cursor === null) break;
  }
  return found;
}

/** Share of the job that is done with its active run at `value` of `max` steps. It never goes back. */
function progressOf(job: Job, value: number, max: number, stage: RunStage): number {
  const share = stage === 'sampling' && max > 0 ? value / max : 0;
  const { total, done, failed, cancelled, lost } = job.runs;
  const ended = done + failed + cancelled + lost;
  return Math.max(job.progress, Math.min(1, (ended + share) / Math.max(1, total)));
}
