import type { Job } from '../../protocol/jobs.ts';
import type { MethodResult } from '../../protocol/methods.ts';
import { pickOne } from '../commands/pick.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { COMMANDS } from '../ids.ts';

/** Comparisons that are offered, and pages of the history that are looked through for them. */
const MOST = 50;
const PAGES = 10;

async function comparisons({ link }: Services): Promise<Job[]> {
  const client = await link.client();
  const found: Job[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES && found.length < MOST; page++) {
    const answer: MethodResult<'jobs.list'> = await client.request('jobs.list', {
      limit: 200,
      ...(cursor !== null && { cursor }),
    });
    found.push(...answer.jobs.filter(({ kind }) => kind === 'compare'));
    cursor = answer.next;
    if (cursor === null) break;
  }
  return found.slice(0, MOST);
}

/**
 * Asks which comparison to open.
 * @returns null when it was left
 * @throws Problem `not-found` where there is none; LinkError
 */
export async function openComparison(services: Services): Promise<string | null> {
  const jobs = await comparisons(services);
  if (jobs.length === 0) {
    throw new Problem('not-found', t('Nothing was compared yet.'), [
      { title: t('Compare Models…'), command: COMMANDS.compareModels },
    ]);
  }
  const items = jobs.map(({ id, title, runs, createdAt }) => ({
    label: title.slice(0, 100),
    description: `${runs.done}/${runs.total}`,
    detail: new Date(createdAt).toLocaleString(),
    job: id,
  }));
  const picked = await pickOne(items, {
    title: t('Open Comparison'),
    placeholder: t('Choose a comparison'),
  });
  return picked?.job ?? null;
}
