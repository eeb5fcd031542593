import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import type { Run } from '../../../src/protocol/jobs.ts';
import { FAIL_POINTS } from '../../../src/worker/failpoint.ts';
import {
  type Child,
  Folder,
  freePort,
  jobEnd,
  newJob,
  runsOf,
  startEngine,
  startWorkerProcess,
  until,
} from '../../helpers/processes.ts';

/** The files are counted here, so that they must stay. */
const KEEP = '--keep-outputs';

/** Files the engine wrote, by prompt id: a prompt that was executed twice leaves two. */
function drawn(engineFolder: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of readdirSync(join(engineFolder, 'output', 'dgx-pixels'))) {
    const prompt = file.slice(0, 36);
    counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
  }
  return counts;
}

async function expectAllTrue(
  client: WorkerClient,
  job: string,
  engineFolder: string,
  count: number,
) {
  const ended = await jobEnd(client, job);
  const runs = await runsOf(client, job);
  expect(ended.state).toBe('done');
  expect(ended.runs).toMatchObject({ total: count, done: count, queued: 0, active: 0, lost: 0 });
  expect(runs.map(run => run.state)).toEqual(Array<string>(count).fill('done'));
  for (const run of runs) await expectImages(client, run);
  const files = drawn(engineFolder);
  expect([...files.values()], 'every prompt drew once').toEqual(Array<number>(count).fill(1));
  expect(new Set(runs.map(run => run.promptId))).toEqual(new Set(files.keys()));
}

async function expectImages(client: WorkerClient, run: Run) {
  expect(run.images).toHaveLength(1);
  for (const image of run.images) {
    const bytes = await client.fetchArtifact(image.sprite);
    expect(Buffer.from(bytes.subarray(1, 4)).toString()).toBe('PNG');
  }
}

describe('a worker that is killed', () => {
  let folder: Folder;
  let engine: Child;
  let port: number;

  beforeAll(async () => {
    folder = new Folder();
    port = await freePort();
    engine = await startEngine(folder.path, port, '--step-ms', '20', '--load-ms', '5');
  });

  afterAll(async () => {
    await engine.kill();
    folder[Symbol.dispose]();
  });

  for (const point of FAIL_POINTS) {
    for (const hit of [1, 3]) {
      it(`loses, repeats and invents nothing at ${point}, hit ${hit}`, async () => {
        using data = new Folder();
        using engineFolder = new Folder();
        const enginePort = await freePort();
        await using own = await startEngine(
          engineFolder.path,
          enginePort,
          '--step-ms',
          '15',
          '--load-ms',
          '5',
        );
        expect(own.alive).toBe(true);
        const serve = {
          arguments: ['--comfyui', `http://127.0.0.1:${enginePort}`, KEEP],
        };
        const job = newJob({}, 4);
        {
          await using worker = await startWorkerProcess(data.path, {
            ...serve,
            environment: { DGX_PIXELS_FAIL_POINT: `${point}:${hit}` },
          });
          const client = await worker.connect();
          await client.request('jobs.submit', job, { retry: false }).catch(() => undefined);
          expect(await worker.child.ended()).toBe('SIGKILL');
        }
        await using worker = await startWorkerProcess(data.path, serve);
        const client = await worker.connect();
        await expectAllTrue(client, job.id, engineFolder.path, 4);
      });
    }
  }

  for (const point of ['before-artifact', 'before-commit', 'after-commit'] as const) {
    it(`has every picture at ${point} although it removes them from the engine, and draws none again`, async () => {
      using data = new Folder();
      using engineFolder = new Folder();
      const enginePort = await freePort();
      await using own = await startEngine(engineFolder.path, enginePort, '--step-ms', '5');
      expect(own.alive).toBe(true);
      const serve = { arguments: ['--comfyui', `http://127.0.0.1:${enginePort}`] };
      const job = newJob({}, 4);
      {
        await using worker = await startWorkerProcess(data.path, {
          ...serve,
          environment: { DGX_PIXELS_FAIL_POINT: `${point}:2` },
        });
        const client = await worker.connect();
        await client.request('jobs.submit', job, { retry: false }).catch(() => undefined);
        expect(await worker.child.ended()).toBe('SIGKILL');
      }
      await using worker = await startWorkerProcess(data.path, serve);
      const client = await worker.connect();
      expect((await jobEnd(client, job.id)).runs).toMatchObject({ done: 4, lost: 0 });
      for (const run of await runsOf(client, job.id)) {
        await expectImages(client, run);
        expect(run.attempt).toBe(1);
        const { history } = await client.request('runs.get', { job: job.id, run: run.index });
        expect(history.filter(step => step.to === 'parked')).toHaveLength(1);
      }
      // At most the pictures of the two runs that were being stored at the kill stay.
      await until('they are removed', () => drawn(engineFolder.path).size <= 2);
    });
  }

  it('takes over a run that the engine is still drawing', async () => {
    using data = new Folder();
    const serve = { arguments: ['--comfyui', `http://127.0.0.1:${port}`, KEEP] };
    const job = newJob({ steps: 60 }, 1);
    {
      await using worker = await startWorkerProcess(data.path, serve);
      const client = await worker.connect();
      await client.request('jobs.submit', job);
      await until('it is sampling', async () => {
        const [run] = await runsOf(client, job.id);
        return run?.state === 'running';
      });
      await worker.child.kill();
    }
    await using worker = await startWorkerProcess(data.path, serve);
    const client = await worker.connect();
    await jobEnd(client, job.id);
    const { run, history } = await client.request('runs.get', { job: job.id, run: 0 });
    expect(run).toMatchObject({ state: 'done', attempt: 1 });
    expect(history.filter(step => step.to === 'parked')).toHaveLength(1);
  });
});

