import { describe, expect, test } from 'vitest';
import {
  contenderOf,
  contenderOfPreset,
  countProblem,
  projectContenders,
} from '../../../../src/extension/compare/contender-choices.ts';
import { requireDifferent, sharedBase } from '../../../../src/extension/compare/compare-spec.ts';
import { parseStrengths, withStrengths } from '../../../../src/extension/compare/lora-strengths.ts';
import {
  askingText,
  costText,
  exceedsDisk,
  extentText,
  planText,
} from '../../../../src/extension/compare/plan-text.ts';
import type { Stock } from '../../../../src/extension/commands/stock.ts';
import { spansOf } from '../../../../src/extension/panels/compare/compare-job.ts';
import { buildComparison } from '../../../../src/extension/panels/compare/compare-state.ts';
import { namedBest, withNewSeeds } from '../../../../src/extension/panels/compare/follow-ups.ts';
import { jobOfState } from '../../../../src/extension/panels/compare/panel-state.ts';
import { nextOf, standingOf } from '../../../../src/extension/panels/compare/standing.ts';
import { jobContext, jobDetails } from '../../../../src/extension/views/queue/queue-rows.ts';
import { shuffledPlaces } from '../../../../src/project/compare/blind.ts';
import { sameFiles } from '../../../../src/project/compare/same-files.ts';
import { runsOfSet } from '../../../../src/project/compare/sets.ts';
import { sharedRecipeDigest } from '../../../../src/project/compare/shared-recipe.ts';
import type { JobPlan } from '../../../../src/protocol/jobs.ts';
import type { Model } from '../../../../src/protocol/models.ts';
import { comparison } from '../../project/compare/comparisons.ts';
import { contender, vote } from '../../project/votes/events.ts';
import { entry } from '../../views/entries.ts';
import { ALICE, BLANK, BOB, complete, drawn, failed, JOB, Life, viewOf } from './compared.ts';

const model = (name: string, sha256: string | null = null): Model => ({
  name,
  family: 'sdxl',
  placeholder: false,
  servers: ['s'],
  bytes: 1,
  sha256,
  triggerWords: [],
  license: null,
});

const stock = (...checkpoints: Model[]): Stock => ({
  models: { checkpoints, loras: [], vaes: [], samplers: [], schedulers: [] },
  workflows: [],
});

const plan = (change: Partial<JobPlan> = {}): JobPlan => ({
  runs: 12,
  compare: null,
  checkpoints: 2,
  time: { ms: 180_000, measured: 12, servers: 1 },
  disk: { bytes: 40_000_000, freeBytes: 100_000_000 },
  asks: false,
  warnings: [],
  ...change,
});

