import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import type { PixelsEvent } from '../../../src/protocol/events.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';
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
  type WorkerProcess,
} from '../../helpers/processes.ts';

describe('a worker with one slow engine', () => {
  const data = new Folder();
  const engineFolder = new Folder();
  let engine: Child;
  let worker: WorkerProcess;
  let client: WorkerClient;

  beforeAll(async () => {
    const port = await freePort();
    engine = await startEngine(engineFolder.path, port, '--step-ms', '25', '--load-ms', '5');
    worker = await startWorkerProcess(data.path, {
      arguments: ['--comfyui', `http://127.0.0.1:${port}`],
    });
    client = await worker.connect();
  });

  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await engine.kill();
    data[Symbol.dispose]();
    engineFolder[Symbol.dispose]();
  });

  async function submit(...parameters: Parameters<typeof newJob>): Promise<string> {
    const job = newJob(...parameters);
    await client.request('jobs.submit', job);
    return job.id;
  }

  async function statesOf(id: string): Promise<string[]> {
    return (await runsOf(client, id)).map(run => run.state);
  }

  it('executes one run and parks one, the rest stay queued', async () => {
    const id = await submit({ steps: 30 }, 4);
    const states = await until('the second is parked', async () => {
      const now = await statesOf(id);
      return now[0] === 'running' && now[1] === 'parked' ? now : null;
    });
    expect(states).toEqual(['running', 'parked', 'queued', 'queued']);
    await client.request('jobs.cancel', { target: { job: id } });
    await jobEnd(client, id);
  });

  it('cancels what is queued, parked and running, each truly', async () => {
    const id = await submit({ steps: 200 }, 3);
    await until('the first runs', async () => {
      const now = await statesOf(id);
      return now[0] === 'running' && now[1] === 'parked';
    });
    expect(await client.request('jobs.cancel', { target: { job: id } })).toEqual({ runs: 3 });
    const job = await jobEnd(client, id);
    expect(job.state).toBe('cancelled');
    expect(await statesOf(id)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await client.request('jobs.cancel', { target: { job: id } })).toEqual({ runs: 0 });
    const { servers } = await client.request('status', {});
    expect(servers[0]).toMatchObject({ executing: null, parked: null });
  });

  it('cancels one run of a job and finishes the others: the job is partial', async () => {
    const id = await submit({ steps: 6 }, 3);
    await client.request('jobs.cancel', { target: { job: id, run: 2 } });
    const job = await jobEnd(client, id);
    expect(job.state).toBe('partial');
    expect(await statesOf(id)).toEqual(['done', 'done', 'cancelled']);
    expect(await client.request('jobs.retry', { target: { job: id } })).toEqual({ runs: 1 });
    expect((await jobEnd(client, id)).state).toBe('done');
  });

  it('holds a paused job back, its parked run included, until it is resumed', async () => {
    const id = await submit({ steps: 12 }, 3);
    await until('the second is parked', async () => (await statesOf(id))[1] === 'parked');
    expect(await client.request('jobs.pause', { target: { job: id } })).toEqual({ jobs: 1 });
    const paused = await until('the first has ended', async () => {
      const { job } = await client.request('jobs.get', { id });
      return job.state === 'paused' ? job : null;
    });
    expect(paused.runs).toMatchObject({ done: 1, queued: 2, active: 0 });
    expect(await client.request('jobs.resume', { target: { job: id } })).toEqual({ jobs: 1 });
    expect((await jobEnd(client, id)).state).toBe('done');
  });

  it('serves an interactive job before batch jobs that came first, a parked one included', async () => {
    const batch = await submit({ steps: 20 }, 4, { lane: 'batch' });
    await until('a batch run is parked', async () => (await statesOf(batch))[1] === 'parked');
    const urgent = await submit({ steps: 2 }, 1);
    await jobEnd(client, urgent);
    expect((await statesOf(batch)).filter(state => state === 'done').length).toBeLessThanOrEqual(1);
    await client.request('jobs.cancel', { target: { job: batch } });
    await jobEnd(client, batch);
  });

  it('moves a job before another, and follows that order', async () => {
    const block = await submit({ steps: 25 }, 1);
    const first = await submit({ steps: 2, prompt: 'first' }, 1);
    const second = await submit({ steps: 2, prompt: 'second' }, 1);
    const third = await submit({ steps: 2, prompt: 'third' }, 1);
    expect(await client.request('jobs.move', { id: third, before: first })).toEqual({
      changed: true,
    });
    const { entries } = await client.request('queue.list', {});
    const order = entries.map(entry => entry.job).filter(id => id !== block);
    expect(order).toEqual([third, first, second]);
    const ended: number[] = [];
    for (const id of [third, first, second]) ended.push((await jobEnd(client, id)).finishedAt ?? 0);
    expect(ended).toEqual([...ended].sort((a, b) => a - b));
  });

  it('tells of progress, previews with a picture, and every state in order', async () => {
    const events: PixelsEvent[] = [];
    const listener = await worker.connect();
    listener.onEvent(event => events.push(event));
    await listener.subscribe();
    const id = await submit({ steps: 8 }, 1);
    await jobEnd(client, id);
    await until('the last event is here', () =>
      events.some(
        event => event.type === 'job.state' && event.state === 'done' && event.job === id,
      ),
    );
    const mine = events.filter(event => event.job === id);
    const states = mine.flatMap(event => (event.type === 'run.state' ? [event.state] : []));
    expect(states).toEqual(['parked', 'loading', 'running', 'finishing', 'done']);
    const steps = mine.flatMap(event =>
      event.type === 'run.progress' && event.stage === 'sampling' ? [event.value] : [],
    );
    expect(Math.max(...steps)).toBe(8);
    const preview = mine.find(event => event.type === 'run.preview');
    expect(preview?.image?.byteLength).toBeGreaterThan(100);
    const sequence = events.flatMap(event => ('at' in event ? [event.seq] : []));
    expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
    expect(new Set(sequence).size).toBe(sequence.length);
  });

  it('estimates the time left from what earlier runs took', async () => {
    await jobEnd(client, await submit({ steps: 10 }, 1));
    const id = await submit({ steps: 40 }, 2);
    const eta = await until('an estimate is there', async () => {
      const { job } = await client.request('jobs.get', { id });
      return job.etaMs;
    });
    expect(eta).toBeGreaterThan(200);
    expect(eta).toBeLessThan(20_000);
    await client.request('jobs.cancel', { target: { all: true } });
    await jobEnd(client, id);
  });

  it('fails a run with advice when the engine runs out of memory, and says who is to blame', async () => {
    const id = await submit({ prompt: 'sword __oom__' }, 1);
    const job = await jobEnd(client, id);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'engine-out-of-memory' } });
    expect(job.error?.message).toMatch(/smaller render size/);
    const other = await jobEnd(client, await submit({ prompt: 'sword __fail__' }, 1));
    expect(other).toMatchObject({ state: 'failed', error: { code: 'engine-failed' } });
    expect(other.error?.message).not.toMatch(/\/work\/|\/home\//);
  });

  it('calls an all-black picture a failure', async () => {
    const job = await jobEnd(client, await submit({ prompt: 'sword __nan__' }, 1));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'blank-result' } });
  });

  it('draws a batch as one run whose images know their place', async () => {
    const id = await submit({ batch: 3 }, 1);
    await jobEnd(client, id);
    const [run] = await runsOf(client, id);
    expect(run?.images.map(({ index, size }) => ({ index, size }))).toEqual([
      { index: 0, size: 3 },
      { index: 1, size: 3 },
      { index: 2, size: 3 },
    ]);
    expect(new Set(run?.images.map(image => image.raw)).size).toBe(3);
  });

  it('draws the same recipe to the same pixels, and another seed to others', async () => {
    const pixelsOf = async (seed: number, count: number): Promise<Buffer[]> => {
      const id = await submit({ seed }, count);
      await jobEnd(client, id);
      const images = (await runsOf(client, id)).flatMap(run => run.images);
      // Metadata names the run, so the pictures are compared by their pixels.
      return Promise.all(
        images.map(async image => {
          const png = await client.fetchArtifact(image.raw);
          return Buffer.from(decodePng(png, nodeZlib).image.data);
        }),
      );
    };
    const [first, second] = await pixelsOf(100, 2);
    const [again] = await pixelsOf(101, 1);
    expect(first?.byteLength).toBe(1024 * 1024 * 4);
    expect(second?.equals(again ?? Buffer.alloc(0))).toBe(true);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false);
  });

  it('varies an uploaded image', async () => {
    const source = await submit({ prompt: 'blue potion' }, 1);
    await jobEnd(client, source);
    const [run] = await runsOf(client, source);
    const bytes = await client.fetchArtifact(run?.images[0]?.raw ?? '');
    const image = await client.putArtifact(bytes);
    const id = await submit({ init: { image, denoise: 0.4 } }, 1);
    expect((await jobEnd(client, id)).state).toBe('done');
    const [varied] = await runsOf(client, id);
    expect(varied?.recipe).toMatchObject({ workflow: 'image-to-image-sdxl', init: { image } });
  });

  it('keeps pinned artifacts when others are pruned', async () => {
    const id = await submit({ prompt: 'gold coin' }, 2);
    await jobEnd(client, id);
    const digests = (await runsOf(client, id)).map(run => run.images[0]?.sprite ?? '');
    const [pinned = '', kept = ''] = digests;
    expect(
      await client.request('artifacts.pin', {
        project: 'game',
        digests: [pinned, 'f'.repeat(64)],
      }),
    ).toEqual({ pinned: 1, missing: ['f'.repeat(64)] });
    await client.request('artifacts.keep', { digest: kept, keep: true });
    const pruned = await client.request('artifacts.prune', { toBytes: 0 });
    expect(pruned.artifacts).toBeGreaterThan(0);
    expect((await client.fetchArtifact(pinned)).byteLength).toBeGreaterThan(0);
    expect((await client.fetchArtifact(kept)).byteLength).toBeGreaterThan(0);
    await client.request('artifacts.pin', { project: 'game', digests: [] });
    await client.request('artifacts.prune', { toBytes: 0 });
    await expect(client.fetchArtifact(pinned)).rejects.toMatchObject({ code: 'not-found' });
    expect((await client.fetchArtifact(kept)).byteLength).toBeGreaterThan(0);
  });

  it('holds 1,000 queued jobs, lists them by pages and cancels them all', async () => {
    await client.request('lanes.pause', { lane: 'training' });
    const jobs = Array.from({ length: 1000 }, () =>
      newJob({}, 1, { lane: 'training', group: 'many' }),
    );
    for (let at = 0; at < jobs.length; at += 100) {
      await Promise.all(
        jobs.slice(at, at + 100).map(async job => client.request('jobs.submit', job)),
      );
    }
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: { jobs: { id: string }[]; next: string | null } = await client.request(
        'jobs.list',
        { filter: { group: 'many' }, limit: 200, ...(cursor === null ? {} : { cursor }) },
      );
      for (const job of page.jobs) seen.add(job.id);
      cursor = page.next;
    } while (cursor !== null);
    expect(seen.size).toBe(1000);
    expect(await client.request('jobs.cancel', { target: { group: 'many' } })).toEqual({
      runs: 1000,
    });
    await client.request('lanes.resume', { lane: 'training' });
    const { jobs: counts } = await client.request('status', {});
    expect(counts.unfinished).toBe(0);
  });
});
