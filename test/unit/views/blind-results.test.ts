import { expect, test } from 'vitest';
import { blindItem, BlindResults } from '../../../src/extension/views/results/blind-results.ts';
import { type Caller, ResultPager } from '../../../src/extension/views/results/result-pager.ts';
import { comparison } from '../project/compare/comparisons.ts';
import { ALICE, BOB, drawn, runsOf } from '../extension/compare/compared.ts';
import { entry } from './entries.ts';

const counts = { total: 12, queued: 0, active: 0, done: 12, failed: 0, cancelled: 0, lost: 0 };

/** A worker with a comparison between two sprites. */
function caller(): Caller {
  const runs = runsOf(comparison({ contenders: [ALICE, BOB] })).map(run => drawn(run));
  const jobs = ['c', 'b', 'a'].map(
    id => entry(id, { kind: id === 'b' ? 'compare' : 'generate', runs: counts }).job,
  );
  const answer = (method: string, params: { job?: string }): unknown =>
    method === 'jobs.list'
      ? { jobs, next: null }
      : { runs: params.job === 'b' ? runs : runs.slice(0, 1), next: null };
  return {
    request: async (method: string, params: object) => answer(method, params),
  } as unknown as Caller;
}

async function shown(isBlind: (run: number) => boolean, page: number): Promise<string[]> {
  const blind = new BlindResults(async () => isBlind);
  const pager = new ResultPager(caller(), '');
  const keys: string[] = [];
  for (let more = true; more;) {
    const next = await pager.next(page, found => blind.isShown(found));
    for (const found of next.images) {
      keys.push(
        (await blind.isBlind(found)) ? blindItem(found).key : `${found.job.id}${found.run.index}`,
      );
    }
    more = next.more;
  }
  return keys;
}

test('one entry stands for all pictures of a comparison that are blind, however they are paged', async () => {
  for (const page of [1, 2, 50]) {
    expect(await shown(() => true, page)).toEqual(['c0', 'b/blind', 'a0']);
  }
});

test('pictures of open sets are shown beside it, and it goes with the last blind one', async () => {
  const open = (run: number) => run !== 1 && run !== 2;
  expect(await shown(run => open(run), 3)).toEqual(['c0', 'b/blind', 'b1', 'b2', 'a0']);
  expect(await shown(() => false, 50)).toHaveLength(14);
});

test('the entry says nothing of any one picture', () => {
  const [first, last] = [0, 11].map(index => {
    const run = drawn(runsOf(comparison({ contenders: [ALICE, BOB] }))[index]!);
    const image = run.images[0]!;
    return blindItem({ job: entry('b', { kind: 'compare' }).job, run, image });
  });
  expect(first?.prompt).toBe('contender ? · job b');
  expect(JSON.stringify(first)).not.toMatch(/Alice|Bob|alice|bob|[0-9a-f]{64}/);
  expect([first?.key, first?.run, first?.digest]).toEqual([last?.key, last?.run, last?.digest]);
});
