import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Ballots } from '../../../../src/extension/panels/compare/ballots.ts';
import { SEAL_MS } from '../../../../src/extension/votes/sealed-votes.ts';
import { cellsOfSet, setPhaseOf } from '../../../../src/extension/panels/compare/compare-state.ts';
import { ContenderModels } from '../../../../src/extension/panels/compare/contender-models.ts';
import { OpenedSets } from '../../../../src/extension/panels/compare/opened-sets.ts';
import type { CompareView } from '../../../../src/extension/panels/compare/session-parts.ts';
import { SetVoting } from '../../../../src/extension/panels/compare/set-voting.ts';
import { Problem } from '../../../../src/extension/problem.ts';
import { shuffledPlaces } from '../../../../src/project/compare/blind.ts';
import { cellCount, runOfCell } from '../../../../src/project/compare/cells.ts';
import { setsOf } from '../../../../src/project/compare/sets.ts';
import { standingVotes } from '../../../../src/project/votes/standing.ts';
import {
  type Vote,
  type VoteEvent,
  voteEventSchema,
} from '../../../../src/project/votes/vote-event.ts';
import type { CompareInput } from '../../../../src/protocol/compare.ts';
import { comparison } from '../../project/compare/comparisons.ts';
import { ALICE, BOB, digestOf, drawn, failed, JOB, Life } from './compared.ts';

class Memory {
  readonly #values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.#values.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, structuredClone(value));
  }
}

const EMPTY = { checkpoints: [], loras: [], vaes: [], samplers: [], schedulers: [] };

