import * as vscode from 'vscode';
import { hasEnded } from '../../project/job-states.ts';
import type { Job, JobState, Target } from '../../protocol/jobs.ts';
import { comparingOf, isComparison } from '../compare/blind-check.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import { jobsInStates } from '../jobs/jobs-in-states.ts';
import { t } from '../l10n.ts';
import { codeOf, Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { fetchedFile } from './fetched-file.ts';
import { openSprite } from './open-sprite.ts';
import { pickOne } from './pick.ts';

/** What job commands take: an id, or what a view shows of a job or run. */
export type JobArgument = string | { job: string; run?: number } | { all: true } | undefined;

/** Checks what a key binding, a task or a view named. @throws Problem */
export function jobArgument(given: unknown): JobArgument {
  if (given === undefined || typeof given === 'string') return given;
  if (typeof given === 'object' && given !== null) {
    if ('all' in given && given.all === true) return { all: true };
    const job = 'job' in given ? given.job : null;
    const named = typeof job === 'object' && job !== null && 'id' in job ? job.id : job;
    if (typeof named === 'string') {
      const run = 'run' in given && typeof given.run === 'number' ? { run: given.run } : {};
      return { job: named, ...run };
    }
  }
  throw new Problem('invalid-params', t('“{0}” is not a job.', JSON.stringify(given)));
}

function targetOf(argument: JobArgument): Target | null {
  if (argument === undefined) return null;
  if (typeof argument === 'string') return { job: argument };
  if ('all' in argument) return { all: true };
  return argument;
}

function stateIcon({ state }: Job): string {
  switch (state) {
    case 'queued':
      return '$(clock)';
    case 'running':
      return '$(sync~spin)';
    case 'paused':
      return '$(debug-pause)';
    case 'done':
      return '$(check)';
    default:
      return '$(warning)';
  }
}

/** @param ended states of ended jobs that may be meant */
async function pickTarget(
  { jobs, link }: Services,
  title: string,
  eligible: (job: Job) => boolean,
  none: string,
  allLabel: string | null,
  ended: readonly JobState[] = [],
): Promise<Target | null> {
  await jobs.refresh();
  const entries = (await jobsInStates(jobs, await link.client(), ended)).filter(eligible);
  if (entries.length === 0) {
    vscode.window.setStatusBarMessage(none, 5_000);
    return null;
  }
  const items = entries.map(job => ({
    label: `${stateIcon(job)} ${job.title.slice(0, 100)}`,
    description: `${job.runs.done}/${job.runs.total}`,
    target: { job: job.id },
  }));
  const all = { label: allLabel ?? '', description: '', target: { all: true as const } };
  const picked = await pickOne<vscode.QuickPickItem & { target: Target }>(
    allLabel !== null && entries.length > 1 ? [all, ...items] : items,
    {
      title,
      placeholder: t('Choose a job'),
    },
  );
  return picked?.target ?? null;
}

/** Cancel. @returns runs that were cancelled */
export async function cancelJob(services: Services, argument: JobArgument): Promise<number> {
  const client = await services.link.client();
  const target =
    targetOf(argument) ??
    (await pickTarget(
      services,
      t('Cancel'),
      ({ state }) => !hasEnded(state),
      t('Nothing is left to cancel.'),
      `$(close-all) ${t('All jobs')}`,
    ));
  if (target === null) return 0;
  const { runs } = await client.request('jobs.cancel', { target });
  return runs;
}

const RETRIED: readonly JobState[] = ['partial', 'failed', 'cancelled', 'lost'];

/** Retry: failed, cancelled and lost runs are queued again. @returns their number */
export async function retryJob(services: Services, argument: JobArgument): Promise<number> {
  const client = await services.link.client();
  const target =
    targetOf(argument) ??
    (await pickTarget(
      services,
      t('Retry'),
      ({ state }) => RETRIED.some(each => each === state),
      t('There is nothing to retry.'),
      null,
      RETRIED,
    ));
  if (target === null) return 0;
  const { runs } = await client.request('jobs.retry', { target });
  return runs;
}

/** Pause: what is queued waits, what executes goes on. @returns jobs that changed */
export async function pauseJob(services: Services, argument: JobArgument): Promise<number> {
  const client = await services.link.client();
  const target =
    targetOf(argument) ??
    (await pickTarget(
      services,
      t('Pause'),
      ({ state, paused }) => !hasEnded(state) && !paused,
      t('There is nothing to pause.'),
      `$(debug-pause) ${t('All jobs')}`,
    ));
  if (target === null) return 0;
  const { jobs } = await client.request('jobs.pause', { target });
  return jobs;
}

/** Resume. @returns jobs that changed */
export async function resumeJob(services: Services, argument: JobArgument): Promise<number> {
  const client = await services.link.client();
  const target =
    targetOf(argument) ??
    (await pickTarget(
      services,
      t('Resume'),
      ({ paused, state }) => paused && !hasEnded(state),
      t('Nothing is paused.'),
      `$(debug-continue) ${t('All jobs')}`,
    ));
  if (target === null) return 0;
  const { jobs } = await client.request('jobs.resume', { target });
  return jobs;
}

/** Show Queue. */
export async function showQueue(): Promise<void> {
  await vscode.commands.executeCommand(`${VIEWS.queue}.focus`);
}

/** Where the first picture of a job lies in the workspace; null when it was never saved here, or moved away. */
async function savedFile({ pending }: Services, job: string): Promise<vscode.Uri | null> {
  for (const text of pending.filesOf(job)) {
    const file = vscode.Uri.parse(text);
    try {
      await vscode.workspace.fs.stat(file);
      return file;
    } catch {
      // Moved or removed: the next one, else the worker's.
    }
  }
  return null;
}

/** Whether a result is of a comparison that this person is not told everything of. */
async function isBlind(
  services: Services,
  { job, run }: { job: string; run?: number | undefined },
): Promise<boolean> {
  const known = services.jobs.get(job)?.job.kind;
  if (known !== undefined && known !== 'compare') return false;
  const client = await services.link.client();
  if (!(await isComparison(services, client, job))) return false;
  return run === undefined || (await comparingOf(services).blind.ofJob(client, job))(run);
}

/** Open Result: the file that was saved, else the worker's picture; of a comparison its panel. @returns its URI as text */
export async function openResult(
  services: Services,
  argument: JobArgument,
): Promise<string | null> {
  const target =
    targetOf(argument) ??
    (await services.link
      .client()
      .then(() =>
        pickTarget(
          services,
          t('Open Result'),
          ({ runs }) => runs.done > 0,
          t('There are no results yet.'),
          null,
          ['done', 'partial'],
        ),
      ));
  if (target === null || !('job' in target)) return null;
  if (await isBlind(services, target)) {
    await vscode.commands.executeCommand(COMMANDS.openComparison, { job: target.job });
    return null;
  }
  const saved = target.run === undefined ? await savedFile(services, target.job) : null;
  const file =
    saved ?? (await fetchedFile(services, await services.link.client(), target.job, target.run));
  try {
    await openSprite(file);
  } catch (error) {
    if (codeOf(error) !== 'internal') throw error;
    await vscode.commands.executeCommand('vscode.open', file);
  }
  return file.toString();
}
