import type { JobState, RunCounts, RunState } from '../../protocol/jobs.ts';

/** States in which the engine holds a run or its images are being fetched. */
export const ACTIVE_STATES: readonly RunState[] = ['parked', 'loading', 'running', 'finishing'];

/** States that nothing but a retry leaves. */
export const ENDED_STATES: readonly RunState[] = ['done', 'failed', 'cancelled', 'lost'];

/** Column of a job's counters that a run in this state is counted in. */
export function counterOf(state: RunState): keyof Omit<RunCounts, 'total'> {
  switch (state) {
    case 'queued':
    case 'done':
    case 'failed':
    case 'cancelled':
    case 'lost':
      return state;
    default:
      return 'active';
  }
}

/** A job's state follows from its runs alone. */
export function jobStateOf(runs: RunCounts, paused: boolean): JobState {
  if (runs.active > 0) return 'running';
  if (runs.queued > 0) {
    if (paused) return 'paused';
    return runs.queued === runs.total ? 'queued' : 'running';
  }
  if (runs.done === runs.total) return 'done';
  if (runs.done > 0) return 'partial';
  if (runs.failed > 0) return 'failed';
  if (runs.lost > 0) return 'lost';
  return 'cancelled';
}
