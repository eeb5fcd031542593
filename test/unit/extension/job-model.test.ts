import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import type { WorkerLink } from '../../../src/extension/connection/connection.ts';
import { JobModel, type JobsChange } from '../../../src/extension/jobs/job-model.ts';
import { Log } from '../../../src/extension/log.ts';
import type { PixelsEvent } from '../../../src/protocol/events.ts';

const ID = '0197f000-0000-7000-8000-000000000001';

const JOB = {
  id: ID,
  title: 'sword',
  state: 'running',
  progress: 0,
  runs: { total: 1, queued: 0, active: 1, done: 0, failed: 0, cancelled: 0, lost: 0 },
};

const ANSWERS: Record<string, unknown> = {
  'jobs.list': { jobs: [JOB], next: null },
  'jobs.get': { job: JOB },
  'queue.list': { entries: [], next: null },
  status: { lanes: [], jobs: { unfinished: 1, total: 1 } },
};

/** A model of a worker that is told what to say. */
async function modelled(
  answer = (method: string, _params: Record<string, unknown>) => structuredClone(ANSWERS[method]),
) {
  let tell: (event: PixelsEvent) => void = () => undefined;
  const asked: string[] = [];
  const client = {
    onEvent: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
    onReset: () => () => undefined,
    onHello: () => () => undefined,
    subscribe: async () => ({ dispose: () => undefined }),
    request: async (method: string, params: Record<string, unknown>) => {
      asked.push(method);
      return answer(method, params);
    },
  };
  const link = {
    current: client as unknown as WorkerClient,
    state: { kind: 'ready' },
    onDidChangeState: () => ({ dispose: () => undefined }),
  };
  const quiet = () => undefined;
  const log = new Log({ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet });
  const model = new JobModel(link as unknown as WorkerLink, log);
  const told: JobsChange[] = [];
  model.onDidChange(change => told.push(change));
  await vi.advanceTimersByTimeAsync(100);
  return { model, told, asked, tell: (event: PixelsEvent) => tell(event) };
}

function progress(value: number): PixelsEvent {
  return { type: 'run.progress', job: ID, run: 0, stage: 'sampling', value, max: 1000 };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a thousand events in a second are told at most sixty times, the newest always', async () => {
  const { model, told, tell } = await modelled();
  told.length = 0;
  for (let value = 1; value <= 1000; value++) {
    tell(progress(value));
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(50);
  expect(told.length).toBeLessThanOrEqual(60);
  expect(told.length).toBeGreaterThan(30);
  expect(model.get(ID)).toMatchObject({ active: { value: 1000 }, job: { progress: 1 } });
});

test('progress never goes back', async () => {
  const { model, tell } = await modelled();
  tell(progress(500));
  tell(progress(100));
  expect(model.get(ID)?.job.progress).toBe(0.5);
});

test('many changes of a job cost one look at it', async () => {
  const { asked, tell } = await modelled();
  asked.length = 0;
  for (let seq = 1; seq <= 20; seq++) {
    tell({ type: 'run.state', job: ID, seq, at: 0, run: 0, attempt: 1, state: 'running' });
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(asked.filter(method => method === 'jobs.get')).toHaveLength(1);
});

test('of a long queue the jobs whose turn it is are known, though they are the oldest', async () => {
  const all = Array.from({ length: 450 }, (_, place) => ({
    ...JOB,
    id: `0197f000-0000-7000-8000-${String(place).padStart(12, '0')}`,
    state: place === 0 ? 'running' : 'queued',
  })).reverse();
  const { model } = await modelled((method, { filter, cursor, limit }) => {
    if (method === 'status') return { lanes: [], jobs: { unfinished: 450, total: 450 } };
    if (method !== 'jobs.list') return structuredClone(ANSWERS[method]);
    if (filter === undefined) return { jobs: all.slice(0, 200), next: '200' };
    const from = Number(cursor ?? 0);
    const next = from + Number(limit);
    return { jobs: all.slice(from, next), next: next < all.length ? String(next) : null };
  });
  expect(model.jobs).toHaveLength(450);
  expect(model.jobs.at(-1)?.job.state).toBe('running');
});

test('a job that ended shows nothing under way, and one that was removed is gone', async () => {
  const { model, tell } = await modelled();
  tell(progress(500));
  tell({ type: 'job.state', job: ID, seq: 1, at: 0, state: 'done', done: 1, total: 1 });
  expect(model.get(ID)).toMatchObject({ active: null, job: { state: 'done', runs: { done: 1 } } });
  tell({ type: 'job.forgotten', job: ID, seq: 2, at: 0 });
  expect(model.get(ID)).toBeNull();
  expect(model.jobs).toEqual([]);
});
