import { describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../src/protocol/jobs.ts';
import { JobService } from '../../../src/worker/jobs/job-service.ts';

type Parts = ConstructorParameters<typeof JobService>;

const KEY = { job: 'j', index: 0, attempt: 1 };

/** A service of one job that an engine draws. */
function serviceOf(cancel: () => Promise<void>, endsAt: number | null = null) {
  const journal = {
    write: (work: () => unknown) => work(),
    queue: { firstQueued: () => null },
    runs: {
      targetExists: () => true,
      ofTarget: (_: unknown, states: readonly string[]) =>
        states.includes('running') ? [KEY] : [],
      askCancel: () => true,
      record: () => ({ run: { recipe: {} } }),
    },
  };
  const queues = [{ name: 'spark', link: { state: 'ready' }, cancel }];
  const live = { ofJob: () => [{ endsAt, value: 1, max: 2 }] };
  const stepTimes = { estimate: () => 1000 };
  const placement = { verdict: () => 'yes' };
  return new JobService(...([journal, queues, live, stepTimes, placement] as unknown as Parts));
}

describe('cancelling', () => {
  it('waits for the engine, so that what is told is so', async () => {
    const cancel = vi.fn(() => Promise.resolve());
    expect(await serviceOf(cancel).cancel({ job: 'j' })).toBe(1);
    expect(cancel).toHaveBeenCalledWith(KEY);
  });

  it('does not wait for one that hangs', async () => {
    const hangs = () => new Promise<void>(() => undefined);
    expect(await serviceOf(hangs).cancel({ job: 'j' })).toBe(1);
  });
});

describe('the time that is left', () => {
  const job = { id: 'j', runs: { total: 1, queued: 0, active: 1 } } as unknown as Job;
  const left = (endsAt: number | null) =>
    serviceOf(() => Promise.resolve(), endsAt).view(job).etaMs;

  it('is told while there is some', () => {
    expect(left(Date.now() + 60_000)).toBeGreaterThan(50_000);
    expect(left(null)).toBeNull();
  });

  it('is not known of what should have ended by now', () => {
    expect(left(Date.now() - 1)).toBeNull();
  });
});
