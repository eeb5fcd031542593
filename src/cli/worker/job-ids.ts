import { PixelsError } from '../../protocol/errors.ts';
import type { Job } from '../../protocol/jobs.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { MethodParams } from '../../protocol/methods.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';

const WHOLE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The part of a job's id that tables show: its end, since ids made at about the same time begin alike. */
export function shortId(id: string): string {
  return id.slice(-8);
}

/** All jobs, newest first, page by page. */
export async function* allJobs(
  connection: WorkerConnection,
  filter?: MethodParams<'jobs.list'>['filter'],
): AsyncGenerator<Job> {
  let cursor: string | null | undefined;
  do {
    const page: { jobs: Job[]; next: string | null } = await connection.request('jobs.list', {
      ...(filter !== undefined && { filter }),
      ...(cursor != null && { cursor }),
      limit: LIMITS.pageEntries,
    });
    yield* page.jobs;
    cursor = page.next;
  } while (cursor !== null);
}

/**
 * The whole id for one that a person shortened to its beginning or end.
 * @throws PixelsError `not-found` when no job has it, `invalid-params` when several have
 */
export async function resolveJobId(connection: WorkerConnection, given: string): Promise<string> {
  const wanted = given.trim().toLowerCase();
  if (WHOLE.test(wanted)) return wanted;
  if (!/^[0-9a-f-]{3,}$/.test(wanted)) {
    throw new PixelsError(
      'invalid-params',
      `"${given}" is not a job's id; see them with "dgx-pixels jobs list".`,
    );
  }
  const matches: Job[] = [];
  for await (const job of allJobs(connection)) {
    if (job.id.startsWith(wanted) || job.id.endsWith(wanted)) matches.push(job);
  }
  const [only, second] = matches;
  if (only === undefined) {
    throw new PixelsError(
      'not-found',
      `No job's id begins or ends with "${given}"; see them with "dgx-pixels jobs list".`,
    );
  }
  if (second === undefined) return only.id;
  throw new PixelsError(
    'invalid-params',
    `${matches.length} jobs' ids begin or end with "${given}"; give more of it: ${matches
      .slice(0, 4)
      .map(job => job.id)
      .join(', ')}.`,
    { near: matches.slice(0, 20).map(job => job.id) },
  );
}
