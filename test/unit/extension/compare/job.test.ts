import { describe, expect, test } from 'vitest';
import {
  CompareJob,
  type JobChange,
} from '../../../../src/extension/panels/compare/compare-job.ts';
import {
  type Caller,
  ContenderModels,
  newsText,
} from '../../../../src/extension/panels/compare/contender-models.ts';
import { Throttle } from '../../../../src/extension/panels/compare/throttle.ts';
import { Emitter } from '../../../../src/extension/emitter.ts';
import { Log } from '../../../../src/extension/log.ts';
import type { PixelsEvent } from '../../../../src/protocol/events.ts';
import type { Model } from '../../../../src/protocol/models.ts';
import { comparison } from '../../project/compare/comparisons.ts';
import { entry } from '../../views/entries.ts';
import { ALICE, BOB, digestOf, drawn, JOB, Life, runsOf } from './compared.ts';

const quiet = (): void => undefined;
const log = new Log({ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet });
const settled = () => new Promise(resolve => setTimeout(resolve, 5));

/** A comparison at a worker that is told what to say. */
async function followed(kind = 'compare') {
  const spec = comparison({ contenders: [ALICE, BOB] });
  const runs = runsOf(spec);
  const asked: [string, unknown][] = [];
  let hold: Promise<void> = Promise.resolve();
  const client = {
    request: async (method: string, params: { from?: number; limit?: number }) => {
      asked.push([method, params]);
      if (method === 'jobs.get') {
        const { job } = entry(JOB, { kind, state: 'running' });
        return { job, spec: kind === 'compare' ? spec : { kind: 'generate', items: [] } };
      }
      const { from = 0, limit = 50 } = params;
      // Pages of five, whatever is asked for: long prompts make small ones.
      const page = structuredClone(runs.slice(from, from + Math.min(limit, 5)));
      await hold;
      const next = from + page.length;
      return { runs: page, next: next < runs.length ? next : null };
    },
  };
  const events = new Emitter<PixelsEvent>(quiet);
  const changes = new Emitter<{ jobs: ReadonlySet<string> | null; queue: boolean }>(quiet);
  const parts = {
    link: {
      current: client,
      state: { kind: 'ready' },
      onDidChangeState: () => ({ dispose: quiet }),
      client: async () => client,
      attach: async () => client,
    },
    jobs: { onEvent: events.event, onDidChange: changes.event, get: () => null },
    log,
  };
  const job = new CompareJob(JOB, parts as unknown as ConstructorParameters<typeof CompareJob>[1]);
  const told: JobChange[] = [];
  job.onDidChange(change => told.push(change));
  return {
    job,
    runs,
    told,
    asked,
    tell: (event: object) => events.fire({ job: JOB, seq: 1, at: 1, ...event } as PixelsEvent),
    refresh: () => changes.fire({ jobs: null, queue: true }),
    holding: (until: Promise<void>) => {
      hold = until;
    },
  };
}

describe('a comparison that is followed', () => {
  test('is read whole, page by page', async () => {
    const { job, runs, told } = await followed();
    await job.load(true);
    expect(job.view.kind).toBe('known');
    expect([...job.runs.keys()]).toEqual(runs.map(({ index }) => index));
    expect(told).toEqual(['all']);
  });

  test('reads a cell that has ended, and only that', async () => {
    const { job, runs, told, asked, tell } = await followed();
    await job.load(true);
    runs[3] = drawn(runs[3]!);
    asked.splice(0);
    tell({ type: 'run.state', run: 3, state: 'done', attempt: 1 });
    await settled();
    expect(asked).toEqual([['runs.list', { job: JOB, from: 3, limit: 1 }]]);
    expect(job.runs.get(3)?.images).toHaveLength(1);
    expect(told.at(-1)).toBe('cell');
  });

  test('does not lose what happens while it is being read', async () => {
    const { job, runs, tell, holding } = await followed();
    let release = quiet;
    holding(new Promise(resolve => (release = resolve)));
    const loading = job.load(true);
    await settled();
    runs[0] = drawn(runs[0]!);
    tell({ type: 'run.state', run: 0, state: 'done', attempt: 1 });
    release();
    await loading;
    await settled();
    expect(job.runs.get(0)?.state).toBe('done');
  });

  test('keeps what runs under way do, until they end', async () => {
    const { job, tell } = await followed();
    await job.load(true);
    tell({ type: 'run.progress', run: 1, stage: 'sampling', value: 2, max: 8 });
    const image = new Uint8Array([1]);
    tell({ type: 'run.preview', run: 1, step: 2, mime: 'image/png', image });
    expect(job.live.get(1)).toMatchObject({ active: { value: 2 }, preview: { step: 2 } });
    tell({ type: 'run.progress', run: 1, stage: 'sampling', value: 3, max: 8 });
    expect(job.live.get(1)?.preview).not.toBeNull();
    tell({ type: 'run.state', run: 1, state: 'done', attempt: 1 });
    expect(job.live.size).toBe(0);
  });

  test('is away when it is forgotten, or compares nothing', async () => {
    const { job, tell } = await followed();
    await job.load(true);
    tell({ type: 'job.forgotten' });
    expect(job.view).toEqual({
      kind: 'away',
      message: 'The worker no longer has this comparison.',
    });
    const other = await followed('generate');
    await other.job.load(true);
    expect(other.job.view).toEqual({ kind: 'away', message: 'This job compares nothing.' });
  });
});

