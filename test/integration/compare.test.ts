import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { uuid7 } from '../../src/client/uuid7.ts';
import type { WorkerClient } from '../../src/client/worker-client.ts';
import { cellAt } from '../../src/project/compare/cells.ts';
import { winnersInFull } from '../../src/project/compare/winners.ts';
import { type CompareInput, compareSpecSchema } from '../../src/protocol/compare.ts';
import { PixelsError } from '../../src/protocol/errors.ts';
import type { MethodParams } from '../../src/protocol/methods.ts';
import {
  Folder,
  freePort,
  jobEnd,
  runsOf,
  startEngine,
  startWorkerProcess,
  until,
} from '../helpers/processes.ts';

const MODELS: CompareInput['contenders'] = [
  { checkpoint: 'arcade' },
  { checkpoint: 'gameboy' },
  { checkpoint: 'arcade', loras: [{ name: 'winter', strength: 0.8 }] },
];

function comparison(change: Partial<CompareInput> = {}): MethodParams<'jobs.submit'> & {
  spec: CompareInput;
} {
  return {
    id: uuid7(),
    lane: 'batch',
    spec: {
      kind: 'compare',
      contenders: MODELS,
      base: { size: 16, steps: 4 },
      prompts: [{ prompt: 'rusty sword', category: 'item' }, { prompt: 'knight' }],
      seeds: { first: 7, count: 2 },
      ...change,
    },
  };
}

async function withEngines(
  count: number,
  stepMs: number,
  use: (client: WorkerClient, restart: () => Promise<WorkerClient>) => Promise<void>,
): Promise<void> {
  using data = new Folder();
  using folders = new Folder();
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()));
  const engines = await Promise.all(
    ports.map((port, at) =>
      startEngine(join(folders.path, String(at)), port, '--step-ms', String(stepMs)),
    ),
  );
  const config = join(folders.path, 'worker.yaml');
  const servers = ports.map((port, at) => ({ name: `s${at}`, url: `http://127.0.0.1:${port}` }));
  writeFileSync(config, stringify({ servers }));
  const start = () => startWorkerProcess(data.path, { arguments: ['--config', config] });
  let worker = await start();
  try {
    await use(await worker.connect(), async () => {
      await worker.child.kill('SIGKILL');
      worker = await start();
      return worker.connect();
    });
  } finally {
    await worker[Symbol.asyncDispose]();
    await Promise.all(engines.map(engine => engine.kill()));
  }
}

