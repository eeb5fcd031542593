import { jobOfRow } from './rows.ts';
import { jobStateOf } from './run-states.ts';
import type { Writer } from './writer.ts';

/** Condition of a job with unfinished runs; indexes of the schema match it. */
export const SERVED = '(queued > 0 OR active > 0)';

/** Writes the state that follows from a job's counters, and tells of it when it changed or the job has ended. */
export function restate(writer: Writer, id: string): void {
  const row = writer.database.get('SELECT * FROM jobs WHERE id = ?', id);
  if (row === undefined) return;
  const job = jobOfRow(row);
  const state = jobStateOf(job.runs, job.paused);
  const now = Date.now();
  const ended = job.runs.queued === 0 && job.runs.active === 0;
  writer.database.run(
    'UPDATE jobs SET state = ?, updated_at = ?, finished_at = ? WHERE id = ?',
    state,
    now,
    ended ? now : null,
    id,
  );
  const doneNow = job.runs.done;
  if (state !== job.state || ended) {
    writer.events.record('job.state', id, { state, done: doneNow, total: job.runs.total });
  }
}
