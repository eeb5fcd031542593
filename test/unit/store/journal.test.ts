import { describe, expect, it } from 'vitest';
import { PixelsError } from '../../../src/protocol/errors.ts';
import { ArtifactIndex } from '../../../src/worker/store/artifacts.ts';
import { migrate, MIGRATIONS } from '../../../src/worker/store/migrate.ts';
import { promptIdOf } from '../../../src/worker/store/prompt-id.ts';
import { jobStateOf } from '../../../src/worker/store/run-states.ts';
import { Database } from '../../../src/worker/store/sqlite.ts';
import { StepTimes } from '../../../src/worker/store/step-times.ts';
import { addJob as add, openMemoryJournal as open } from '../../helpers/journals.ts';
import { someRecipe } from '../../helpers/recipes.ts';

describe('a transition', () => {
  it('says whether this very call made it, and changes nothing otherwise', () => {
    const { journal } = open();
    const key = { job: add(journal), index: 0, attempt: 1 };
    expect(journal.runs.transition(key, ['queued'], 'parked', 'a')).toBe(true);
    expect(journal.runs.transition(key, ['queued'], 'parked', 'a')).toBe(false);
    expect(journal.runs.transition({ ...key, attempt: 2 }, ['parked'], 'done', 'late')).toBe(false);
    expect(journal.runs.historyOf(key.job, 0).map(step => step.to)).toEqual(['queued', 'parked']);
  });

  it('keeps the counters and the state of the job true, whatever the order of states', () => {
    const { journal } = open();
    const job = add(journal, { runs: 3 });
    const states = [
      'queued',
      'parked',
      'loading',
      'running',
      'finishing',
      'done',
      'failed',
      'cancelled',
      'lost',
    ] as const;
    let step = 12345;
    const random = (below: number): number => {
      step = (step * 1103515245 + 12345) % 2 ** 31;
      return step % below;
    };
    for (let round = 0; round < 300; round++) {
      const index = random(3);
      const run = journal.runs.record(job, index)?.run;
      const to = states[random(states.length)] ?? 'queued';
      journal.runs.transition({ job, index, attempt: run?.attempt ?? 0 }, states, to, 'x');
      const now = journal.runs.ofJob(job).map(each => each.state);
      const row = journal.jobs.get(job);
      const count = (...which: string[]) => now.filter(state => which.includes(state)).length;
      expect(row?.runs).toEqual({
        total: 3,
        queued: count('queued'),
        active: count('parked', 'loading', 'running', 'finishing'),
        done: count('done'),
        failed: count('failed'),
        cancelled: count('cancelled'),
        lost: count('lost'),
      });
      expect(row?.state).toBe(jobStateOf(row?.runs ?? (undefined as never), false));
      expect(row?.finishedAt === null).toBe(
        count('queued', 'parked', 'loading', 'running', 'finishing') > 0,
      );
    }
  });

  it('gives a new attempt a prompt id of its own, known beforehand', () => {
    const { journal } = open();
    const job = add(journal);
    journal.runs.transition({ job, index: 0, attempt: 1 }, ['queued'], 'lost', 'x');
    journal.runs.transition({ job, index: 0, attempt: 1 }, ['lost'], 'queued', 'x', {
      nextAttempt: true,
    });
    const run = journal.runs.record(job, 0)?.run;
    expect(run).toMatchObject({ attempt: 2, promptId: promptIdOf(job, 0, 2) });
    expect(promptIdOf(job, 0, 1)).not.toBe(promptIdOf(job, 0, 2));
    expect(promptIdOf(job, 0, 1)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe('events', () => {
  it('are numbered without gaps, published only after the commit, and can be listed again', () => {
    const { journal, events } = open();
    const job = add(journal);
    expect(() =>
      journal.write(() => {
        journal.runs.transition({ job, index: 0, attempt: 1 }, ['queued'], 'parked', 'x');
        throw new Error('disk full');
      }),
    ).toThrow('disk full');
    expect(journal.runs.record(job, 0)?.run.state).toBe('queued');
    journal.runs.transition({ job, index: 0, attempt: 1 }, ['queued'], 'cancelled', 'x');
    expect(events.map(event => event.type)).toEqual(['job.created', 'run.state', 'job.state']);
    expect(events.map(event => event.body.seq)).toEqual([1, 2, 3]);
    const listed = journal.events.since(1, 10);
    expect(listed).toMatchObject({ seq: 3, reset: false });
    expect(listed.events.map(event => event.type)).toEqual(['run.state', 'job.state']);
    expect(journal.events.since(99, 10).reset).toBe(true);
  });
});

describe('pruning', () => {
  it('never offers what is pinned, kept, in use by a job, or the start of a waiting run', () => {
    const { journal, database } = open();
    const index = new ArtifactIndex(database);
    const job = add(journal);
    const put = (digest: string, origin: string | null) => {
      index.add({
        digest,
        bytes: 10,
        mime: 'image/png',
        width: 1,
        height: 1,
        origin: origin === null ? null : { job: origin, run: 0, role: 'raw' },
      });
    };
    put('free', null);
    put('pinned', null);
    put('kept', null);
    put('running', job);
    put('init', null);
    index.pin('game', ['pinned', 'nowhere']);
    index.keep('kept', true);
    database.run("UPDATE runs SET init = 'init' WHERE job = ?", job);
    expect(index.prunable(0).map(each => each.digest)).toEqual(['free']);
    expect(index.prunable(1000)).toEqual([]);
    journal.runs.transition({ job, index: 0, attempt: 1 }, ['queued'], 'cancelled', 'x');
    expect(index.prunable(0).map(each => each.digest)).toEqual(['free', 'init', 'running']);
    index.pin('game', []);
    expect(index.remove('pinned')).toBe(true);
    expect(index.remove('kept')).toBe(false);
  });
});

describe('step times', () => {
  it('estimate what a run takes from what like runs took, newest first', () => {
    const times = new StepTimes(open().database);
    const recipe = someRecipe({ steps: 10 });
    expect(times.estimate('gpu', recipe)).toBeNull();
    times.learn('gpu', recipe, { step: 100, load: 50, rest: 20 });
    expect(times.estimate('gpu', recipe)).toBe(1070);
    times.learn('gpu', recipe, { step: 200, load: 50, rest: 20 });
    expect(times.lookUp('gpu', recipe)?.step).toBeCloseTo(130);
    expect(times.estimate('gpu', someRecipe({ renderSize: [512, 512] }))).toBeNull();
    expect(times.estimate('other', recipe)).toBeNull();
  });
});

describe('migrations', () => {
  it('are dated, in order, and applied once', () => {
    const names = MIGRATIONS.map(step => step.name);
    expect(names).toEqual([...names].sort());
    for (const name of names) expect(name).toMatch(/^\d{4}-\d{2}-\d{2}-[a-z-]+$/);
    const database = new Database(':memory:');
    expect(migrate(database)).toEqual(names);
    expect(migrate(database)).toEqual([]);
  });

  it('refuse a journal of a newer version, and leave it alone', () => {
    const database = new Database(':memory:');
    migrate(database);
    database.run("INSERT INTO migrations VALUES ('2099-01-01-future', 0)");
    expect(() => migrate(database)).toThrow(PixelsError);
    expect(() => migrate(database)).toThrow(/newer version/);
  });

  it('leave nothing behind of a step that fails', () => {
    const database = new Database(':memory:');
    const broken = { name: '2026-01-01-broken', sql: 'CREATE TABLE good (a); CREATE TABL bad;' };
    expect(() => migrate(database, [broken])).toThrow();
    expect(database.all("SELECT name FROM sqlite_master WHERE name = 'good'")).toEqual([]);
  });
});
