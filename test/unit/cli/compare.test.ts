import { describe, expect, test } from 'vitest';
import { parseContender } from '../../../src/cli/compare/contender-option.ts';
import { type CellFile, type CompareOutcome, sheetRows } from '../../../src/cli/compare/outcome.ts';
import { mustAsk, planLines, whyAsked } from '../../../src/cli/compare/plan-text.ts';
import { eachOnce, parsePrompt, promptLines } from '../../../src/project/compare/prompts.ts';
import { chooseContenders, compareSpec } from '../../../src/cli/compare/spec.ts';
import { createImage } from '../../../src/pixels/image.ts';
import { compareSpecSchema } from '../../../src/protocol/compare.ts';
import type { JobPlan } from '../../../src/protocol/jobs.ts';

const contenderOf = (text: string) => parseContender(text).contender;

describe('a contender as it is typed', () => {
  test.each([
    ['arcade', { checkpoint: 'arcade' }],
    ['a=arcade', { name: 'a', checkpoint: 'arcade' }],
    ['a=', { name: 'a' }],
    ['a=,x:0.8', { name: 'a', loras: [{ name: 'x', strength: 0.8 }] }],
    [
      'two words = sd/xl.safetensors, x:0.8:0 , y',
      {
        name: 'two words',
        checkpoint: 'sd/xl.safetensors',
        loras: [
          { name: 'x', strength: 0.8, clipStrength: 0 },
          { name: 'y', strength: 1 },
        ],
      },
    ],
    ['steps=8', { steps: 8 }],
    ['fast=steps=8,cfg=1', { name: 'fast', steps: 8, cfg: 1 }],
    ['arcade,sampler=lcm,workflow=w', { checkpoint: 'arcade', sampler: 'lcm', workflow: 'w' }],
  ])('%s', (text, contender) => {
    expect(contenderOf(text)).toEqual(contender);
  });

  test.each([
    ['a=arcade,stps=3', '"stps" is no setting'],
    ['a=arcade,steps=', 'steps'],
    ['a=arcade,steps=1.5', 'steps'],
    ['a=../evil', 'checkpoint'],
    ['a=arcade,x:y', 'is not a LoRA'],
  ])('is refused: %s', (text, words) => {
    expect(() => parseContender(text)).toThrow(words);
  });
});

describe('the contenders of a comparison', () => {
  const file = { contenders: { house: { steps: 9 }, bold: { cfg: 9 } } };
  const typed = (...texts: string[]) => texts.map(parseContender);

  test("are the project's where none are typed", () => {
    expect(chooseContenders([], file)).toEqual([
      { name: 'house', steps: 9 },
      { name: 'bold', cfg: 9 },
    ]);
  });

  test('are taken from the project by a plain name', () => {
    expect(chooseContenders(typed('bold', 'arcade'), file)).toEqual([
      { name: 'bold', cfg: 9 },
      { checkpoint: 'arcade' },
    ]);
  });

  test.each([
    [[], null, 'none is given'],
    [typed('a'), file, 'one is given'],
    [typed('a', 'b', 'c', 'd', 'e'), file, '5 are given'],
    [[], { contenders: { a: {} } }, 'the project has 1'],
  ])('must be two to four', (options, project, words) => {
    expect(() => chooseContenders(options, project)).toThrow(words);
  });
});

describe('prompts', () => {
  test('stand once in a list, in each size', () => {
    const [knight, small] = [{ prompt: 'knight', category: 'other' as const }, [16, 16] as const];
    const icon = { ...knight, category: 'icon' as const };
    const sized = { ...knight, size: [...small] as [number, number] };
    expect(eachOnce([knight, icon, sized, sized])).toEqual([knight, sized]);
  });

  test('may begin with their category', () => {
    expect(parsePrompt(' Item: rusty sword', 'other')).toEqual({
      prompt: 'rusty sword',
      category: 'item',
    });
    expect(parsePrompt('a sign: keep out', 'tile')).toEqual({
      prompt: 'a sign: keep out',
      category: 'tile',
    });
    expect(() => parsePrompt('  ', 'other')).toThrow('is no prompt');
  });

  test('of a file are its lines but for comments', () => {
    expect(promptLines('# mine\r\nknight\r\n\r\n item: bow \n')).toEqual(['knight', 'item: bow']);
  });
});

test('a comparison as it is sent is valid, with every seed known', () => {
  const spec = compareSpec({
    contenders: [{ steps: 3 }, {}],
    prompts: [{ prompt: 'knight', category: 'other' }],
    settings: { size: [32, 32], background: 'keep', out: 'x' },
    seed: undefined,
    seeds: 3,
    draft: true,
  });
  expect(compareSpecSchema.parse(spec)).toEqual(spec);
  expect(spec).toMatchObject({ mode: 'draft', seeds: { count: 3 }, base: { size: [32, 32] } });
  expect(spec.base).not.toHaveProperty('out');
});

test('a contact sheet decodes the pictures of its own rows alone', () => {
  const spec = compareSpecSchema.parse({
    kind: 'compare',
    contenders: [{ steps: 3 }, { steps: 4 }],
    prompts: [{ prompt: 'knight' }],
    seeds: [5, 6, 7],
  });
  const read: number[] = [];
  const files = new Map(
    Array.from({ length: 5 }, (_, run): [number, CellFile] => [
      run,
      {
        file: `${run}.png`,
        height: 8,
        read: () => {
          read.push(run);
          return createImage(8, 8);
        },
      },
    ]),
  );
  const outcome = { spec, runs: new Map(), files, engines: [] };
  const labels = (from: number) =>
    sheetRows(outcome as unknown as CompareOutcome, from, 2).map(({ label }) => label[0]);
  expect(labels(0)).toEqual(['knight  seed 5', 'knight  seed 6']);
  expect(read).toHaveLength(4);
  expect(labels(2)).toEqual(['knight  seed 7']);
  expect(read.length).toBeLessThanOrEqual(6);
});

describe('a plan', () => {
  const plan: JobPlan = {
    runs: 24,
    compare: { sets: 12, contenders: ['a', 'b'], draft: null },
    checkpoints: 1,
    time: { ms: 90_000, measured: 12, servers: 2 },
    disk: { bytes: 36e6, freeBytes: 1e9 },
    asks: false,
    warnings: [],
  };

  test('tells number, time and disk in two lines', () => {
    expect(planLines(plan)).toEqual([
      '24 images: 12 sets × 2 contenders (a, b)',
      'about 1 min 30 s on 2 servers, partly a guess; 1 checkpoint to load; about 36 MB of disk of 1.0 GB free',
    ]);
    const time = { ms: null, measured: 0, servers: 1 };
    expect(planLines({ ...plan, time })[1]).toContain('time unknown');
  });

  test('asks about very many images and about more than the disk has room for', () => {
    expect(mustAsk(plan)).toBe(false);
    expect(mustAsk({ ...plan, asks: true })).toBe(true);
    const full = { ...plan, disk: { bytes: 2e9, freeBytes: 1e9 } };
    expect(mustAsk(full)).toBe(true);
    expect(whyAsked(full)).toMatch(/of disk, and .* are free$/);
    expect(whyAsked({ ...plan, asks: true })).toMatch(/images are more than is begun unasked$/);
  });
});
