import type { JobEntry } from '../../../src/extension/jobs/job-model.ts';
import type { Job } from '../../../src/protocol/jobs.ts';

/** A job as the model keeps it; ids of one letter, which sort as UUIDs do. */
export function entry(
  id: string,
  change: Partial<Job> = {},
  rest: Partial<JobEntry> = {},
): JobEntry {
  const job: Job = {
    id,
    kind: 'generate',
    lane: 'interactive',
    title: `job ${id}`,
    project: null,
    group: null,
    state: 'queued',
    paused: false,
    runs: { total: 1, queued: 1, active: 0, done: 0, failed: 0, cancelled: 0, lost: 0 },
    retryLost: 'once',
    createdAt: 1,
    updatedAt: 1,
    finishedAt: null,
    progress: 0,
    etaMs: null,
    error: null,
    placeholder: false,
    ...change,
  };
  return { job, active: null, preview: null, ...rest };
}
