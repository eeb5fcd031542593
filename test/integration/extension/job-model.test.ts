import { describe, expect, test } from 'vitest';
import { JobModel, type JobsChange } from '../../../src/extension/jobs/job-model.ts';
import { statusText } from '../../../src/extension/status/status-text.ts';
import { summarize } from '../../../src/extension/status/queue-summary.ts';
import { newJob, until } from '../../helpers/processes.ts';
import { LocalUser, memoryLog, untilState } from './windows.ts';

describe('the model of the jobs', () => {
  test('follows a job to its end, with progress', async () => {
    await using user = new LocalUser();
    await using window = user.open();
    const client = await window.link.client();
    const model = new JobModel(window.link, memoryLog().log);
    const told: JobsChange[] = [];
    model.onDidChange(change => told.push(change));
    const progress: number[] = [];
    model.onEvent(event => {
      if (event.type === 'run.progress') progress.push(model.get(job.id)?.job.progress ?? 0);
    });
    const job = newJob({ steps: 30 }, 3);
    await client.request('jobs.submit', job);
    const entry = await until('the model knows that it is done', () => {
      const known = model.get(job.id);
      return known?.job.state === 'done' ? known : null;
    });
    expect(entry).toMatchObject({ active: null, preview: null, job: { runs: { done: 3 } } });
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    await until('the queue is empty', () => model.queue.length === 0 && model.unfinished === 0);
    expect(told.some(({ jobs }) => jobs?.has(job.id) === true)).toBe(true);
    model.dispose();
  });

  test('shows previews only while somebody watches', async () => {
    await using user = new LocalUser();
    await using window = user.open();
    const client = await window.link.client();
    const model = new JobModel(window.link, memoryLog().log);
    let previews = 0;
    model.onEvent(event => {
      if (event.type === 'run.preview') previews++;
    });
    const unwatched = newJob({ steps: 20 });
    await client.request('jobs.submit', unwatched);
    await until('it is done', () => model.get(unwatched.id)?.job.state === 'done');
    expect(previews).toBe(0);
    const watch = model.watchPreviews();
    const watched = newJob({ steps: 20, seed: 8 }, 5);
    await client.request('jobs.submit', watched);
    await until(
      'a preview is there',
      () => model.get(watched.id)?.preview !== null && previews > 0,
    );
    watch.dispose();
    model.dispose();
  });

  test('is read anew after the worker was killed, and says what waits', async () => {
    await using user = new LocalUser();
    await using window = user.open();
    const client = await window.link.client();
    const model = new JobModel(window.link, memoryLog().log);
    const job = newJob({ prompt: 'many *swords*' }, 300);
    await client.request('jobs.submit', job);
    const { worker } = await untilState(window, 'ready');
    process.kill(worker.pid, 'SIGKILL');
    const ready = await untilState(
      window,
      'ready',
      state => state.worker.instance !== worker.instance,
    );
    await until('the model goes on', () => (model.get(job.id)?.active ?? null) !== null);
    const again = await window.link.client();
    await again.request('jobs.pause', { target: { job: job.id } });
    await until('it is paused', () => model.get(job.id)?.job.paused === true);
    const { text, tooltip } = statusText(ready, summarize(model), '0.1.0');
    expect(text).toMatch(/local/);
    expect(tooltip).toMatch(/1 job, \d+ runs wait/);
    expect(tooltip).not.toContain('*swords*');
    model.dispose();
  });
});
