import type { WorkerClient } from '../../client/worker-client.ts';
import type { Job, JobState } from '../../protocol/jobs.ts';
import type { JobModel } from './job-model.ts';

/** Jobs that are offered of those the model no longer keeps. */
const LISTED = 200;

/**
 * Jobs to choose from, newest first: those of the model, and where ended ones are meant also older ones, since what one looks
 * for may lie behind hundreds of newer jobs of another kind.
 * @param ended states of ended jobs that are meant
 * @throws what the worker answers
 */
export async function jobsInStates(
  model: Pick<JobModel, 'jobs'>,
  client: Pick<WorkerClient, 'request'>,
  ended: readonly JobState[],
): Promise<Job[]> {
  const known = new Map(model.jobs.map(({ job }) => [job.id, job]));
  if (ended.length > 0) {
    const older = await client.request('jobs.list', {
      filter: { states: [...ended] },
      limit: LISTED,
    });
    for (const job of older.jobs) if (!known.has(job.id)) known.set(job.id, job);
  }
  return [...known.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
}
