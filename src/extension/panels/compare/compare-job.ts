import type { WorkerClient } from '../../../client/worker-client.ts';
import type { CompareSpec } from '../../../protocol/compare.ts';
import type { PixelsEvent } from '../../../protocol/events.ts';
import type { Job, Run } from '../../../protocol/jobs.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import type { WorkerLink } from '../../connection/connection.ts';
import { Disposable } from '../../dispose.ts';
import { Emitter } from '../../emitter.ts';
import type { ActiveRun, JobModel, Preview } from '../../jobs/job-model.ts';
import { t } from '../../l10n.ts';
import type { Log } from '../../log.ts';
import { codeOf } from '../../problem.ts';

/** A run under way. */
export interface LiveRun {
  active: ActiveRun;
  preview: Preview | null;
}

/** What changed: `cell`: a run ended; `live`: only how far runs under way are; `all`: anything else. */
export type JobChange = 'cell' | 'live' | 'all';

/** A comparison as far as it is known, or why it is not: a sentence. */
export type JobView =
  { kind: 'known'; job: Job; spec: CompareSpec } | { kind: 'away'; message: string };

export interface CompareJobParts {
  link: WorkerLink;
  jobs: JobModel;
  log: Log;
}

const UNDER_WAY = ['loading', 'running', 'finishing'];

/** One comparison and all its runs, read once and kept by events; read anew after each connection. */
export class CompareJob extends Disposable {
  readonly id: string;
  readonly #parts: CompareJobParts;
  readonly #changed: Emitter<JobChange>;
  readonly #runs = new Map<number, Run>();
  readonly #live = new Map<number, LiveRun>();
  #view: JobView = { kind: 'away', message: '' };
  #client: WorkerClient | null = null;
  #wanted = new Set<number>();
  #reading = false;
  #reloads = 0;
  /** Runs that events told of while all were being read; null while none are. */
  #missed: Set<number> | null = null;

