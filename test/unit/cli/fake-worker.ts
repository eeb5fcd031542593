import { PixelsError } from '../../../src/protocol/errors.ts';
import type { PixelsEvent } from '../../../src/protocol/events.ts';
import type { Job, JobState, Run, RunCounts } from '../../../src/protocol/jobs.ts';
import {
  METHODS,
  type MethodInput,
  type MethodName,
  type MethodParams,
  type MethodResult,
} from '../../../src/protocol/methods.ts';
import { pngSaying, resolvedRecipe } from './records.ts';
import type { WorkerConnection } from '../../../src/client/worker-connection.ts';

type Answers = {
  [M in MethodName]?: (params: MethodInput<M>) => MethodResult<M> | Promise<MethodResult<M>>;
};

/** A worker that answers as it is told and remembers what it was asked. Parameters are checked against the protocol. */
export class FakeWorker implements WorkerConnection {
  readonly asked: { method: MethodName; params: unknown }[] = [];
  readonly artifacts = new Map<string, Uint8Array>();
  readonly uploads: Uint8Array[] = [];
  answers: Answers;
  closed = 0;
  readonly #listeners = new Set<(event: PixelsEvent) => void>();

  constructor(answers: Answers = {}) {
    this.answers = answers;
  }

  async request<M extends MethodName>(
    method: M,
    params: MethodParams<M>,
  ): Promise<MethodResult<M>> {
    const checked = METHODS[method].params.parse(params) as MethodInput<M>;
    this.asked.push({ method, params: checked });
    const answer = this.answers[method] as
      ((params: MethodInput<M>) => MethodResult<M> | Promise<MethodResult<M>>) | undefined;
    if (answer === undefined) throw new PixelsError('unknown-method', `Not told about ${method}.`);
    return answer(checked);
  }

  async fetchArtifact(digest: string): Promise<Uint8Array> {
    const bytes = this.artifacts.get(digest);
    if (bytes === undefined) throw new PixelsError('not-found', `No artifact ${digest}.`);
    return bytes;
  }

  async putArtifact(bytes: Uint8Array): Promise<string> {
    this.uploads.push(bytes);
    return 'f'.repeat(64);
  }

  async follow(job: string | null, listener: (event: PixelsEvent) => void): Promise<() => void> {
    const call = (event: PixelsEvent) => {
      if (job === null || event.job === job) listener(event);
    };
    this.#listeners.add(call);
    return () => this.#listeners.delete(call);
  }

  async close(): Promise<void> {
    this.closed++;
  }

  emit(event: PixelsEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Parameters of the calls of one method, in order. */
  callsOf(method: MethodName): unknown[] {
    return this.asked.filter(call => call.method === method).map(call => call.params);
  }
}

export function countsOf(states: readonly Run['state'][]): RunCounts {
  const count = (...wanted: Run['state'][]) =>
    states.filter(state => wanted.includes(state)).length;
  return {
    total: states.length,
    queued: count('queued'),
    active: count('parked', 'loading', 'running', 'finishing'),
    done: count('done'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    lost: count('lost'),
  };
}

/** A worker that holds one job of generated runs, each ended in the state it is told. */
export class FakeJobWorker extends FakeWorker {
  job: Job | null = null;
  runs: Run[] = [];
  readonly #ends: readonly Run['state'][];

  /** @param ends how the job's runs end; further ones end as done */
  constructor(ends: readonly Run['state'][] = []) {
    super();
    this.#ends = ends;
    this.answers = {
      'jobs.submit': params => {
        const { spec } = params;
        if (spec.kind !== 'generate') throw new Error(`no answer to a job of kind ${spec.kind}`);
        this.runs = spec.items.flatMap(({ recipe, count, name }, item) =>
          Array.from({ length: count }, (_, place) =>
            this.#run(params.id, item + place, name ?? null, {
              ...resolvedRecipe,
              prompt: recipe.prompt,
              size: recipe.size ?? resolvedRecipe.size,
              batch: recipe.batch ?? 1,
              seed: (recipe.seed ?? 100) + place,
            }),
          ),
        );
        this.runs.forEach((run, index) => (run.index = index));
        this.job = this.#job(params.id, params.title ?? 'untitled', 'queued');
        return { job: this.job, created: true, warnings: ['a warning'] };
      },
      'jobs.get': ({ id }) => {
        const job = this.#known(id);
        if (job.state === 'queued') this.#end();
        return {
          job: this.#known(id),
          spec: { kind: 'generate', items: [{ recipe: { prompt: 'x' }, count: 1 }] },
        };
      },
      'runs.list': ({ from, limit }) => {
        const next = from + limit;
        return {
          runs: this.runs.slice(from, next),
          next: next < this.runs.length ? next : null,
        };
      },
      'queue.list': () => ({ entries: [], next: null }),
      'jobs.cancel': () => ({ runs: 1 }),
    };
  }

  #known(id: string): Job {
    if (this.job?.id !== id) throw new PixelsError('not-found', `There is no job ${id}.`);
    return this.job;
  }

  #run(job: string, index: number, name: string | null, recipe: Run['recipe']): Run {
    return {
      job,
      index,
      name,
      state: 'queued',
      attempt: 1,
      promptId: job,
      server: 'builtin',
      recipe,
      drawDigest: 'd'.repeat(64),
      recipeDigest: 'e'.repeat(64),
      error: null,
      images: [],
      warnings: [],
      createdAt: 1000,
      startedAt: 1000,
      finishedAt: null,
    };
  }

  #end(): void {
    for (const run of this.runs) {
      run.state = this.#ends[run.index] ?? 'done';
      run.finishedAt = 1500;
      if (run.state === 'done') run.images = this.#draw(run);
      if (run.state === 'failed') {
        run.error = { code: 'engine-failed', message: `Run ${run.index} went wrong.` };
      }
    }
    const states = new Set(this.runs.map(run => run.state));
    const [only = 'done'] = states;
    const state = states.size === 1 ? (only as JobState) : 'partial';
    this.job = this.#job(this.job?.id ?? '', this.job?.title ?? '', state);
    for (const { index, state } of this.runs) {
      const event = { type: 'run.state', job: this.job.id, run: index, attempt: 1, state } as const;
      this.emit({ ...event, seq: index + 1, at: 1500 });
    }
  }

  #draw({ index, recipe }: Run): Run['images'] {
    return Array.from({ length: recipe.batch }, (_, place) => {
      const sprite = `${index}${place}`.padStart(64, 'a');
      const raw = `${index}${place}`.padStart(64, 'b');
      this.artifacts.set(sprite, pngSaying({ prompt: `graph ${index}`, 'dgx-pixels': 'recipe' }));
      this.artifacts.set(raw, pngSaying({ prompt: `raw graph ${index}` }));
      const [width, height] = recipe.size;
      return {
        index: place,
        size: recipe.batch,
        raw,
        sprite,
        width,
        height,
        fix: 'pixels',
        warnings: [],
        placeholder: true,
      };
    });
  }

  #job(id: string, title: string, state: JobState): Job {
    const counts = countsOf(this.runs.map(run => run.state));
    return {
      id,
      kind: 'generate',
      lane: 'interactive',
      title,
      project: null,
      group: null,
      state,
      paused: false,
      runs: counts,
      retryLost: 'once',
      createdAt: 1000,
      updatedAt: 1000,
      finishedAt: state === 'queued' ? null : 2500,
      progress: counts.done / Math.max(1, counts.total),
      etaMs: null,
      error: null,
      placeholder: true,
    };
  }
}
