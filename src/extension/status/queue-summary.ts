import { hasEnded } from '../../project/job-states.ts';
import type { JobModel } from '../jobs/job-model.ts';
import type { QueueSummary } from './status-text.ts';

/** What a status bar says of the jobs. */
export function summarize(
  jobs: Pick<JobModel, 'jobs' | 'queue' | 'lanes' | 'unfinished'>,
): QueueSummary {
  const running = jobs.jobs.find(({ job }) => job.state === 'running');
  return {
    unfinished: Math.max(
      jobs.unfinished,
      jobs.jobs.filter(({ job }) => !hasEnded(job.state)).length,
    ),
    waiting: jobs.queue.filter(({ state }) => state === 'queued' || state === 'parked').length,
    progress: running?.job.progress ?? null,
    title: running?.job.title ?? null,
    etaMs: running?.job.etaMs ?? null,
    paused: jobs.lanes.filter(({ paused }) => paused).map(({ lane }) => lane),
  };
}
