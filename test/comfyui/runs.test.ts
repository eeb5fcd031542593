import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PixelsEvent } from '../../src/protocol/events.ts';
import { runsOf, until } from '../helpers/processes.ts';
import { SHIPPED_FOLDER } from '../helpers/role-changes.ts';
import { askServer, comfyui, describeComfyui, RUN_LIMIT_MS, Studio, TINY15 } from './studio.ts';

describeComfyui('runs on a real ComfyUI', TINY15.checkpoint)('runs on a real ComfyUI', () => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await Studio.open(comfyui().url);
  });

  afterAll(async () => {
    await studio[Symbol.asyncDispose]();
  });

  async function statesOf(id: string): Promise<string[]> {
    return (await runsOf(studio.client, id)).map(run => run.state);
  }

  async function untilSampling(id: string): Promise<void> {
    await until('it is sampling', async () => (await statesOf(id))[0] === 'running', RUN_LIMIT_MS);
  }

  it('go through every state in order, with every step, and previews that are pictures', async () => {
    const events: PixelsEvent[] = [];
    const listener = await studio.worker.connect();
    listener.onEvent(event => events.push(event));
    await listener.subscribe();
    // A prompt of its own: a server that was used before has encoded the usual one.
    const id = await studio.submit({ ...TINY15, prompt: `sword ${Date.now()}`, steps: 12 });
    expect((await studio.ended(id)).state).toBe('done');
    await until('the last event is here', () =>
      events.some(event => event.type === 'job.state' && event.state === 'done'),
    );
    const states = events.flatMap(event => (event.type === 'run.state' ? [event.state] : []));
    expect(states).toEqual(['parked', 'loading', 'running', 'finishing', 'done']);
    const progress = events.flatMap(event => (event.type === 'run.progress' ? [event] : []));
    const steps = progress.flatMap(({ stage, value }) => (stage === 'sampling' ? [value] : []));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(12);
    const stages = [...new Set(progress.map(({ stage }) => stage))];
    expect(stages).toEqual(
      expect.arrayContaining(['loading', 'encoding', 'sampling', 'decoding', 'saving', 'fixing']),
    );
    const previews = events.flatMap(event => (event.type === 'run.preview' ? [event] : []));
    expect(previews.length).toBeGreaterThan(0);
    for (const { mime, image } of previews) {
      expect(mime).toBe('image/jpeg');
      expect([...(image?.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
    }
  });

  it('record the version of ComfyUI, and leave no entry in its history', async () => {
    const { run } = await studio.draw({ ...TINY15, seed: 11 });
    const { recipe, engine } = await studio.client.request('artifacts.recipe', {
      digest: run.images[0]?.raw ?? '',
    });
    expect(recipe.seed).toBe(11);
    expect(comfyui().versions).toContain(engine?.version ?? 'none');
    await until('the entry is gone', async () => {
      const history = await askServer(comfyui().url, `/history/${run.promptId}`);
      return Object.keys(history as object).length === 0;
    });
  });

  it('make a new picture of the identical recipe, equal to the first, although the engine has it cached', async () => {
    const first = await studio.draw({ ...TINY15, seed: 12 });
    const second = await studio.draw({ ...TINY15, seed: 12 });
    expect(second.run.promptId).not.toBe(first.run.promptId);
    expect(second.pictures).toEqual(first.pictures);
  });

  it('draw a batch as one run of different pictures that know their place', async () => {
    const { run, pictures } = await studio.draw({ ...TINY15, batch: 2 });
    expect(run.images.map(({ index, size }) => ({ index, size }))).toEqual([
      { index: 0, size: 2 },
      { index: 1, size: 2 },
    ]);
    expect(pictures[0]).not.toEqual(pictures[1]);
  });

  it('execute one by one with the next parked, and all end', async () => {
    const id = await studio.submit({ ...TINY15, steps: 20 }, 4);
    await until(
      'one runs and one is parked',
      async () => (await statesOf(id)).join().startsWith('running,parked,queued,queued'),
      RUN_LIMIT_MS,
    );
    const job = await studio.ended(id);
    expect(job).toMatchObject({ state: 'done', runs: { total: 4, done: 4 } });
  });

  it('are cancelled while sampling and while parked, and the engine stops at once', async () => {
    const id = await studio.submit({ ...TINY15, steps: 1000 }, 3);
    await untilSampling(id);
    await until('one is parked', async () => (await statesOf(id))[1] === 'parked');
    const { promptId } = await studio.run(id);
    await studio.client.request('jobs.cancel', { target: { job: id, run: 1 } });
    await until('the parked one is cancelled', async () => (await statesOf(id))[1] === 'cancelled');
    expect((await statesOf(id))[0]).toBe('running');
    await studio.client.request('jobs.cancel', { target: { job: id } });
    const job = await studio.ended(id);
    expect(job.state).toBe('cancelled');
    expect(await statesOf(id)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    const queue = (await askServer(comfyui().url, '/queue')) as Record<string, unknown[]>;
    expect(queue).toEqual({ queue_running: [], queue_pending: [] });
    const left = (await askServer(comfyui().url, `/api/jobs/${promptId}`)) as { status?: string };
    expect(['cancelled', undefined]).toContain(left.status);
  });

  it('are retried under a new prompt id after a cancel, and are done then', async () => {
    const id = await studio.submit({ ...TINY15, steps: 60 });
    await untilSampling(id);
    const before = await studio.run(id);
    await studio.client.request('jobs.cancel', { target: { job: id } });
    expect((await studio.ended(id)).state).toBe('cancelled');
    expect(await studio.client.request('jobs.retry', { target: { job: id } })).toEqual({ runs: 1 });
    expect((await studio.ended(id)).state).toBe('done');
    const after = await studio.run(id);
    expect(after).toMatchObject({ attempt: 2, state: 'done' });
    expect(after.promptId).not.toBe(before.promptId);
  });

  it('that somebody else interrupts on the server are cancelled and say so', async () => {
    const id = await studio.submit({ ...TINY15, steps: 1000 });
    await untilSampling(id);
    await askServer(comfyui().url, '/interrupt', {});
    expect((await studio.ended(id)).state).toBe('cancelled');
    const { history } = await studio.client.request('runs.get', { job: id, run: 0 });
    expect(history.at(-1)?.reason).toMatch(/somebody else/);
  });

  it('fail with the node that raised and its words, without paths of the server', async () => {
    const id = await studio.submit({ ...TINY15, checkpoint: 'tiny15-textless.safetensors' });
    const job = await studio.ended(id);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'engine-failed' } });
    expect(job.error?.message).toMatch(/CLIPTextEncode.*clip input is invalid/);
    expect(job.error?.message).not.toMatch(/\/(?:root|home|tmp|usr)\//);
    const next = await studio.draw(TINY15);
    expect(next.pictures).toHaveLength(1);
  });

  it('of which the engine would draw only a part are refused, with the node that is wrong, and nothing is drawn', async () => {
    const graph: Record<string, unknown> = JSON.parse(
      readFileSync(join(SHIPPED_FOLDER, 'sprite-sd15.json'), 'utf8'),
    ) as Record<string, unknown>;
    graph['50'] = {
      class_type: 'ImageScale',
      inputs: { image: ['8', 0], upscale_method: 'nope', width: 8, height: 8, crop: 'disabled' },
    };
    graph['51'] = {
      class_type: 'PreviewImage',
      inputs: { images: ['50', 0] },
    };
    await studio.client.request('workflows.add', { name: 'partial', graph, replace: true });
    // Long enough that it is stopped, not done, on a busy machine.
    const id = await studio.submit({ ...TINY15, workflow: 'partial', seed: 77, steps: 500 });
    const job = await studio.ended(id);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'engine-rejected' } });
    expect(job.error?.message).toMatch(/upscale_method/);
    const { promptId } = await studio.run(id);
    await until('the engine has stopped it', async () => {
      const left = (await askServer(comfyui().url, `/api/jobs/${promptId}`)) as { status?: string };
      return left.status === undefined || left.status === 'cancelled';
    });
  });
});