describe('an engine that is killed', () => {
  it('has its run queued once more when no image existed, and says so in the history', async () => {
    using data = new Folder();
    using engineFolder = new Folder();
    const port = await freePort();
    const start = () => startEngine(engineFolder.path, port, '--step-ms', '30', '--load-ms', '5');
    let engine = await start();
    await using worker = await startWorkerProcess(data.path, {
      arguments: ['--comfyui', `http://127.0.0.1:${port}`, KEEP],
    });
    const client = await worker.connect();
    const job = newJob({ steps: 20 }, 3);
    await client.request('jobs.submit', job);
    await until('it is sampling', async () => {
      const [run] = await runsOf(client, job.id);
      return run?.state === 'running';
    });
    await engine.kill();
    engine = await start();
    try {
      await expectAllTrue(client, job.id, engineFolder.path, 3);
      const { run, history } = await client.request('runs.get', { job: job.id, run: 0 });
      expect(run.attempt).toBe(2);
      expect(history.map(step => step.reason).join('\n')).toMatch(/retryLost: once/);
    } finally {
      await engine.kill();
    }
  });

  it('makes a run lost, never done, under the policy ask', async () => {
    using data = new Folder();
    using engineFolder = new Folder();
    const port = await freePort();
    const start = () => startEngine(engineFolder.path, port, '--step-ms', '30', '--load-ms', '5');
    let engine = await start();
    await using worker = await startWorkerProcess(data.path, {
      arguments: ['--comfyui', `http://127.0.0.1:${port}`, KEEP],
    });
    const client = await worker.connect();
    const job = newJob({ steps: 20 }, 1, { retryLost: 'ask' });
    await client.request('jobs.submit', job);
    await until('it is sampling', async () => {
      const [run] = await runsOf(client, job.id);
      return run?.state === 'running';
    });
    await engine.kill();
    engine = await start();
    try {
      const ended = await jobEnd(client, job.id);
      expect(ended).toMatchObject({ state: 'lost', error: { code: 'engine-lost' } });
      expect(await client.request('jobs.retry', { target: { job: job.id } })).toEqual({ runs: 1 });
      await expectAllTrue(client, job.id, engineFolder.path, 1);
    } finally {
      await engine.kill();
    }
  });

  it('has finished runs brought home after its restart, from the files it left', async () => {
    using data = new Folder();
    using engineFolder = new Folder();
    const port = await freePort();
    const start = () => startEngine(engineFolder.path, port, '--step-ms', '10', '--load-ms', '5');
    let engine = await start();
    const serve = { arguments: ['--comfyui', `http://127.0.0.1:${port}`, KEEP] };
    const job = newJob({}, 2);
    {
      await using worker = await startWorkerProcess(data.path, {
        ...serve,
        environment: { DGX_PIXELS_FAIL_POINT: 'while-sampling:2' },
      });
      const client = await worker.connect();
      await client.request('jobs.submit', job);
      await worker.child.ended();
    }
    await until('the engine has finished both', () => drawn(engineFolder.path).size === 2);
    await engine.kill();
    engine = await start();
    try {
      await using worker = await startWorkerProcess(data.path, serve);
      const client = await worker.connect();
      await expectAllTrue(client, job.id, engineFolder.path, 2);
    } finally {
      await engine.kill();
    }
  });
});

describe('an engine and a worker that keep being killed', () => {
  it('leave every run in one true state: a done one has its picture, none was drawn to its end twice', async () => {
    using data = new Folder();
    using engineFolder = new Folder();
    const port = await freePort();
    const start = () => startEngine(engineFolder.path, port, '--step-ms', '8', '--load-ms', '5');
    const serve = { arguments: ['--comfyui', `http://127.0.0.1:${port}`, KEEP] };
    let engine = await start();
    let worker = await startWorkerProcess(data.path, serve);
    const job = newJob({ steps: 12 }, 12);
    try {
      await (await worker.connect()).request('jobs.submit', job);
      for (const wait of [130, 310, 70, 450, 230]) {
        await new Promise(resolve => setTimeout(resolve, wait));
        await engine.kill();
        if (wait % 20 === 10) {
          await worker[Symbol.asyncDispose]();
          worker = await startWorkerProcess(data.path, serve);
        }
        engine = await start();
      }
      const client = await worker.connect();
      const ended = await jobEnd(client, job.id, 55_000);
      const runs = await runsOf(client, job.id);
      const files = drawn(engineFolder.path);
      expect([...files.values()].every(count => count === 1)).toBe(true);
      for (const run of runs) {
        expect(['done', 'lost']).toContain(run.state);
        if (run.state === 'done') {
          await expectImages(client, run);
          expect(files.get(run.promptId)).toBe(1);
        } else expect(run.error?.code).toBe('engine-lost');
      }
      expect(ended.runs.done + ended.runs.lost).toBe(12);
      expect(ended.runs.done).toBeGreaterThan(4);
    } finally {
      await engine.kill();
      await worker[Symbol.asyncDispose]();
    }
  });
});

describe('a client that vanishes', () => {
  it('leaves its job to the worker, and the same id again is the same job', async () => {
    using data = new Folder();
    await using worker = await startWorkerProcess(data.path);
    const job = newJob({}, 2);
    const first = await worker.connect();
    await first.request('jobs.submit', job);
    await first.close();
    const second = await worker.connect();
    const again = await second.request('jobs.submit', job);
    expect(again).toMatchObject({ created: false, job: { id: job.id } });
    expect(await jobEnd(second, job.id)).toMatchObject({ state: 'done', runs: { total: 2 } });
    await expect(
      second.request('jobs.submit', { ...job, spec: newJob({ prompt: 'other' }).spec }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});
