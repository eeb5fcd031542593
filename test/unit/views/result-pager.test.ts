import { describe, expect, it } from 'vitest';
import type { MethodName, MethodParams, MethodResult } from '../../../src/protocol/methods.ts';
import type { Run } from '../../../src/protocol/jobs.ts';
import {
  type Caller,
  type FoundImage,
  ResultPager,
} from '../../../src/extension/views/results/result-pager.ts';
import { entry } from './entries.ts';

/** A worker with as many jobs as there are numbers, each with so many pictures, one a run; it pages as the real one does. */
function worker(pictures: readonly number[], pages = { jobs: 2, runs: 3 }) {
  const asked: string[] = [];
  const call = (method: MethodName, params: Record<string, unknown>): unknown => {
    asked.push(method);
    if (method === 'jobs.list') {
      const from = Number(params['cursor'] ?? 0);
      const filter = params['filter'] as { search?: string } | undefined;
      const jobs = pictures
        .map(
          (done, n) =>
            entry(`job${n}`, { state: 'done', runs: { ...entry('').job.runs, done } }).job,
        )
        .filter(({ id }) => id.includes(filter?.search ?? ''));
      const next = from + pages.jobs < jobs.length ? String(from + pages.jobs) : null;
      return { jobs: jobs.slice(from, from + pages.jobs), next };
    }
    const job = String(params['job']);
    const total = pictures[Number(job.slice(3))] ?? 0;
    const from = Number(params['from']);
    const count = Math.min(pages.runs, total - from);
    const runs = Array.from({ length: count }, (_, n) => ({
      index: from + n,
      images: [{ index: 0 }],
    }));
    return { runs: runs as unknown as Run[], next: from + count < total ? from + count : null };
  };
  const caller: Caller = {
    request: async <M extends MethodName>(method: M, params: MethodParams<M>) =>
      call(method, params) as MethodResult<M>,
  };
  return { caller, asked };
}

const named = ({ job, run }: FoundImage) => `${job.id.slice(3)}.${run.index}`;

describe('the pages of results', () => {
  it('bring every picture once, newest job first, over pages of jobs and runs', async () => {
    const pager = new ResultPager(worker([2, 0, 7, 1, 1]).caller, '');
    const seen: string[] = [];
    for (let more = true; more;) {
      const page = await pager.next(4);
      more = page.more;
      seen.push(...page.images.map(named));
      if (more) expect(page.images).toHaveLength(4);
    }
    expect(seen).toEqual('0.0 0.1 2.0 2.1 2.2 2.3 2.4 2.5 2.6 3.0 4.0'.split(' '));
  });

  it('never promise a further page that is empty', async () => {
    const pager = new ResultPager(worker([4, 0, 0]).caller, '');
    expect(await pager.next(4)).toMatchObject({ more: false });
    expect((await pager.next(4)).images).toEqual([]);
  });

  it('are full though some pictures are left out, and know when only such ones are left', async () => {
    const pager = new ResultPager(worker([6]).caller, '');
    const even = ({ run }: FoundImage) => run.index % 2 === 0;
    const first = await pager.next(2, even);
    expect(first.images.map(named)).toEqual(['0.0', '0.2']);
    expect(first.more).toBe(true);
    const last = await pager.next(1, even);
    expect(last.images.map(named)).toEqual(['0.4']);
    expect(last.more).toBe(false);
  });

  it('ask for runs only of jobs that have pictures, and no further than needed', async () => {
    const { caller, asked } = worker([0, 0, 5, 5, 5]);
    await new ResultPager(caller, '').next(2);
    expect(asked).toEqual(['jobs.list', 'jobs.list', 'runs.list']);
  });

  it('search by the worker’s own filter', async () => {
    const { images } = await new ResultPager(worker([1, 1, 1]).caller, 'job1').next(9);
    expect(images.map(named)).toEqual(['1.0']);
  });
});
