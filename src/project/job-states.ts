import type { JobState } from '../protocol/jobs.ts';

const ENDED: readonly JobState[] = ['done', 'partial', 'failed', 'cancelled', 'lost'];

/** True for a state that a job leaves only by a retry. */
export function hasEnded(state: JobState): boolean {
  return ENDED.includes(state);
}