/** A window that votes; what it wrote and remembers can be handed to a next one. */
function window(
  kept: { memory: Memory; events: VoteEvent[] } = { memory: new Memory(), events: [] },
  change: Partial<CompareInput> = {},
) {
  const life = new Life(comparison({ contenders: [ALICE, BOB], ...change }));
  for (let index = 0; index < cellCount(life.spec); index++) life.set(index, drawn);
  const opened = new OpenedSets(kept.memory, JOB);
  const parts = { job: JOB, voter: 'me', events: () => kept.events, opened };
  const ballots = new Ballots(parts);
  const told: string[] = [];
  let fault: Error | null = null;
  const asked: string[] = [];
  const client = {
    request: async (method: string, params: { run?: number }) => {
      asked.push(method);
      if (fault !== null && method !== 'models.list') throw fault;
      if (method === 'models.list') return EMPTY;
      const run = life.runs.get(params.run ?? -1);
      const name = run?.recipe.checkpoint ?? '';
      const models = [{ kind: 'checkpoint', name, sha256: digestOf(name) }];
      return { engine: { engine: 'comfyui', version: '1', server: 's', models } };
    },
  };
  const models = new ContenderModels(JOB, life.spec);
  const view = (): CompareView => {
    const sets = setsOf(life.spec).map(place => {
      const cells = cellsOfSet({ job: life.job, spec: life.spec, runs: life.runs }, place.set);
      const knowledge = ballots.knowledgeOf(place.set);
      return { place, cells, knowledge, phase: setPhaseOf(cells, knowledge) };
    });
    return {
      job: { ...life.job },
      spec: life.spec,
      models,
      sets,
      client: () => client,
    } as unknown as CompareView;
  };
  let disk: Error | null = null;
  const log = {
    events: kept.events,
    ready: async () => undefined,
    onDidChange: () => ({ dispose: () => undefined }),
    append: async (event: VoteEvent) => {
      if (disk !== null) throw disk;
      kept.events.push(voteEventSchema.parse(event));
    },
  };
  const voting = new SetVoting({
    view,
    votes: () => ({ log, voter: 'me' }),
    ballots,
    onChange: () => undefined,
    onOpened: () => told.push('opened'),
  });
  return {
    kept,
    life,
    ballots,
    voting,
    told,
    asked,
    phase: (set: number) => view().sets[set]?.phase,
    fail: (error: Error | null) => (fault = error),
    fill: (error: Error | null) => (disk = error),
    vote: (set: number, best: number[], note = '') =>
      voting.vote({ set, best, note, durationMs: 1_500 }),
    votes: () => standingVotes(kept.events),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a vote', () => {
  test('is written at once, sealed for a moment, and then the names are shown', async () => {
    const { vote, phase, votes, told } = window();
    expect(phase(0)).toBe('votable');
    expect(await vote(0, [1], 'crisp')).toEqual({ done: true, message: '' });
    expect(votes()).toHaveLength(1);
    expect(phase(0)).toBe('voted');
    await vi.advanceTimersByTimeAsync(SEAL_MS - 1);
    expect(phase(0)).toBe('voted');
    await vi.advanceTimersByTimeAsync(2);
    expect(phase(0)).toBe('open');
    expect(told).toEqual(['opened']);
  });

  test('says who stood where, with the hash of the file that drew and without what only the page knows', async () => {
    const { vote, votes, life } = window();
    await vote(2, [0], 'x');
    const [written] = votes() as [Vote];
    const places = shuffledPlaces(JOB, 2, 2);
    const names = [ALICE.name, BOB.name];
    expect(written.contenders.map(({ name }) => name)).toEqual(places.map(at => names[at]));
    expect(written.best).toEqual([written.contenders[0]?.digest]);
    const alice = written.contenders[places.indexOf(0)];
    expect(alice).toMatchObject({
      checkpoint: 'alice-model.safetensors',
      checkpointSha256: digestOf('alice-model.safetensors'),
      loras: [{ name: 'alice-lora', strength: 0.7, sha256: null }],
      settings: { steps: 21, sampler: 'alice-sampler' },
      seconds: 4.321,
      image: life.runs.get(runOfCell(life.spec, 2, 0))?.images[0]?.sprite,
    });
    expect(written).toMatchObject({
      job: JOB,
      set: 2,
      voter: 'me',
      prompt: 'knight',
      category: 'character',
      seed: 7,
      size: [32, 48],
      mode: 'full',
      durationMs: 1_500,
      note: 'x',
    });
  });

  test('may name several, or none', async () => {
    const { vote, votes } = window();
    await vote(0, [0, 1]);
    await vote(1, []);
    expect(votes().map(({ set, best }) => [set, best.length])).toEqual(
      expect.arrayContaining([
        [0, 2],
        [1, 0],
      ]),
    );
  });

  test('that is made twice is one', async () => {
    const { vote, votes } = window();
    const answers = await Promise.all([vote(0, [0]), vote(0, [1])]);
    expect(answers.map(({ done }) => done)).toEqual([true, false]);
    expect(votes()).toHaveLength(1);
  });

  test('is refused for a set that is not complete, open, or not there', async () => {
    const { vote, life, voting } = window();
    life.set(runOfCell(life.spec, 0, 1), failed);
    expect(await vote(0, [0])).toMatchObject({ done: false, message: /could not be drawn/ });
    life.set(runOfCell(life.spec, 0, 1), run => ({ ...run, state: 'queued', images: [] }));
    expect(await vote(0, [0])).toMatchObject({ done: false, message: /when all its pictures/ });
    await voting.reveal(1);
    expect(await vote(1, [0])).toMatchObject({ done: false, message: /cannot be voted on again/ });
    await expect(vote(99, [0])).rejects.toThrow('no such set');
  });

  test('for a place that is not there is not written, and the set stays as it was', async () => {
    const { vote, phase, votes } = window();
    await expect(vote(0, [7])).rejects.toThrow('not there');
    expect([phase(0), votes().length]).toEqual(['votable', 0]);
  });

  test('that the disk or the worker does not take leaves the set to be voted on again', async () => {
    const { vote, phase, fill, fail, votes } = window();
    fill(new Problem('disk-full', 'The disk is full.'));
    await expect(vote(0, [0])).rejects.toThrow('The disk is full.');
    expect(phase(0)).toBe('votable');
    fill(null);
    fail(new Problem('disconnected', 'away'));
    await expect(vote(1, [0])).rejects.toThrow('away');
    expect([phase(0), phase(1)]).toEqual(['votable', 'votable']);
    fail(null);
    expect((await vote(0, [0])).done).toBe(true);
    expect(votes()).toHaveLength(1);
  });

  test('between two names of one file says nothing, so it is refused', async () => {
    const twins = [
      { name: 'one', checkpoint: 'x.ckpt' },
      { name: 'two', checkpoint: 'x.ckpt' },
    ];
    const { vote, phase } = window(undefined, { contenders: twins });
    await expect(vote(0, [0])).rejects.toThrow('same model under two names');
    expect(phase(0)).toBe('votable');
  });
});

