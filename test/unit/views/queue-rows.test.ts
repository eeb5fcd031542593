import { describe, expect, it } from 'vitest';
import {
  durationText,
  groupDescription,
  jobContext,
  jobDescription,
  moveBy,
  moveTo,
  queueGroups,
} from '../../../src/extension/views/queue/queue-rows.ts';
import type { QueueEntry } from '../../../src/extension/jobs/job-model.ts';
import { entry } from './entries.ts';

function waiting(job: string, run = 0): QueueEntry {
  return {
    job,
    run,
    title: '',
    lane: 'interactive',
    state: 'queued',
    server: null,
    paused: false,
    etaMs: null,
  };
}

const runs = { total: 8, queued: 4, active: 1, done: 3, failed: 0, cancelled: 0, lost: 0 };

describe('the queue', () => {
  it('shows each lane’s jobs in the order in which they are served, each job once', () => {
    const groups = queueGroups({
      jobs: [entry('c'), entry('b'), entry('a'), entry('x', { lane: 'batch' })],
      queue: [waiting('b'), waiting('c', 0), waiting('c', 1), waiting('x'), waiting('a')],
      lanes: [],
    });
    expect(groups.map(({ id, jobs }) => [id, jobs.join('')])).toEqual([
      ['interactive', 'bca'],
      ['batch', 'x'],
    ]);
  });

  it('shows a job beyond the known part of the queue last, the oldest first', () => {
    const jobs = [entry('d'), entry('c'), entry('a')];
    const [group] = queueGroups({ jobs, queue: [waiting('d')], lanes: [] });
    expect(group?.jobs.join('')).toBe('dac');
  });

  it('lists the next two hundred of a longer lane and says how many there are', () => {
    const jobs = Array.from({ length: 1000 }, (_, place) => entry(`job-${1000 + place}`));
    const [group] = queueGroups({ jobs, queue: [waiting('job-1003')], lanes: [] });
    expect(group?.jobs).toHaveLength(200);
    expect(group?.jobs.slice(0, 2)).toEqual(['job-1003', 'job-1000']);
    expect(group && groupDescription(group)).toBe('the next 200 of 1000');
    expect(group && groupDescription({ ...group, paused: true })).toMatch(/^held · .* of 1000$/);
  });

  it('shows a lane that is held though nothing waits in it, and no other empty one', () => {
    const lane = (name: 'batch' | 'training', paused: boolean) => ({
      lane: name,
      paused,
      queued: 0,
      active: 0,
    });
    const lanes = [lane('batch', true), lane('training', false)];
    expect(queueGroups({ jobs: [], queue: [], lanes })).toEqual([
      { id: 'batch', paused: true, jobs: [] },
    ]);
  });

  it('keeps the last twenty that ended in sight, the newest first', () => {
    const jobs = Array.from({ length: 30 }, (_, n) =>
      entry(String(n), { state: 'failed', finishedAt: n }),
    );
    const [group] = queueGroups({ jobs, queue: [], lanes: [] });
    expect(group?.id).toBe('ended');
    expect(group?.jobs).toEqual(Array.from({ length: 20 }, (_, n) => String(29 - n)));
  });
});

describe('a job in the queue', () => {
  it('says how far it is and how long it will take', () => {
    const running = entry('a', { state: 'running', progress: 0.456, runs, etaMs: 61_000 });
    expect(jobDescription(running)).toBe('45 % · 3/8 · 2 min left');
  });

  it('is never done while it runs', () => {
    expect(jobDescription(entry('a', { state: 'running', progress: 1 }))).toBe('99 %');
  });

  it('says of its only run what that run’s own estimate is', () => {
    const active = { run: 0, stage: 'sampling' as const, value: 3, max: 20, etaMs: 2_300 };
    const running = entry('a', { state: 'running', progress: 0.15, etaMs: 9_000 }, { active });
    expect(jobDescription(running)).toBe('15 % · 3 s left');
  });

  it('says how it ended and that its art is a placeholder', () => {
    const ended = entry('a', { state: 'partial', runs, placeholder: true, etaMs: 5 });
    expect(jobDescription(ended)).toBe('done in part · 3/8 · placeholder');
  });

  it.each([
    ['job open going', entry('a')],
    ['job open held', entry('a', { state: 'paused', paused: true })],
    ['job again', entry('a', { state: 'failed' })],
    ['job again pictures', entry('a', { state: 'partial', runs })],
    ['job pictures', entry('a', { state: 'done', runs })],
  ])('offers what can be done: %s', (context, job) => {
    expect(jobContext(job)).toBe(context);
  });

  it('never has 0 s left', () => {
    expect([0, 1, 1_001, 60_000, 3_599_000, 7_200_000].map(durationText)).toEqual([
      '1 s',
      '1 s',
      '2 s',
      '1 min',
      '1 h',
      '2 h',
    ]);
  });
});

/** The order after the worker did what was asked. */
function after(order: string, move: ReturnType<typeof moveTo>): string {
  if (move === null) return order;
  const rest = order.replace(move.id, '');
  const at = move.before === null ? rest.length : rest.indexOf(move.before);
  return rest.slice(0, at) + move.id + rest.slice(at);
}

describe('a job that is moved', () => {
  it.each([
    ['a', 'c', 'bcade'],
    ['d', 'b', 'adbce'],
    ['a', 'e', 'bcdea'],
    ['e', 'a', 'eabcd'],
    ['b', 'c', 'acbde'],
    ['b', null, 'acdeb'],
    ['b', 'b', 'abcde'],
    ['e', null, 'abcde'],
    ['x', 'a', 'abcde'],
    ['a', 'x', 'abcde'],
  ])('dropped as %s on %s stands at its place: %s', (id, target, order) => {
    expect(after('abcde', moveTo(['a', 'b', 'c', 'd', 'e'], id, target))).toBe(order);
  });

  it('goes one place up or down, and no further than the ends', () => {
    const order = ['a', 'b', 'c'];
    expect(after('abc', moveBy(order, 'b', -1))).toBe('bac');
    expect(after('abc', moveBy(order, 'b', 1))).toBe('acb');
    expect(moveBy(order, 'a', -1)).toBeNull();
    expect(moveBy(order, 'c', 1)).toBeNull();
    expect(moveBy(order, 'x', 1)).toBeNull();
  });
});
