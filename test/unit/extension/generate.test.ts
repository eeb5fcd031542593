import { describe, expect, test } from 'vitest';
import { LastChoice } from '../../../src/extension/generate/last-choice.ts';
import { PendingJobs } from '../../../src/extension/generate/pending-jobs.ts';
import {
  endText,
  progressPercent,
  progressText,
} from '../../../src/extension/generate/job-progress.ts';
import { inHome } from '../../../src/extension/generate/home-path.ts';
import { proposedName, sizeOf, submissionFor } from '../../../src/extension/generate/request.ts';
import type { JobView } from '../../../src/client/follow-job.ts';
import { type JobState, type RunCounts, submitParamsSchema } from '../../../src/protocol/jobs.ts';

function memory() {
  const values = new Map<string, unknown>();
  return {
    get: (key: string): unknown => structuredClone(values.get(key)),
    update: async (key: string, value: unknown) => {
      values.set(key, structuredClone(value));
    },
  };
}

const ID = '0197f000-0000-7000-8000-000000000001';

describe('a submission', () => {
  test('of one sprite and of a list is what the worker takes', () => {
    const item = { prompt: 'sword', name: 'sword', count: 2, size: [16, 24] as [number, number] };
    const one = submissionFor(ID, [item], { lane: 'interactive', project: null, init: null });
    expect(submitParamsSchema.parse(one).title).toBe('sword');
    const list = submissionFor(
      ID,
      [
        item,
        { ...item, loras: [{ name: 'a.safetensors', strength: 0.5 }], checkpoint: 'c', seed: 4 },
      ],
      { lane: 'batch', project: `file:///${'x'.repeat(600)}`, init: 'a'.repeat(64) },
    );
    const parsed = submitParamsSchema.parse(list);
    expect(parsed.title).toBeUndefined();
    const recipe = { seed: 4, checkpoint: 'c', init: { image: 'a'.repeat(64) } };
    expect(parsed.spec).toMatchObject({ kind: 'generate', items: [{}, { recipe }] });
  });

  test('cuts a title to what the worker takes', () => {
    const item = { prompt: 'a'.repeat(10_000), name: 'a', count: 1 };
    const submission = submissionFor(ID, [item], {
      lane: 'interactive',
      project: null,
      init: null,
    });
    expect(submitParamsSchema.parse(submission).title).toHaveLength(200);
  });
});

describe('a proposed file name', () => {
  test.each([
    ['a rusty sword, front view', undefined, 'rusty-sword'],
    ['🐉', undefined, 'sprite'],
    ['sword', 'My Sword.png', 'My Sword'],
    ['sword', '../../etc/passwd', 'etcpasswd'],
    ['sword', '  ', 'sword'],
    ['sword', '...', 'sword'],
    ['sword', 'a\u0000b', 'ab'],
    ['CON', undefined, 'con-sprite'],
    ['sword', 'CON', 'CON-sprite'],
    ['sword', 'aux.back', 'aux-sprite.back'],
    ['sword', 'console', 'console'],
    // A file name has 255 bytes at most, and each of these letters three or four.
    ['sword', '剣'.repeat(120), '剣'.repeat(66)],
    ['sword', '🗡'.repeat(99), '🗡'.repeat(50)],
  ])('for %s and %s is %s', (prompt, wished, expected) => {
    expect(proposedName(prompt, wished)).toBe(expected);
  });
});

test('a folder in somebody’s home is found there, and a name with the sign in it is a name', () => {
  expect(inHome('~/art', '/home/me')).toBe('/home/me/art');
  expect(inHome('~', '/home/me')).toBe('/home/me');
  expect(inHome('~art', '/home/me')).toBe('~art');
  expect(inHome('assets/~', '/home/me')).toBe('assets/~');
});

test('a size argument may be a number, a text or a pair', () => {
  expect(sizeOf(32)).toEqual([32, 32]);
  expect(sizeOf('16x24')).toEqual([16, 24]);
  expect(sizeOf([8, 9])).toEqual([8, 9]);
  expect(sizeOf('huge')).toBeNull();
});