describe('the models of a comparison', () => {
  const model = (name: string, sha256: string | null): Model =>
    ({ name, sha256, servers: [] }) as unknown as Model;

  function models(now: Model[]) {
    const life = new Life(comparison({ contenders: [ALICE, BOB] }));
    for (const index of life.runs.keys()) life.set(index, drawn);
    const client = {
      request: async (method: string, params: { run?: number }) => {
        if (method === 'models.list') {
          const lora = (name: string) => model(name, digestOf(name));
          const loras = [lora('alice-lora'), lora('bob-lora')];
          return { checkpoints: now, loras, vaes: [], samplers: [], schedulers: [] };
        }
        const recipe = life.runs.get(params.run ?? -1)?.recipe;
        const names = [recipe?.checkpoint ?? '', ...(recipe?.loras ?? []).map(({ name }) => name)];
        const stamped = names.map(name => ({ kind: 'checkpoint', name, sha256: digestOf(name) }));
        return { engine: { engine: 'comfyui', version: '', server: '', models: stamped } };
      },
    } as unknown as Caller;
    return { life, client, known: new ContenderModels(JOB, life.spec) };
  }

  const alice = (sha256: string | null = digestOf('alice-model.safetensors')) =>
    model('alice-model.safetensors', sha256);

  test('are told of when they vanished or are other files since', async () => {
    const { life, client, known } = models([alice('f'.repeat(64))]);
    const news = await known.news(client, life.runs);
    expect(news).toEqual([
      { kind: 'changed', model: 'alice-model.safetensors' },
      { kind: 'gone', model: 'bob-model.safetensors' },
    ]);
    expect(news.map(each => each && newsText(each))).toEqual([
      expect.stringContaining('is another file now'),
      expect.stringContaining('is no longer there'),
    ]);
  });

  test('are no news while their files are the same, or their hashes are not known', async () => {
    const bob = model('bob-model.safetensors', null);
    const { life, client, known } = models([alice(), bob]);
    expect(await known.news(client, life.runs)).toEqual([null, null]);
  });

  test('are those that drew: a file that was replaced since makes no other contender', async () => {
    const before = models([alice()]);
    const after = models([alice('f'.repeat(64))]);
    const [one] = await before.known.all(before.client, before.life.runs);
    const [other] = await after.known.all(after.client, after.life.runs);
    expect(other?.digest).toBe(one?.digest);
    expect(one?.identity.checkpointSha256).toBe(digestOf('alice-model.safetensors'));
  });
});

test('what is told often is told once for all who asked, and a finished cell sooner', async () => {
  const told: number[] = [];
  const throttle = new Throttle(() => told.push(performance.now()));
  for (let ask = 0; ask < 20; ask++) throttle.ask(200);
  await settled();
  expect(told).toHaveLength(1);
  throttle.ask(60_000);
  throttle.ask(10);
  await new Promise(resolve => setTimeout(resolve, 60));
  expect(told).toHaveLength(2);
  throttle.ask(60_000);
  throttle.dispose();
});