describe('taking a vote back', () => {
  test('before the names were shown makes the set votable again', async () => {
    const { vote, voting, phase, votes, kept } = window();
    await vote(0, [0]);
    await voting.undo(0);
    expect([phase(0), votes().length]).toEqual(['votable', 0]);
    await vi.advanceTimersByTimeAsync(SEAL_MS * 2);
    expect(phase(0)).toBe('votable');
    await vote(0, [1]);
    expect(votes()).toHaveLength(1);
    expect(kept.events.map(({ kind }) => kind)).toEqual(['vote', 'undo', 'vote']);
  });

  test('after that takes only the vote: the set stays open', async () => {
    const { vote, voting, phase, votes } = window();
    await vote(0, [0]);
    await vi.advanceTimersByTimeAsync(SEAL_MS);
    expect((await voting.undo(0)).message).toContain('cannot be voted on again');
    expect([phase(0), votes().length]).toEqual(['open', 0]);
    expect((await voting.undo(0)).done).toBe(false);
  });

  test('that is not written keeps the vote, and shows the names after all', async () => {
    const { vote, voting, phase, fill, votes } = window();
    await vote(0, [0]);
    fill(new Problem('not-writable', 'closed'));
    await expect(voting.undo(0)).rejects.toThrow('closed');
    expect([phase(0), votes().length]).toEqual(['open', 1]);
  });
});

describe('what was shown', () => {
  test('stays open after a reload, with or without a vote', async () => {
    const first = window();
    await first.vote(0, [0]);
    await vi.advanceTimersByTimeAsync(SEAL_MS);
    await first.voting.reveal(1);
    const second = window(first.kept);
    expect([0, 1, 2].map(second.phase)).toEqual(['open', 'open', 'votable']);
  });

  test('is open after a reload in the middle of a seal, and taking the vote back changes nothing of that', async () => {
    const first = window();
    await first.vote(0, [0]);
    const second = window(first.kept);
    expect(second.phase(0)).toBe('open');
    await second.voting.undo(0);
    expect(second.phase(0)).toBe('open');
    expect(window(second.kept).phase(0)).toBe('open');
  });

  test('is never votable again although its votes were removed from the file by hand', async () => {
    const first = window();
    await first.vote(0, [0]);
    await vi.advanceTimersByTimeAsync(SEAL_MS);
    first.kept.events.splice(0);
    expect(window(first.kept).phase(0)).toBe('open');
  });

  test('elsewhere, as a vote that was taken back late tells, stays open here', async () => {
    const first = window();
    await first.vote(0, [0]);
    await vi.advanceTimersByTimeAsync(60_000);
    await first.voting.undo(0);
    const here = window({ memory: new Memory(), events: first.kept.events });
    expect(here.phase(0)).toBe('open');
  });

  test('to somebody else says nothing of what this person was shown', async () => {
    const first = window();
    await first.vote(0, [0]);
    await vi.advanceTimersByTimeAsync(SEAL_MS);
    const events = first.kept.events.map(event => ({ ...event, voter: 'you' }));
    expect(window({ memory: new Memory(), events }).phase(0)).toBe('votable');
  });

  test('is not remembered by what only looks', async () => {
    const first = window();
    await first.vote(0, [0]);
    const opened = new OpenedSets(first.kept.memory, JOB);
    const looking = () =>
      new Ballots({
        job: JOB,
        voter: 'me',
        events: () => first.kept.events,
        opened,
        looksOnly: true,
      }).knowledgeOf(0).opened;
    expect([looking(), opened.has(0)]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(SEAL_MS + 1);
    expect([looking(), opened.has(0)]).toEqual([true, true]);
  });

  test('can be everything at once', async () => {
    const { kept, phase } = window();
    const opened = new OpenedSets(kept.memory, JOB);
    await opened.setBlind(false, [0, 1, 2, 3, 4, 5]);
    expect(phase(3)).toBe('open');
    await opened.setBlind(true, []);
    expect([phase(3), new OpenedSets(kept.memory, 'another').has(3)]).toEqual(['open', false]);
  });
});

test('a set that was left stays votable, and is noted once it is not voted on', async () => {
  const { voting, phase, ballots, vote } = window();
  expect((await voting.skip(0)).done).toBe(true);
  expect([phase(0), ballots.knowledgeOf(0).skipped]).toEqual(['votable', true]);
  await vote(0, [0]);
  expect(ballots.knowledgeOf(0).skipped).toBe(false);
});

test('who drew a draft is who would draw it in full', async () => {
  const { vote, votes, asked } = window(undefined, { mode: 'draft' });
  await expect(vote(0, [0])).rejects.toThrow();
  expect(asked).toContain('recipes.resolve');
  expect(votes()).toEqual([]);
});
