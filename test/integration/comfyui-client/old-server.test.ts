import { describe, expect, it } from 'vitest';
import { until } from '../../helpers/processes.ts';
import { forgetful, old } from './rules.ts';
import { Setting } from './setting.ts';

describe('a server from before /api/jobs', () => {
  const open = (stepMs: number) => Setting.open({ stepMs }, ({ rules }) => rules.push(old));

  it('draws, and is followed by queue and history when its events are lost', async () => {
    await using setting = await open(40);
    const { bench, meddler } = setting;
    expect(await bench.server()).toMatchObject({ state: 'ready', problem: null });
    const job = await bench.submit({ steps: 40 });
    await bench.untilRunning(job);
    meddler.passFrame = () => false;
    expect((await bench.ended(job)).state).toBe('done');
    expect(meddler.count('GET /queue')).toBeGreaterThan(0);
    expect(setting.drawn()).toHaveLength(1);
  });

  it('tells failed runs apart from done ones', async () => {
    await using setting = await open(5);
    setting.meddler.passFrame = () => false;
    const job = await setting.bench.submit({ prompt: 'sword __oom__' });
    expect(await setting.bench.ended(job)).toMatchObject({
      state: 'failed',
      error: { code: 'engine-out-of-memory', message: expect.stringMatching(/smaller/) as unknown },
    });
  });

  it('is cancelled without hitting the run of somebody else', async () => {
    await using setting = await open(50);
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 400 }, 2);
    await bench.untilRunning(job);
    await until('the second is parked', () => meddler.count('POST /prompt') === 2);
    // The parked one first: an interruption would stop the other.
    await bench.client.request('jobs.cancel', { target: { job, run: 1 } });
    await until('it is cancelled', async () => {
      const { job: now } = await bench.client.request('jobs.get', { id: job });
      return now.runs.cancelled === 1;
    });
    expect(meddler.count('POST /interrupt')).toBe(0);
    expect((await bench.run(job)).state).toBe('running');
    await bench.client.request('jobs.cancel', { target: { job } });
    expect((await bench.ended(job)).state).toBe('cancelled');
    expect(meddler.count('POST /interrupt')).toBe(1);
    expect(setting.drawn()).toEqual([]);
  });

  it('that restarts has its run lost or queued again, never done', async () => {
    await using setting = await open(60);
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 400 }, 1, { retryLost: 'ask' });
    await bench.untilRunning(job);
    meddler.rules.unshift(forgetful);
    meddler.cutSockets();
    expect(await bench.ended(job)).toMatchObject({ state: 'lost' });
  });
});
