import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { blindName } from '../../../../src/extension/compare/blind-name.ts';
import { wordless } from '../../../../src/extension/panels/compare/cell-pictures.ts';
import { buildComparison } from '../../../../src/extension/panels/compare/compare-state.ts';
import { liveCells } from '../../../../src/extension/panels/compare/live-cells.ts';
import { voteFault } from '../../../../src/extension/panels/compare/vote-place.ts';
import { createImage } from '../../../../src/pixels/image.ts';
import { readChunks, writeChunks } from '../../../../src/pixels/png/chunks.ts';
import { encodePng } from '../../../../src/pixels/png/encode.ts';
import { BLIND_CONTENDER, shuffledPlaces } from '../../../../src/project/compare/blind.ts';
import { cellAt, cellCount, setCount } from '../../../../src/project/compare/cells.ts';
import type { CompareSpec, Contender } from '../../../../src/protocol/compare.ts';
import { PixelsError } from '../../../../src/protocol/errors.ts';
import { comparison } from '../../project/compare/comparisons.ts';
import { ALICE, BLANK, BOB, drawn, failed, JOB, Life } from './compared.ts';

const compared = (...contenders: Contender[]): CompareSpec => comparison({ contenders });

/** Everything that could tell who drew what. */
function secretsOf({ spec, runs, job }: Life): string[] {
  const words = spec.contenders.flatMap(({ name, checkpoint, workflow, sampler, loras = [] }) => [
    name ?? '',
    checkpoint ?? '',
    workflow ?? '',
    sampler ?? '',
    ...loras.map(lora => lora.name),
  ]);
  const ofRuns = [...runs.values()].flatMap(run => [
    run.drawDigest,
    run.recipeDigest,
    run.promptId,
    run.recipe.graph,
    ...(run.error === null ? [] : [run.error.message]),
    ...run.images.flatMap(({ sprite, raw, warnings }) => [sprite, raw, ...warnings]),
  ]);
  return [...words, ...ofRuns, job.title, '4.321', '4321', 'startedAt', '"run"', '"index"'];
}

/** Draws, fails, cancels and repeats until all is there; one set is voted on and its vote is sealed. */
function live(life: Life): void {
  const all = cellCount(life.spec);
  life.tell();
  for (let index = 0; index < all; index++) {
    for (const state of ['parked', 'loading', 'running', 'finishing'] as const) {
      life.set(index, run => ({ ...run, state, startedAt: 5_000 }));
      life.tell();
    }
    if (index === 2) life.set(index, failed);
    else if (index === 3) life.set(index, run => ({ ...run, state: 'cancelled' }));
    else if (index === 5) life.set(index, run => ({ ...run, state: 'lost' }));
    else life.set(index, drawn);
    life.tell();
  }
  for (const index of [2, 3, 5]) {
    life.set(index, run => ({ ...run, state: 'queued', attempt: 2, error: null, startedAt: null }));
    life.tell();
    life.set(index, run => drawn(run));
    life.tell();
  }
  life.job = { ...life.job, state: 'done', etaMs: null };
  life.tell();
  life.knowledge.set(1, { ...BLANK, skipped: true });
  life.tell();
  life.knowledge.set(0, { ...BLANK, sealed: true, vote: { best: [1], note: 'crisp' } });
  life.tell();
}