describe('a choice of contenders', () => {
  const file = {
    contenders: { house: { checkpoint: 'h', steps: 9 } },
    presets: {
      tiny: { checkpoint: 't', size: [8, 8] as [number, number], description: 'small' },
      house: { checkpoint: 'other' },
    },
  };

  test('takes what the project names, text, or parts', () => {
    expect(contenderOf('house', file)).toEqual({ name: 'house', checkpoint: 'h', steps: 9 });
    expect(contenderOf('tiny', file)).toEqual({ name: 'tiny', checkpoint: 't' });
    expect(contenderOf('a=arcade,x:0.5', file)).toMatchObject({ name: 'a', checkpoint: 'arcade' });
    expect(contenderOf({ checkpoint: 'c', loras: [{ name: 'l' }] }, file)).toEqual({
      checkpoint: 'c',
      loras: [{ name: 'l', strength: 1 }],
    });
    expect(() => contenderOf({ checkpoint: 7 }, file)).toThrow('no contender');
    expect(() => contenderOf('arcade,stps=3', file)).toThrow('"stps" is no setting');
  });

  test('offers a name once, the contender before the preset', () => {
    const { contenders, presets } = projectContenders(file);
    expect([contenders, presets].map(all => all.map(({ name }) => name))).toEqual([
      ['house'],
      ['tiny'],
    ]);
    expect(contenderOfPreset('p', { size: [8, 8], cfg: 4 })).toEqual({ name: 'p', cfg: 4 });
  });

  test.each([
    [0, 'none is chosen'],
    [1, 'one alone cannot be compared'],
    [5, 'not 5'],
  ])('of %d is refused in a sentence', (count, words) => {
    expect(countProblem(count)).toContain(words);
  });

  test('of two to four is taken', () => {
    expect([2, 3, 4].map(countProblem)).toEqual([null, null, null]);
  });

  test('with one LoRA at several strengths is one of each, at 0 without it', () => {
    expect(parseStrengths('0, 0.6 1;1')).toEqual([0, 0.6, 1]);
    expect([parseStrengths(''), parseStrengths('a'), parseStrengths('11')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(withStrengths('c', 'l', [0, 0.6])).toEqual([
      { checkpoint: 'c', loras: [] },
      { checkpoint: 'c', loras: [{ name: 'l', strength: 0.6 }] },
    ]);
  });
});

describe('contenders that are the same', () => {
  const spec = (...names: string[]) =>
    comparison({ contenders: names.map(checkpoint => ({ checkpoint })) });

  test('under two names, in short, or as copies are told', () => {
    const { models } = stock(model('sd/a.safetensors', 'aa'), model('b.safetensors', 'aa'));
    expect(sameFiles(spec('a', 'sd/a.safetensors'), models)).toEqual([0, 1]);
    expect(sameFiles(spec('x', 'sd/a.safetensors', 'b.safetensors'), models)).toEqual([1, 2]);
    expect(sameFiles(spec('x', 'b.safetensors'), models)).toBeNull();
  });

  test('are refused with their names', () => {
    const has = stock(model('a.safetensors', 'aa'), model('b.safetensors', 'aa'));
    expect(() => requireDifferent(spec('a.safetensors', 'b.safetensors'), has)).toThrow(
      'Contenders 1 ("a") and 2 ("b") are the same model',
    );
    const named = comparison({
      contenders: [
        { name: 'One', checkpoint: 'x' },
        { name: 'one', checkpoint: 'y' },
      ],
    });
    expect(() => requireDifferent(named, has)).toThrow('have the same name');
    expect(() => requireDifferent(spec('a', 'c'), has)).not.toThrow();
  });
});

test("the project's defaults are what all contenders share, as far as the workflow takes them", () => {
  const workflow = { name: 'w', roles: ['positive', 'seed', 'size', 'steps'] };
  const base = sharedBase(
    { defaults: { workflow: 'w', steps: 9, checkpoint: 'c', out: 'art' } },
    [16, 24],
    [workflow as unknown as Stock['workflows'][number]],
  );
  expect(base).toEqual({ workflow: 'w', steps: 9, size: [16, 24] });
});

describe('what a comparison takes', () => {
  const spec = comparison();

  test('is told in one line before anything is drawn', () => {
    expect(extentText(spec)).toBe('2 models × 3 prompts × 2 seeds = 12 images');
    expect(planText(spec, plan())).toBe(
      '2 models × 3 prompts × 2 seeds = 12 images, about 3 min, 40 MB',
    );
    const one = comparison({ prompts: [{ prompt: 'x' }], seeds: [7] });
    expect(extentText(one)).toBe('2 models × 1 prompt × 1 seed = 2 images');
    expect(costText(plan({ time: { ms: null, measured: 0, servers: 1 } }))).toContain('not known');
  });

  test('is asked about with time and room where it is much', () => {
    const { question, detail } = askingText(spec, plan());
    expect(question).toBe('Draw 12 images?');
    expect(detail).toContain('about 3 min, 40 MB. 100 MB of the worker’s disk are free.');
    const tight = plan({ disk: { bytes: 5e9, freeBytes: 1e9 } });
    expect(exceedsDisk(tight)).toBe(true);
    expect(askingText(spec, tight).detail).toContain('Only 1.0 GB');
  });
});

describe('the state of a set', () => {
  test.each([
    ['drawing', [drawn]],
    ['votable', [drawn, drawn]],
    ['broken', [drawn, failed]],
    ['broken', [failed]],
  ] as const)('is %s', (phase, changes) => {
    const life = new Life(comparison({ contenders: [ALICE, BOB] }));
    runsOfSet(life.spec, 0).forEach((index, at) => {
      const change = changes[at];
      if (change !== undefined) life.set(index, change);
    });
    expect(buildComparison(life.facts).sets[0]?.phase).toBe(phase);
  });

  test('of an open one tells what went wrong and that a picture is a placeholder', () => {
    const life = complete();
    life.set(runsOfSet(life.spec, 0)[1] ?? -1, failed);
    life.knowledge.set(0, { ...BLANK, opened: true });
    const { cells } = buildComparison(life.facts).sets[0] ?? { cells: [] };
    const bob = cells.find(({ open }) => open?.contender === 1);
    expect(bob).toMatchObject({
      pictures: null,
      open: { name: BOB.name, phase: 'failed', error: 'bob-model.safetensors broke.' },
    });
  });

  test('names a picture anew when it is drawn again', () => {
    const life = complete();
    const index = runsOfSet(life.spec, 0)[0] ?? -1;
    const place = shuffledPlaces(JOB, 0, 2).indexOf(0);
    const nameNow = () => buildComparison(life.facts).sets[0]?.cells[place]?.pictures;
    expect([nameNow(), nameNow()]).toEqual([`0.${place}.1`, `0.${place}.1`]);
    life.set(index, run => {
      const [image] = run.images;
      return image === undefined ? run : { ...run, images: [{ ...image, sprite: 'f'.repeat(64) }] };
    });
    expect(nameNow()).toBe(`0.${place}.2`);
  });

  test('with all open tells the names in their order and the title that somebody gave', () => {
    const life = complete();
    expect(buildComparison(life.facts)).toMatchObject({
      names: null,
      title: 'rusty sword and 2 more',
      ended: 12,
      total: 12,
    });
    for (let set = 0; set < 6; set++) life.knowledge.set(set, { ...BLANK, opened: true });
    expect(buildComparison(life.facts)).toMatchObject({
      names: [ALICE.name, BOB.name],
      title: life.job.title,
      standing: 'Alice the first leads.',
    });
  });
});

describe('what is done with a whole comparison', () => {
  test('again with new seeds takes as many others, and asks anew', () => {
    const spec = withNewSeeds({ ...comparison(), confirmed: 12 });
    expect(spec.confirmed).toBeUndefined();
    expect(spec.seeds).toMatchObject({ count: 2 });
    expect(withNewSeeds(comparison({ seeds: [1, 5, 9] })).seeds).toMatchObject({ count: 3 });
  });

  test('in full takes what was named best in open sets only', () => {
    const life = complete();
    const best = { best: [1], note: '' };
    life.knowledge.set(0, { ...BLANK, opened: true, vote: best });
    life.knowledge.set(1, { ...BLANK, sealed: true, vote: best });
    life.knowledge.set(2, { ...BLANK, opened: true, vote: { best: [], note: '' } });
    life.knowledge.set(3, { ...BLANK, opened: true });
    expect(namedBest(viewOf(life))).toEqual([{ set: 0, contender: shuffledPlaces(JOB, 0, 2)[1] }]);
  });
});

describe('the set that is proposed', () => {
  const digests = ['a', 'b', 'c'].map(name => contender(name).digest);
  const events = [
    vote(1, ['a', 'b'], ['a']),
    vote(2, ['a', 'b'], ['a']),
    vote(3, ['a', 'c'], ['a']),
  ];

  test('is one that was not left before', () => {
    const standing = standingOf(events, digests);
    const votable = [
      { set: 3, skipped: true },
      { set: 4, skipped: false },
    ];
    expect(nextOf(votable, standing)).toBe(4);
    expect(nextOf(votable.slice(0, 1), standing)).toBe(3);
    expect([nextOf([], standing), nextOf(votable, null)]).toEqual([null, 4]);
  });

  test('comes with words that name nobody', () => {
    const { told, blind } = standingOf(events, digests);
    expect(told).toContain('a is ahead');
    expect(blind).toMatch(/^No verdict yet: about \d+ more votes needed/);
    expect(standingOf([], digests).blind).toBe('No verdict yet: nothing was voted on.');
    const sure = Array.from({ length: 60 }, (_, at) => vote(at + 1, ['a', 'b'], ['a']));
    expect(standingOf(sure, digests.slice(0, 2)).blind).toContain('There is a verdict');
  });
});

test('what a set shares is the same whatever its contenders change', () => {
  const spec = comparison({ base: { steps: 20, checkpoint: 'x', size: 16 } });
  const digest = (change: object, seed = 7) =>
    sharedRecipeDigest(
      { ...spec, base: { ...spec.base, ...change } },
      { prompt: 0, seed },
      [16, 16],
    );
  expect(digest({ steps: 9, checkpoint: 'y' })).toBe(digest({}));
  expect(digest({ renderSize: [512, 512] })).not.toBe(digest({}));
  expect(digest({}, 8)).not.toBe(digest({}));
});

test('runs that lie beside each other are read together', () => {
  expect(spansOf([])).toEqual([]);
  expect(spansOf([3])).toEqual([[3, 1]]);
  expect(spansOf([0, 1, 2, 40])).toEqual([
    [0, 3],
    [40, 1],
  ]);
});

test('a page tells its comparison, and nothing else is taken for one', () => {
  expect(jobOfState({ version: 1, value: { job: JOB } })).toBe(JOB);
  for (const other of [null, 7, {}, { value: null }, { value: { job: '../x' } }]) {
    expect(jobOfState(other)).toBeNull();
  }
});

describe('a comparison in the queue', () => {
  const compare = entry(
    'c',
    {
      kind: 'compare',
      state: 'running',
      error: { code: 'engine-failed', message: 'alice-model broke.' },
      runs: { total: 4, queued: 1, active: 1, done: 2, failed: 0, cancelled: 0, lost: 0 },
    },
    { active: { run: 1, stage: 'loading', value: 1, max: 2, etaMs: null } },
  );

  test('says neither what went wrong nor what is being done', () => {
    const text = jobDetails(compare).join(' ');
    expect(text).toContain('contender ?');
    expect(text).not.toMatch(/alice|loading|1\/2/);
    expect(
      jobDetails(entry('g', compare.job.error === null ? {} : { error: compare.job.error })),
    ).toContain('alice-model broke.');
  });

  test('opens its panel, never one of its pictures', () => {
    expect(jobContext(compare)).toBe('job open going compare');
    const ended = entry('c', { ...compare.job, id: 'c', state: 'partial' });
    expect(jobContext(ended)).toBe('job again compare');
  });
});
