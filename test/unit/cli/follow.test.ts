import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followJob, type JobView } from '../../../src/client/follow-job.ts';
import { PixelsError } from '../../../src/protocol/errors.ts';
import type { Run } from '../../../src/protocol/jobs.ts';
import { FakeJobWorker } from './fake-worker.ts';
import { jobId } from './records.ts';

async function jobOf(count: number, ends: Run['state'][] = []): Promise<FakeJobWorker> {
  const worker = new FakeJobWorker(ends);
  const spec = { kind: 'generate' as const, items: [{ recipe: { prompt: 'x', seed: 1 }, count }] };
  await worker.request('jobs.submit', { id: jobId, spec });
  return worker;
}

describe('following a job', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('hands over every done run once, though events and the final look both tell of it', async () => {
    const worker = await jobOf(5, ['done', 'failed']);
    const runs: number[] = [];
    const job = await followJob(worker, jobId, { onRun: async run => void runs.push(run.index) });
    expect(job.state).toBe('partial');
    expect(runs.toSorted()).toEqual([0, 2, 3, 4]);
  });

  test('finds runs whose events were lost', async () => {
    const worker = await jobOf(3);
    worker.emit = () => undefined;
    const runs: number[] = [];
    await followJob(worker, jobId, { onRun: async run => void runs.push(run.index) });
    expect(runs).toEqual([0, 1, 2]);
  });

  test('goes on without events where none can be had', async () => {
    const worker = await jobOf(1);
    worker.follow = () => Promise.reject(new PixelsError('timeout', 'No events.'));
    expect((await followJob(worker, jobId)).state).toBe('done');
  });

  test('waits for a worker that is away, and says so', async () => {
    const worker = await jobOf(1);
    const answer = worker.answers['jobs.get'];
    let looks = 0;
    worker.answers['jobs.get'] = params => {
      looks++;
      if (looks === 1) {
        const state = { state: 'running' as const };
        return { job: { ...worker.job!, ...state }, spec: { kind: 'generate', items: [] } };
      }
      if (looks < 4) throw new PixelsError('disconnected', 'Away.');
      return answer!(params);
    };
    const views: JobView['away'][] = [];
    const followed = followJob(worker, jobId, { onChange: view => views.push(view.away) });
    await vi.advanceTimersByTimeAsync(5000);
    expect((await followed).state).toBe('done');
    expect(views.slice(0, 4)).toEqual([false, true, true, false]);
  });

  test('gives up a worker that stays away, and says where the job is', async () => {
    const worker = await jobOf(1);
    worker.answers['jobs.get'] = () => Promise.reject(new PixelsError('timeout', 'Away.'));
    const followed = followJob(worker, jobId, { giveUpMs: 10_000 });
    const outcome = expect(followed).rejects.toMatchObject({
      code: 'disconnected',
      message: expect.stringContaining(`jobs show ${jobId}`) as string,
    });
    await vi.advanceTimersByTimeAsync(15_000);
    await outcome;
  });

  test('ends with what goes wrong while a run is handled', async () => {
    const worker = await jobOf(2);
    const onRun = () => Promise.reject(new Error('disk full'));
    await expect(followJob(worker, jobId, { onRun })).rejects.toThrow('disk full');
  });

  test('ends when it is told to', async () => {
    const worker = await jobOf(1);
    worker.answers['jobs.get'] = () => ({
      job: { ...worker.job!, state: 'running' },
      spec: { kind: 'generate', items: [] },
    });
    const stop = new AbortController();
    const followed = followJob(worker, jobId, { signal: stop.signal });
    const outcome = expect(followed).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await outcome;
  });

  test('tells how many runs of others come first', async () => {
    const worker = await jobOf(1);
    const { job } = worker;
    worker.answers['jobs.get'] = () => ({ job: job!, spec: { kind: 'generate', items: [] } });
    const entry = {
      run: 0,
      title: 'x',
      lane: 'interactive' as const,
      state: 'queued' as const,
      server: null,
      paused: false,
      etaMs: null,
    };
    const other = '0197f2c4-0000-7c11-9f2e-000000000001';
    worker.answers['queue.list'] = () => ({
      entries: [
        { ...entry, job: other },
        { ...entry, job: other, run: 1 },
        { ...entry, job: jobId },
      ],
      next: null,
    });
    const stop = new AbortController();
    const views: JobView[] = [];
    const followed = followJob(worker, jobId, {
      signal: stop.signal,
      onChange: view => views.push(view),
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(views.at(-1)?.ahead).toBe(2);
    stop.abort(new Error('enough'));
    await expect(followed).rejects.toThrow('enough');
  });
});
