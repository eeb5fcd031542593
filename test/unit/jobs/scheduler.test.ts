import { describe, expect, it } from 'vitest';
import {
  type FreeServer,
  isBefore,
  MAX_OVERTAKEN,
  Scheduler,
} from '../../../src/worker/jobs/scheduler.ts';
import type { Journal } from '../../../src/worker/store/journal.ts';
import { addJob, openMemoryJournal } from '../../helpers/journals.ts';

/** A server that has checkpoints, the first of which may be loaded. */
function serverOf(checkpoints: readonly string[], change: Partial<FreeServer> = {}): FreeServer {
  return {
    draws: ({ run }) => checkpoints.includes(run.recipe.checkpoint),
    loaded: null,
    elsewhere: new Set(),
    ...change,
  };
}

const BOTH = ['a', 'b'];

/** Gives a server its next run, which is done at once. */
function serve(
  journal: Journal,
  server: FreeServer,
): { job: string; index: number; checkpoint: string } | null {
  const scheduler = new Scheduler(journal);
  const choice = scheduler.next(server);
  if (choice === null) return null;
  scheduler.take(choice);
  const { job, index, attempt, recipe } = choice.record.run;
  journal.runs.transition({ job, index, attempt }, ['queued'], 'done', 'x');
  return { job, index, checkpoint: recipe.checkpoint };
}

/** Servers that take runs in turn until nothing is left for any. @returns what each drew */
function serveAll(
  journal: Journal,
  servers: Record<string, readonly string[]>,
): Map<string, { job: string; checkpoint: string }[]> {
  const drawn = new Map(Object.keys(servers).map(name => [name, [] as never[]] as const)) as Map<
    string,
    { job: string; checkpoint: string }[]
  >;
  const loaded = (name: string) => drawn.get(name)?.at(-1)?.checkpoint ?? null;
  for (let idle = false; !idle;) {
    idle = true;
    for (const [name, checkpoints] of Object.entries(servers)) {
      const others = Object.keys(servers).filter(other => other !== name);
      const elsewhere = new Set(others.flatMap(other => loaded(other) ?? []));
      const next = serve(journal, serverOf(checkpoints, { loaded: loaded(name), elsewhere }));
      if (next === null) continue;
      drawn.get(name)?.push(next);
      idle = false;
    }
  }
  return drawn;
}

describe('one server', () => {
  it('takes interactive before batch before training, each in its order', () => {
    const { journal } = openMemoryJournal();
    const training = addJob(journal, { lane: 'training' });
    const batch = addJob(journal, { lane: 'batch' });
    const first = addJob(journal);
    const second = addJob(journal);
    const order = [1, 2, 3, 4].map(() => serve(journal, serverOf(BOTH))?.job);
    expect(order).toEqual([first, second, batch, training]);
    expect(serve(journal, serverOf(BOTH))).toBeNull();
    expect(isBefore('interactive', 'batch')).toBe(true);
  });

  it('groups runs of the loaded checkpoint in the batch lane, within a bound on overtaking', () => {
    const { journal } = openMemoryJournal();
    const other = addJob(journal, { lane: 'batch', checkpoint: 'b' });
    const many = Array.from({ length: MAX_OVERTAKEN + 5 }, () =>
      addJob(journal, { lane: 'batch', checkpoint: 'a' }),
    );
    const order: string[] = [];
    for (let loaded: string | null = 'a'; ;) {
      const next = serve(journal, serverOf(BOTH, { loaded }));
      if (next === null) break;
      order.push(next.job);
      loaded = next.checkpoint;
    }
    expect(order.indexOf(other)).toBe(MAX_OVERTAKEN);
    expect(order).toHaveLength(many.length + 1);
  });

  it('groups the runs of one batch job by the checkpoint that is loaded', () => {
    const { journal } = openMemoryJournal();
    const recipes = ['a', 'b', 'a', 'b'].map(checkpoint => ({ checkpoint }));
    addJob(journal, { lane: 'batch', recipes });
    const { left } = Object.fromEntries(serveAll(journal, { left: BOTH }));
    expect(left?.map(({ checkpoint }) => checkpoint).join('')).toBe('aabb');
  });

  it('never lets a loaded checkpoint reorder the interactive lane', () => {
    const { journal } = openMemoryJournal();
    const first = addJob(journal, { checkpoint: 'b' });
    addJob(journal, { checkpoint: 'a' });
    expect(serve(journal, serverOf(BOTH, { loaded: 'a' }))?.job).toBe(first);
    const recipes = ['b', 'a', 'b'].map(checkpoint => ({ checkpoint }));
    const mixed = openMemoryJournal().journal;
    addJob(mixed, { recipes });
    const order = [1, 2, 3].map(() => serve(mixed, serverOf(BOTH, { loaded: 'a' }))?.index);
    expect(order).toEqual([0, 1, 2]);
  });

  it('passes over paused jobs and lanes, and what it cannot draw', () => {
    const { journal } = openMemoryJournal();
    const foreign = addJob(journal, { checkpoint: 'c' });
    const paused = addJob(journal);
    const wanted = addJob(journal);
    journal.jobs.setPaused({ job: paused }, true);
    expect(journal.jobs.get(paused)?.state).toBe('paused');
    expect(serve(journal, serverOf(BOTH))?.job).toBe(wanted);
    expect(serve(journal, serverOf(BOTH))).toBeNull();
    expect(journal.jobs.get(foreign)?.state).toBe('queued');
    journal.queue.setLanePaused('interactive', true);
    journal.jobs.setPaused({ job: paused }, false);
    expect(serve(journal, serverOf(BOTH))).toBeNull();
    journal.queue.setLanePaused('interactive', false);
    expect(serve(journal, serverOf(BOTH))?.job).toBe(paused);
  });

  it('keeps an order that was moved a thousand times', () => {
    const { journal } = openMemoryJournal();
    const [a, b, c] = [addJob(journal), addJob(journal), addJob(journal)] as const;
    for (let round = 0; round < 500; round++) {
      journal.jobs.move(c, a);
      journal.jobs.move(b, c);
      journal.jobs.move(c, b);
      journal.jobs.move(a, null);
    }
    expect([1, 2, 3].map(() => serve(journal, serverOf(BOTH))?.job)).toEqual([c, b, a]);
  });
});

