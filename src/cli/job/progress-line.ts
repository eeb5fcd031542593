import { duration } from '../terminal/units.ts';
import { displayWidth, fit, pad, printable } from '../terminal/text.ts';
import type { ActiveRun, JobView } from '../../client/follow-job.ts';

const BAR_COLUMNS = 20;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of a given number of columns, filled to eighths of a column. */
export function bar(share: number, columns: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * columns * 8);
  const full = Math.floor(eighths / 8);
  const filled = '█'.repeat(full) + (EIGHTHS[eighths % 8] ?? '');
  return filled + '░'.repeat(columns - displayWidth(filled));
}

function stageText({ stage, value, max }: ActiveRun): string {
  return stage === 'sampling' && max > 0 ? `sampling ${value}/${max}` : stage;
}

function waitText({ job, ahead }: JobView): string {
  if (job.state === 'paused') return 'paused';
  if (ahead === null || ahead === 0) return 'queued';
  return `queued, ${ahead} ahead`;
}

/**
 * One line about a job under way that fits the terminal: title, bar, share, runs, stage, time left.
 * @param columns at least about 20 make sense
 */
export function progressLine(view: JobView, columns: number): string {
  const { job, active } = view;
  const { done, failed, cancelled, lost, total } = job.runs;
  const parts = [`${String(Math.floor(job.progress * 100)).padStart(3)} %`];
  if (total > 1) parts.push(`${done + failed + cancelled + lost}/${total}`);
  if (failed + lost > 0) parts.push(`${failed + lost} failed`);
  if (view.away) parts.push('worker away, waiting');
  else if (job.state === 'queued' || job.state === 'paused') parts.push(waitText(view));
  else if (active !== null) parts.push(stageText(active));
  else if (job.state === 'running') parts.push('working');
  const left = job.etaMs ?? active?.etaMs ?? null;
  if (left !== null && job.state === 'running' && !view.away) parts.push(`${duration(left)} left`);
  if (job.placeholder) parts.push('placeholder');
  const facts = parts.join('  ');
  const room = columns - displayWidth(facts) - 2;
  const title = printable(job.title);
  const barColumns = Math.min(BAR_COLUMNS, Math.max(0, room - 12));
  if (barColumns < 5)
    return fit(`${pad(fit(title, Math.max(0, room)), 0)}  ${facts}`.trim(), columns);
  const label = fit(title, Math.min(32, room - barColumns - 1));
  return fit(`${label} ${bar(job.progress, barColumns)}  ${facts}`, columns);
}

/** A plain line for logs and pipes. */
export function progressText(view: JobView): string {
  const { job } = view;
  const { done, total, failed, lost } = job.runs;
  const what = view.away
    ? 'worker away, waiting'
    : job.state === 'queued' || job.state === 'paused'
      ? waitText(view)
      : job.state;
  const faults = failed + lost > 0 ? `, ${failed + lost} failed` : '';
  return `${printable(job.title)}: ${what}, ${done} of ${total} done${faults}`;
}