describe('what a page is told before the names are shown', () => {
  test('has no name, model, workflow, digest, run, time or fault in it, whatever happens to the job', () => {
    const life = new Life(compared(ALICE, BOB));
    live(life);
    expect(life.told.length).toBeGreaterThan(60);
    for (const text of life.told) {
      for (const secret of secretsOf(life)) expect(text).not.toContain(secret);
    }
  });

  test('says of a blind cell only under what name its picture can be asked for', () => {
    const life = new Life(compared(ALICE, BOB));
    live(life);
    for (const text of life.told) {
      const { sets, names } = JSON.parse(text) as ReturnType<typeof buildComparison>;
      expect(names).toBeNull();
      for (const [set, { cells, phase, ready }] of sets.entries()) {
        for (const [place, cell] of cells.entries()) {
          expect(Object.keys(cell).toSorted()).toEqual(['open', 'pictures']);
          expect(cell.open).toBeNull();
          // All at once: one by one would tell whose cell is filling.
          const shown = phase === 'votable' || phase === 'voted';
          if (shown) expect(cell.pictures).toMatch(new RegExp(`^${set}\\.${place}\\.\\d+$`));
          else expect(cell.pictures).toBeNull();
        }
        expect(ready).toBeLessThanOrEqual(2);
      }
    }
  });

  test('is the same to the byte with the contenders exchanged', () => {
    const one = new Life(compared(ALICE, BOB));
    const other = new Life(compared(BOB, ALICE));
    live(one);
    live(other);
    expect(other.told).toEqual(one.told);
  });

  test('is the same for any order of three and four contenders', () => {
    const carol = { name: 'Carol', checkpoint: 'carol.safetensors' };
    const dave = { name: 'Dave', checkpoint: 'dave.safetensors', steps: 3 };
    const told = [
      [ALICE, BOB, carol, dave],
      [dave, carol, BOB, ALICE],
      [BOB, dave, ALICE, carol],
    ].map(contenders => {
      const life = new Life(compared(...contenders));
      live(life);
      return life.told;
    });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  test('stays that way for sets beside an open one', () => {
    const life = new Life(compared(ALICE, BOB));
    for (let index = 0; index < cellCount(life.spec); index++) life.set(index, drawn);
    life.knowledge.set(0, { ...BLANK, opened: true, vote: { best: [0], note: '' } });
    const state = buildComparison(life.facts);
    expect(state.sets[0]?.cells.map(({ open }) => open?.name).toSorted()).toEqual([
      'Alice the first',
      'Bob the second',
    ]);
    expect(state.sets[0]?.cells[0]?.open?.seconds).toBe(4.321);
    expect(state.names).toBeNull();
    const others = JSON.stringify({ ...state, sets: state.sets.slice(1) });
    for (const secret of secretsOf(life)) expect(others).not.toContain(secret);
  });

  test('does not tell that something is being drawn at a place', () => {
    const spec = compared(ALICE, BOB);
    const active = { run: 0, stage: 'sampling' as const, value: 3, max: 12, etaMs: null };
    const preview = { run: 0, step: 3, mime: 'image/jpeg', bytes: new Uint8Array([1, 2]) };
    const runs = new Map([[0, { active, preview }]]);
    expect(liveCells(JOB, spec, runs, () => false)).toEqual([]);
    const { set, contender } = cellAt(spec, 0);
    expect(liveCells(JOB, spec, runs, each => each === set)).toEqual([
      {
        set,
        place: shuffledPlaces(JOB, set, 2).indexOf(contender),
        progress: 0.25,
        stage: 'drawing',
        preview: { mime: 'image/jpeg', bytes: new Uint8Array([1, 2]) },
      },
    ]);
  });

  test('has no words of the worker in what went wrong', () => {
    const codes = [
      'unknown-model',
      'engine-failed',
      'internal',
      'timeout',
      'invalid-params',
    ] as const;
    for (const code of codes) {
      const error = new PixelsError(code, 'alice-model.safetensors is not there.');
      expect(voteFault(error)).not.toContain('alice');
    }
  });
});

describe('pictures of cells', () => {
  const zlib = {
    inflate: (bytes: Uint8Array, most: number) => inflateSync(bytes, { maxOutputLength: most }),
    deflate: (bytes: Uint8Array, level: number) => deflateSync(bytes, { level }),
  };

  test('have no text, date or unknown chunk in them, and the same pixels', () => {
    const image = createImage(4, 4);
    image.data.fill(200);
    const plain = encodePng(image, zlib);
    const told = encodePng(image, zlib, { text: { prompt: 'alice-model.safetensors' } });
    const chunks = readChunks(told);
    const secret = (type: string) => ({ type, body: new TextEncoder().encode('alice-model') });
    const all = [
      ...chunks.slice(0, -1),
      secret('eXIf'),
      secret('tIME'),
      secret('caBX'),
      secret('prVt'),
    ];
    const loaded = writeChunks([...all, ...chunks.slice(-1)]);
    const clean = wordless(loaded);
    expect(new TextDecoder('latin1').decode(loaded)).toContain('alice-model');
    expect(new TextDecoder('latin1').decode(clean)).not.toContain('alice');
    expect(clean).toEqual(wordless(plain));
    expect(readChunks(clean).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['IHDR', 'IDAT', 'IEND']),
    );
  });
});

test('the name of nobody is the same everywhere', () => {
  expect(blindName()).toBe(BLIND_CONTENDER);
});

test('a comparison has as many sets as prompts and seeds make', () => {
  const life = new Life(compared(ALICE, BOB));
  expect(buildComparison(life.facts).sets).toHaveLength(setCount(life.spec));
});