describe('several servers', () => {
  it('each take from one job what they can draw, however far behind it stands', () => {
    const { journal } = openMemoryJournal();
    const recipes = [
      ...Array.from({ length: 300 }, () => ({ checkpoint: 'a' })),
      { checkpoint: 'b' },
      { checkpoint: 'c' },
    ];
    const job = addJob(journal, { recipes });
    expect(serve(journal, serverOf(['b']))).toEqual({ job, index: 300, checkpoint: 'b' });
    expect(serve(journal, serverOf(['b']))).toBeNull();
    expect(serve(journal, serverOf(['a']))).toEqual({ job, index: 0, checkpoint: 'a' });
    const scheduler = new Scheduler(journal);
    expect(scheduler.urgentLane(serverOf(['c']))).toBe('interactive');
    expect(scheduler.urgentLane(serverOf(['d']))).toBeNull();
  });

  it('draw contenders side by side, each checkpoint on a server of its own', () => {
    const { journal } = openMemoryJournal();
    const recipes = ['a', 'a', 'a', 'b', 'b', 'b'].map(checkpoint => ({ checkpoint }));
    addJob(journal, { recipes });
    const drawn = serveAll(journal, { left: BOTH, right: BOTH });
    const loads = (name: string) =>
      (drawn.get(name) ?? []).map(({ checkpoint }) => checkpoint).join('');
    expect([loads('left'), loads('right')]).toEqual(['aaa', 'bbb']);
  });

  it('do not idle for the sake of a checkpoint that another has loaded', () => {
    const { journal } = openMemoryJournal();
    addJob(journal, { runs: 6, checkpoint: 'a' });
    const drawn = serveAll(journal, { left: BOTH, right: BOTH });
    expect([...drawn.values()].map(runs => runs.length)).toEqual([3, 3]);
  });

  it('together keep the bound on overtaking, and count only what they could have drawn', () => {
    const { journal } = openMemoryJournal();
    const other = addJob(journal, { lane: 'batch', checkpoint: 'b' });
    const foreign = addJob(journal, { lane: 'batch', checkpoint: 'c' });
    for (let count = 0; count < 3 * MAX_OVERTAKEN; count++) {
      addJob(journal, { lane: 'batch', checkpoint: 'a' });
    }
    const order: string[] = [];
    const loaded: [string, string] = ['a', 'a'];
    for (let turn = 0; ; turn++) {
      const place = turn % 2 === 0 ? 0 : 1;
      const next = serve(journal, serverOf(BOTH, { loaded: loaded[place] }));
      if (next === null) break;
      loaded[place] = next.checkpoint;
      order.push(next.job);
    }
    expect(order.indexOf(other)).toBe(MAX_OVERTAKEN);
    expect(order).not.toContain(foreign);
    const overtaken = (id: string) =>
      journal.queue.waitingJobs(100).find(job => job.id === id)?.overtaken;
    expect(overtaken(foreign)).toBe(0);
    expect(serve(journal, serverOf(['c']))?.job).toBe(foreign);
  });

  it('do not count a run as passed by that is merely looked at', () => {
    const { journal } = openMemoryJournal();
    const other = addJob(journal, { lane: 'batch', checkpoint: 'b' });
    addJob(journal, { lane: 'batch', checkpoint: 'a' });
    const choice = new Scheduler(journal).next(serverOf(BOTH, { loaded: 'a' }));
    expect(choice?.overtakes).toBe(other);
    expect(journal.queue.waitingJobs(9)[0]).toMatchObject({ id: other, overtaken: 0 });
  });
});
