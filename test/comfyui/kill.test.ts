import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAIL_POINTS } from '../../src/worker/failpoint.ts';
import { Folder, newJob, runsOf, until } from '../helpers/processes.ts';
import { RealComfyui } from './server.ts';
import { comfyui, describeOwnComfyui, RUN_LIMIT_MS, Studio, TINY15 } from './studio.ts';

/** The files are counted here, so that they must stay. */
const KEEP = { keepOutputs: true };

/** Files the engine wrote, by prompt id: a prompt that was executed twice leaves two. */
function drawn(output: string): Map<string, number> {
  const folder = join(output, 'dgx-pixels');
  const counts = new Map<string, number>();
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const prompt = file.slice(0, 36);
    counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
  }
  return counts;
}

describeOwnComfyui('kill -9 of a real ComfyUI')('a real ComfyUI and a worker', () => {
  let server: RealComfyui;

  beforeAll(async () => {
    server = await RealComfyui.start(comfyui().directory ?? '');
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  async function restart(): Promise<void> {
    await server.kill();
    await server.start();
  }

  async function untilSampling(studio: Studio, job: string): Promise<void> {
    // Every test has its own seeds: what the engine has cached it does not sample.
    await until(
      'it is sampling',
      async () => (await studio.run(job)).state === 'running',
      RUN_LIMIT_MS,
    );
  }

  async function expectAllTrue(studio: Studio, job: string, count: number): Promise<void> {
    const ended = await studio.ended(job);
    expect(ended.runs).toMatchObject({ total: count, done: count, lost: 0 });
    const files = drawn(server.output);
    for (const run of await runsOf(studio.client, job)) {
      expect(await studio.pictures(run)).toHaveLength(1);
      expect(files.get(run.promptId), 'drawn once').toBe(1);
    }
  }

  it('that is killed while sampling: its run is queued once more and done, and says so', async () => {
    await using studio = await Studio.open(server.url, KEEP);
    const job = await studio.submit({ ...TINY15, steps: 60, seed: 100 }, 3);
    await untilSampling(studio, job);
    await restart();
    await expectAllTrue(studio, job, 3);
    const { run, history } = await studio.client.request('runs.get', { job, run: 0 });
    expect(run.attempt).toBe(2);
    expect(history.map(step => step.reason).join('\n')).toMatch(/retryLost: once/);
  });

  it('that is killed while sampling: its run is lost under the policy ask, until it is retried', async () => {
    await using studio = await Studio.open(server.url, KEEP);
    const job = await studio.submit({ ...TINY15, steps: 60, seed: 200 }, 1, { retryLost: 'ask' });
    await untilSampling(studio, job);
    await restart();
    expect(await studio.ended(job)).toMatchObject({
      state: 'lost',
      error: { code: 'engine-lost' },
    });
    await studio.client.request('jobs.retry', { target: { job } });
    await expectAllTrue(studio, job, 1);
  });

  it('whose worker is killed while sampling: the next worker takes the run over', async () => {
    using data = new Folder();
    let job: string;
    {
      await using studio = await Studio.open(server.url, { ...KEEP, data: data.path });
      job = await studio.submit({ ...TINY15, steps: 80, seed: 300 });
      await untilSampling(studio, job);
      await studio.worker.child.kill();
    }
    await using studio = await Studio.open(server.url, { ...KEEP, data: data.path });
    await expectAllTrue(studio, job, 1);
    const { run, history } = await studio.client.request('runs.get', { job, run: 0 });
    expect(run.attempt).toBe(1);
    expect(history.filter(step => step.to === 'parked')).toHaveLength(1);
  });

  for (const [place, point] of FAIL_POINTS.entries()) {
    it(`that are both killed at ${point}: nothing is lost, repeated or invented`, async () => {
      using data = new Folder();
      let job: string;
      {
        await using studio = await Studio.open(server.url, {
          ...KEEP,
          data: data.path,
          environment: { DGX_PIXELS_FAIL_POINT: point },
        });
        const request = newJob({ ...TINY15, steps: 20, seed: 400 + 10 * place }, 2);
        job = request.id;
        // The answer may die with the worker; the job is in the journal all the same.
        await studio.client.request('jobs.submit', request, { retry: false }).catch(() => null);
        expect(await studio.worker.child.ended()).toBe('SIGKILL');
      }
      await restart();
      await using studio = await Studio.open(server.url, { ...KEEP, data: data.path });
      await expectAllTrue(studio, job, 2);
    });
  }
});
