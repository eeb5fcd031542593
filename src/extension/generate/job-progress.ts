import type { JobView } from '../../client/follow-job.ts';
import type { Job, RunStage } from '../../protocol/jobs.ts';
import { t } from '../l10n.ts';

/** What a run does, in words. */
export function stageText(stage: RunStage): string {
  switch (stage) {
    case 'waiting':
      return t('waiting');
    case 'loading':
      return t('loading the model');
    case 'encoding':
      return t('reading the prompt');
    case 'sampling':
      return t('drawing');
    case 'decoding':
      return t('decoding');
    case 'saving':
      return t('saving');
    case 'fixing':
      return t('fixing the pixels');
  }
}

/** Seconds or minutes as a person says them. */
export function timeText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 90 ? t('{0} s', seconds) : t('{0} min', Math.round(seconds / 60));
}

/** What a job does, in a few words for a notification. */
export function progressText({ job, active, ahead, away }: JobView): string {
  if (away) return t('the worker does not answer; the job goes on when it is back');
  const parts: string[] = [];
  const { total, done } = job.runs;
  if (total > 1) parts.push(t('{0} of {1} done', done, total));
  if (job.state === 'paused') parts.push(t('paused'));
  else if (ahead !== null && ahead > 0) parts.push(t('{0} ahead in the queue', ahead));
  else if (active !== null) {
    const { stage, value, max } = active;
    const steps = stage === 'sampling' && max > 0 ? ` ${value}/${max}` : '';
    parts.push(stageText(stage) + steps);
  } else if (job.state === 'queued') parts.push(t('waiting'));
  if (job.etaMs !== null && job.state === 'running')
    parts.push(t('about {0} left', timeText(job.etaMs)));
  return parts.join(' · ');
}

/** Percent of a job that is done. The fraction of the active run counts before the worker has told it. */
export function progressPercent({ job, active }: JobView): number {
  const { total, done, failed, cancelled, lost } = job.runs;
  const share = active?.stage === 'sampling' && active.max > 0 ? active.value / active.max : 0;
  const own = (done + failed + cancelled + lost + share) / Math.max(1, total);
  return 100 * Math.min(1, Math.max(job.progress, own));
}

/**
 * How a job ended, in a sentence or two.
 * @param saved number of files that were written
 */
export function endText(
  { state, runs, placeholder }: Pick<Job, 'state' | 'runs' | 'placeholder'>,
  saved: number,
  folder: string,
): string {
  const what =
    saved === 1
      ? t('1 sprite saved in {0}.', folder)
      : t('{0} sprites saved in {1}.', saved, folder);
  const art = placeholder ? ` ${t('Placeholder art of the built-in engine.')}` : '';
  const failed = runs.failed + runs.lost;
  switch (state) {
    case 'cancelled':
    case 'partial':
      if (failed > 0) {
        return `${t('{0} of {1} could not be drawn.', failed, runs.total)} ${what}`;
      }
      return saved === 0 ? t('Cancelled; nothing was drawn.') : `${t('Cancelled.')} ${what}`;
    case 'failed':
      return t('Nothing could be drawn.');
    case 'lost':
      return t('The engine lost the job, and its pictures were not found.');
    default:
      return saved === 0
        ? t('Nothing was saved; the worker keeps what it drew, and it is saved at the next start.')
        : what + art;
  }
}
