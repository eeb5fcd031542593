import { createHash } from 'node:crypto';
import type { WorkerClient } from '../../client/worker-client.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { stampOf } from '../recipe/stamp-of.ts';
import type { Services } from '../services.ts';
import type { Comparing } from './comparing.ts';
import { loadComparePart } from './load-part.ts';

/** All of comparisons in this window; loads the part that knows it. @throws Error when the extension's files are not whole */
export function comparingOf(services: Services): Comparing {
  return loadComparePart(services.context.extensionPath).comparing(services);
}

/** Whether a job compares models, also one that is too old for the model of jobs. @throws what the worker answers */
export async function isComparison(
  { jobs }: Services,
  client: WorkerClient,
  job: string,
): Promise<boolean> {
  const kind = jobs.get(job)?.job.kind ?? (await client.request('jobs.get', { id: job })).job.kind;
  return kind === 'compare';
}

/** Whether a file was saved with its recipe, so that it tells by itself. A worker's own artifact may have one too, and was saved by nobody. */
export function tellsItself(bytes: Uint8Array): boolean {
  const stamp = stampOf(bytes);
  return stamp?.recipe !== undefined && stamp.artifact !== undefined;
}

/**
 * Whether a picture is a cell whose contender this person may not know yet.
 * @throws what the worker answers
 */
export async function isBlindPicture(services: Services, bytes: Uint8Array): Promise<boolean> {
  const { jobs, link } = services;
  const client = link.current;
  if (client === null || tellsItself(bytes)) return false;
  // A worker that has just come has not told its jobs yet.
  if (jobs.jobs.length === 0) await jobs.refresh();
  if (!jobs.jobs.some(({ job }) => job.kind === 'compare')) return false;
  const digest = stampOf(bytes)?.artifact ?? createHash('sha256').update(bytes).digest('hex');
  return comparingOf(services).blind.isBlindPicture(client, digest);
}

/** What a person is told who asks for the recipe of such a picture. */
export function blindSentence(): string {
  return t('This picture is part of a comparison; who drew it is told when you have voted on it.');
}

/** Refusal of the recipe of such a picture. */
export function blindPicture(): Problem {
  return new Problem('blind', blindSentence(), [
    { title: t('Open Comparison…'), command: COMMANDS.openComparison },
  ]);
}