describe('a comparison', () => {
  it('draws every cell with the same seed and settings but for what its contender changes', async () => {
    await withEngines(1, 2, async client => {
      const job = comparison();
      const { job: made } = await client.request('jobs.submit', job);
      expect(made).toMatchObject({ kind: 'compare', title: 'rusty sword and 1 more' });
      expect(await jobEnd(client, job.id)).toMatchObject({ state: 'done', runs: { done: 12 } });
      const spec = compareSpecSchema.parse(job.spec);
      const runs = await runsOf(client, job.id);
      for (const { index, recipe, name } of runs) {
        const cell = cellAt(spec, index);
        expect(name).toBeNull();
        expect(recipe).toMatchObject({
          prompt: spec.prompts[cell.prompt]?.prompt,
          seed: 7 + cell.seed,
          steps: 4,
          checkpoint:
            cell.contender === 1 ? 'builtin/gameboy.safetensors' : 'builtin/arcade.safetensors',
        });
        expect(recipe.loras).toHaveLength(cell.contender === 2 ? 1 : 0);
      }
      const inTime = runs.toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
      const loads = inTime.filter(
        ({ recipe }, at) => recipe.checkpoint !== inTime[at - 1]?.recipe.checkpoint,
      );
      expect(loads).toHaveLength(2);
      const { spec: kept } = await client.request('jobs.get', { id: job.id });
      expect(kept).toEqual(spec);
    });
  });

  it('of drafts takes few steps without guidance, and its winners are drawn in full', async () => {
    await withEngines(1, 2, async client => {
      const job = comparison({ mode: 'draft', base: { size: 16, steps: 12, cfg: 6 } });
      await client.request('jobs.submit', job);
      expect((await jobEnd(client, job.id)).state).toBe('done');
      for (const { recipe } of await runsOf(client, job.id)) {
        expect(recipe).toMatchObject({ workflow: 'draft-sdxl', steps: 8, cfg: 1, sampler: 'lcm' });
      }
      const spec = winnersInFull(compareSpecSchema.parse(job.spec), [{ set: 3, contender: 2 }]);
      const full = { id: uuid7(), spec };
      await client.request('jobs.submit', full);
      expect((await jobEnd(client, full.id)).state).toBe('done');
      expect((await runsOf(client, full.id)).map(({ recipe }) => recipe)).toMatchObject([
        { workflow: 'sprite-sdxl', prompt: 'knight', seed: 8, steps: 12, cfg: 6 },
      ]);
    });
  });

  it('is partial when a cell fails or is cancelled, and a retry of it completes the set', async () => {
    await withEngines(1, 10, async client => {
      const prompts = [{ prompt: 'rusty sword' }, { prompt: 'knight __fail__' }];
      const job = comparison({ prompts, seeds: [7] });
      await client.request('jobs.submit', job);
      await client.request('jobs.cancel', { target: { job: job.id, run: 5 } });
      const ended = await jobEnd(client, job.id);
      const states = (await runsOf(client, job.id)).map(run => run.state);
      expect({ state: ended.state, states }).toMatchObject({ state: 'partial' });
      expect(states[5]).toBe('cancelled');
      expect(states.slice(0, 2)).toEqual(['done', 'done']);
      await client.request('jobs.retry', { target: { job: job.id, run: 5 } });
      await until('the retried cell has ended', async () => {
        const run = (await runsOf(client, job.id))[5];
        return run?.attempt === 2 && ['done', 'failed'].includes(run.state);
      });
    });
  });

  it('goes on where it was after the worker was killed', async () => {
    await withEngines(1, 20, async (client, restart) => {
      const job = comparison();
      await client.request('jobs.submit', job);
      await until('some cells are there', async () => {
        const { job: now } = await client.request('jobs.get', { id: job.id });
        return now.runs.done >= 2;
      });
      const again = await restart();
      expect(await jobEnd(again, job.id)).toMatchObject({ state: 'done', runs: { done: 12 } });
      const attempts = (await runsOf(again, job.id)).map(run => run.attempt);
      expect(attempts).toEqual(Array(12).fill(1));
    });
  });

  it('is drawn by as many servers at once as there are contenders', async () => {
    await withEngines(3, 30, async client => {
      const job = comparison({ prompts: [{ prompt: 'knight' }], seeds: [1], base: { steps: 20 } });
      await client.request('jobs.submit', job);
      await until('all three draw', async () => {
        const running = (await runsOf(client, job.id)).filter(run => run.state === 'running');
        return new Set(running.map(run => run.server)).size === 3;
      });
      expect((await jobEnd(client, job.id)).state).toBe('done');
      expect(new Set((await runsOf(client, job.id)).map(run => run.server)).size).toBe(3);
    });
  });

  it('is planned before it is made: how many, how long, how large', async () => {
    await withEngines(1, 2, async client => {
      const { spec } = comparison();
      const before = await client.request('jobs.plan', { spec });
      expect(before).toMatchObject({
        runs: 12,
        checkpoints: 2,
        compare: { sets: 4, contenders: ['arcade', 'gameboy', 'arcade + winter 0.8'], draft: null },
        time: { ms: null, measured: 0, servers: 1 },
        asks: false,
      });
      const job = comparison();
      await client.request('jobs.submit', job);
      await jobEnd(client, job.id);
      const after = await client.request('jobs.plan', { spec });
      expect(after.time.measured).toBe(12);
      expect(after.time.ms).toBeGreaterThan(0);
      const { artifacts } = await client.request('status', {});
      expect(after.disk.bytes / artifacts.bytes).toBeGreaterThan(0.7);
      expect(after.disk.bytes / artifacts.bytes).toBeLessThan(1.4);
      const draft = await client.request('jobs.plan', { spec: { ...spec, mode: 'draft' } });
      expect(draft.compare?.draft).toEqual({ workflow: 'draft-sdxl', steps: 8, cfg: 1 });
      expect((await client.request('jobs.list', {})).jobs).toHaveLength(1);
    });
  });

  it('is refused before anything is written when it cannot be one', async () => {
    await withEngines(1, 2, async client => {
      const refused = async (change: Partial<CompareInput>, code: string, words: string) => {
        const params = comparison(change);
        const asked = client.request('jobs.submit', params);
        const error: unknown = await asked.catch((reason: unknown) => reason);
        expect(PixelsError.is(error) && `${error.code} ${error.message}`).toContain(words);
        expect(error).toMatchObject({ code });
      };
      const [one = {}] = MODELS;
      await refused({ contenders: [one] }, 'invalid-params', 'two to four contenders');
      await refused(
        { contenders: [one, one, one, one, one] },
        'invalid-params',
        'two to four contenders',
      );
      const full = { name: 'full name', checkpoint: 'builtin/arcade.safetensors' };
      await refused({ contenders: [one, full] }, 'invalid-params', '2 ("full name") are identical');
      const steps = { ...one, steps: 9 };
      await refused({ contenders: [one, steps], mode: 'draft' }, 'invalid-params', 'in full');
      await refused({ contenders: [one, { checkpoint: 'gone' }] }, 'unknown-model', 'gone');
      const many = { first: 0, count: 167 };
      await refused({ seeds: many }, 'invalid-params', '1002 images');
      expect((await client.request('jobs.list', {})).jobs).toHaveLength(0);
      const plan = await client.request('jobs.plan', { spec: comparison({ seeds: many }).spec });
      expect(plan).toMatchObject({ runs: 1002, asks: true });
      const agreed = comparison({ seeds: many, confirmed: 1002 });
      const { job } = await client.request('jobs.submit', agreed);
      expect(job.runs.total).toBe(1002);
      await client.request('jobs.cancel', { target: { job: agreed.id } });
    });
  });
});
