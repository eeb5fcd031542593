import { hasEnded } from '../../src/project/job-states.ts';
import { uuid7 } from '../../src/client/uuid7.ts';
import type { WorkerClient } from '../../src/client/worker-client.ts';
import type { JobState } from '../../src/protocol/jobs.ts';
import type { MethodParams } from '../../src/protocol/methods.ts';
import { StageWatch } from './stages.ts';

/** How one job went. */
export interface Measured {
  /** Milliseconds from asking until the last sprite is there. */
  ms: number;
  stages: StageWatch;
}

/** Submits a job and waits until all its sprites are there. */
export async function measureJob(
  client: WorkerClient,
  spec: MethodParams<'jobs.submit'>['spec'],
): Promise<Measured> {
  const id = uuid7();
  const stages = new StageWatch();
  const end = new Promise<JobState>(resolve => {
    const dispose = client.onEvent(event => {
      if (event.job !== id) return;
      stages.take(event);
      if (event.type !== 'job.state' || !hasEnded(event.state)) return;
      dispose();
      resolve(event.state);
    });
  });
  const start = performance.now();
  await client.request('jobs.submit', { id, spec, lane: 'batch' });
  const state = await end;
  const ms = performance.now() - start;
  if (state !== 'done') {
    const { job } = await client.request('jobs.get', { id });
    throw new Error(`a job ended as ${state}: ${job.error?.message ?? ''}`);
  }
  return { ms, stages };
}