describe('pending jobs', () => {
  const job = { job: 'a', folder: 'file:///x', metadata: 'recipe', counts: {}, saved: [] } as const;

  test('outlive the window until they are saved', async () => {
    const store = memory();
    const pending = new PendingJobs(store);
    await pending.put({ ...job, counts: {}, saved: [] });
    await pending.put({ ...job, counts: {}, saved: [0] });
    expect(new PendingJobs(store).all()).toEqual([{ ...job, saved: [0] }]);
    await pending.remove('a');
    expect(new PendingJobs(store).all()).toEqual([]);
  });

  test('of an ended job come back when it is retried', async () => {
    const pending = new PendingJobs(memory());
    await pending.put({ ...job, counts: {}, saved: [0] });
    await pending.end({ ...job, counts: {}, saved: [0] });
    expect(pending.all()).toEqual([]);
    expect(await pending.revive('b')).toBe(false);
    expect(await pending.revive('a')).toBe(true);
    expect(pending.all()).toEqual([{ ...job, saved: [0] }]);
    expect(await pending.revive('a')).toBe(false);
  });

  test('remember the files of the newest 300 jobs', async () => {
    const pending = new PendingJobs(memory());
    for (let number = 0; number < 301; number++) await pending.addFile(`job${number}`, 'f');
    await pending.addFile('job300', 'g');
    expect(pending.filesOf('job0')).toEqual([]);
    expect(pending.filesOf('job300')).toEqual(['f', 'g']);
  });
});

describe('the last choice', () => {
  test('is kept, and what an older version did not know has its default', async () => {
    const store = memory();
    await store.update('dgx-pixels.choice.1', { size: [16, 16] });
    const last = new LastChoice(store);
    expect(last.get()).toMatchObject({ size: [16, 16], count: 1, seed: null });
    await last.set({ ...last.get(), count: 4 });
    expect(new LastChoice(store).get().count).toBe(4);
  });

  test('keeps fifty prompts, the newest first and each once', async () => {
    const last = new LastChoice(memory());
    for (let number = 0; number < 60; number++) await last.addPrompts([`p${number}`]);
    await last.addPrompts(['p30']);
    expect(last.prompts()).toHaveLength(50);
    expect(last.prompts().slice(0, 2)).toEqual(['p30', 'p59']);
  });
});

function view(change: {
  runs?: object;
  active?: JobView['active'];
  state?: string;
  ahead?: number;
  away?: boolean;
  etaMs?: number;
}): JobView {
  const {
    runs,
    active = null,
    state = 'running',
    ahead = null,
    away = false,
    etaMs = null,
  } = change;
  return {
    job: {
      state,
      etaMs,
      progress: 0,
      runs: { total: 4, queued: 4, active: 0, done: 0, failed: 0, cancelled: 0, lost: 0, ...runs },
    },
    active,
    ahead,
    away,
  } as JobView;
}

describe('progress', () => {
  const active = { run: 1, stage: 'sampling', value: 5, max: 20, etaMs: null } as const;

  test('counts ended runs and the fraction of the active one', () => {
    expect(progressPercent(view({ runs: { done: 1, failed: 1 }, active }))).toBeCloseTo(56.25);
  });

  test('says in words what happens', () => {
    expect(progressText(view({ runs: { done: 1 }, active, etaMs: 8_000 }))).toBe(
      '1 of 4 done · drawing 5/20 · about 8 s left',
    );
    expect(progressText(view({ state: 'queued', ahead: 3 }))).toBe(
      '0 of 4 done · 3 ahead in the queue',
    );
    expect(progressText(view({ away: true }))).toMatch(/does not answer/);
  });

  test('says at the end what is where, and what art it is', () => {
    const ended = (state: JobState, runs: Partial<RunCounts>, placeholder = false) => ({
      state,
      placeholder,
      runs: { total: 4, queued: 0, active: 0, done: 0, failed: 0, cancelled: 0, lost: 0, ...runs },
    });
    expect(endText(ended('done', { done: 4 }, true), 1, 'assets')).toBe(
      '1 sprite saved in assets. Placeholder art of the built-in engine.',
    );
    expect(endText(ended('partial', { done: 3, failed: 1 }), 3, 'assets')).toBe(
      '1 of 4 could not be drawn. 3 sprites saved in assets.',
    );
    expect(endText(ended('partial', { done: 3, cancelled: 1 }), 3, 'assets')).toBe(
      'Cancelled. 3 sprites saved in assets.',
    );
    expect(endText(ended('cancelled', { cancelled: 4 }), 0, 'assets')).toBe(
      'Cancelled; nothing was drawn.',
    );
  });
});