  constructor(id: string, parts: CompareJobParts) {
    super();
    this.id = id;
    this.#parts = parts;
    const { link, jobs, log } = parts;
    this.#changed = this._register(
      new Emitter<JobChange>(error => log.error('a listener failed', error)),
    );
    this._register(link.onDidChangeState(() => void this.#follow()));
    this._register(jobs.onEvent(event => event.job === id && this.#take(event)));
    this._register(
      jobs.onDidChange(change => {
        if (change.jobs === null) void this.#reload();
        else if (change.jobs.has(id)) this.#takeJob(jobs.get(id)?.job ?? null);
      }),
    );
  }

  get onDidChange(): Emitter<JobChange>['event'] {
    return this.#changed.event;
  }

  get view(): JobView {
    return this.#view;
  }

  get runs(): ReadonlyMap<number, Run> {
    return this.#runs;
  }

  /** Runs under way by index. */
  get live(): ReadonlyMap<number, LiveRun> {
    return this.#live;
  }

  /**
   * Reads it for the first time.
   * @param start whether a local worker may be started for it
   */
  async load(start: boolean): Promise<void> {
    const { link } = this.#parts;
    try {
      await (start ? link.client() : link.attach());
    } catch (error) {
      this.#away(error instanceof Error ? error.message : String(error));
      return;
    }
    if (this.#client === null) await this.#follow();
  }

  async #follow(): Promise<void> {
    const { link } = this.#parts;
    const { current, state } = link;
    if (current !== null) {
      if (current === this.#client) return;
      this.#client = current;
      await this.#reload();
      return;
    }
    this.#client = null;
    // What was read is still true; only what is asked for now fails.
    if (this.#view.kind === 'known') return;
    if (state.kind === 'disconnected') this.#away(state.reason);
    else if (state.kind === 'off') this.#away(t('No worker runs, so the comparison is not known.'));
  }

  async #reload(): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    const reload = ++this.#reloads;
    const missed = new Set<number>();
    this.#missed = missed;
    try {
      const { job, spec } = await client.request('jobs.get', { id: this.id });
      if (spec.kind !== 'compare') {
        this.#away(t('This job compares nothing.'));
        return;
      }
      const runs = await allRuns(client, this.id);
      if (client !== this.#client || reload !== this.#reloads || this.isDisposed) return;
      this.#missed = null;
      this.#runs.clear();
      for (const run of runs) this.#runs.set(run.index, run);
      for (const index of this.#live.keys()) {
        if (!UNDER_WAY.includes(this.#runs.get(index)?.state ?? '')) this.#live.delete(index);
      }
      this.#view = { kind: 'known', job, spec };
      this.#changed.fire('all');
      for (const index of missed) this.#read(index);
    } catch (error) {
      if (client !== this.#client) return;
      if (codeOf(error) === 'not-found') this.#forgotten();
      else if (this.#view.kind === 'away') {
        this.#away(error instanceof Error ? error.message : String(error));
      }
      this.#parts.log.warn('a comparison could not be read', error, this.id);
    }
  }

  #forgotten(): void {
    this.#runs.clear();
    this.#live.clear();
    this.#away(t('The worker no longer has this comparison.'));
  }

  #away(message: string): void {
    this.#view = { kind: 'away', message };
    this.#changed.fire('all');
  }

  #takeJob(job: Job | null): void {
    if (job === null || this.#view.kind !== 'known') return;
    this.#view = { ...this.#view, job };
    this.#changed.fire('all');
  }

  #take(event: PixelsEvent): void {
    switch (event.type) {
      case 'run.progress': {
        const { run, stage, value, max, eta } = event;
        const active = { run, stage, value, max, etaMs: eta ?? null };
        this.#live.set(run, { active, preview: this.#live.get(run)?.preview ?? null });
        this.#changed.fire('live');
        break;
      }
      case 'run.preview': {
        const { run, step, mime, image } = event;
        const live = this.#live.get(run);
        if (image === undefined || live === undefined) break;
        live.preview = { run, step, mime, bytes: image };
        this.#changed.fire('live');
        break;
      }
      case 'run.state':
        this.#missed?.add(event.run);
        if (!UNDER_WAY.includes(event.state)) this.#live.delete(event.run);
        this.#patch(event.run, event.state);
        break;
      case 'run.image':
        this.#missed?.add(event.run);
        this.#read(event.run);
        break;
      case 'job.state':
        if (this.#view.kind === 'known') {
          const { job } = this.#view;
          this.#takeJob({ ...job, state: event.state });
        }
        break;
      case 'job.forgotten':
        this.#forgotten();
        break;
      default:
    }
  }

  /** A run's state is told at once; what came of it has to be read. */
  #patch(index: number, state: Run['state']): void {
    const run = this.#runs.get(index);
    if (run === undefined || UNDER_WAY.includes(state) || state === 'parked') {
      if (run !== undefined) this.#runs.set(index, { ...run, state });
      this.#changed.fire('all');
      return;
    }
    this.#read(index);
  }

  /** Reads runs, those that lie beside each other together. */
  #read(index: number): void {
    this.#wanted.add(index);
    if (this.#reading) return;
    this.#reading = true;
    void this.#readWanted().finally(() => {
      this.#reading = false;
    });
  }

  async #readWanted(): Promise<void> {
    while (this.#wanted.size > 0) {
      const client = this.#client;
      const wanted = [...this.#wanted].sort((a, b) => a - b);
      this.#wanted = new Set();
      if (client === null) return;
      try {
        for (const [from, limit] of spansOf(wanted)) {
          const { runs } = await client.request('runs.list', { job: this.id, from, limit });
          for (const run of runs) this.#runs.set(run.index, run);
        }
        this.#changed.fire('cell');
      } catch (error) {
        this.#parts.log.debug(`runs could not be read: ${String(error)}`, this.id);
      }
    }
  }
}

/** Pages that hold all of some ascending indices. */
export function spansOf(indices: readonly number[]): [from: number, limit: number][] {
  const spans: [number, number][] = [];
  for (const index of indices) {
    const last = spans.at(-1);
    if (
      last !== undefined &&
      index < last[0] + last[1] + 8 &&
      index < last[0] + LIMITS.pageEntries
    ) {
      last[1] = index - last[0] + 1;
    } else spans.push([index, 1]);
  }
  return spans;
}

async function allRuns(client: WorkerClient, job: string): Promise<Run[]> {
  const runs: Run[] = [];
  let from: number | null = 0;
  while (from !== null) {
    const page: { runs: Run[]; next: number | null } = await client.request('runs.list', {
      job,
      from,
      limit: LIMITS.pageEntries,
    });
    runs.push(...page.runs);
    from = page.next;
  }
  return runs;
}
