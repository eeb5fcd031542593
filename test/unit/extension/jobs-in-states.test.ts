import { expect, test } from 'vitest';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import { jobsInStates } from '../../../src/extension/jobs/jobs-in-states.ts';
import { entry } from '../views/entries.ts';

test('jobs that ended well are offered also behind those that the model keeps', async () => {
  const asked: unknown[] = [];
  const client = {
    request: async (...question: unknown[]) => {
      asked.push(question);
      return { jobs: [entry('c', { state: 'done' }).job, entry('a', { state: 'done' }).job] };
    },
  } as unknown as WorkerClient;
  const model = { jobs: [entry('d', { state: 'cancelled' }), entry('c', { state: 'done' })] };
  const found = await jobsInStates(model, client, ['done']);
  expect(found.map(({ id }) => id)).toEqual(['d', 'c', 'a']);
  expect(asked).toEqual([['jobs.list', { filter: { states: ['done'] }, limit: 200 }]]);
  await jobsInStates(model, client, []);
  expect(asked).toHaveLength(1);
});
