import { createHash } from 'node:crypto';
import {
  buildComparison,
  cellsOfSet,
  type CompareFacts,
  type SetKnowledge,
  setPhaseOf,
} from '../../../../src/extension/panels/compare/compare-state.ts';
import { PictureNames } from '../../../../src/extension/panels/compare/picture-names.ts';
import type { CompareView } from '../../../../src/extension/panels/compare/session-parts.ts';
import { planCells } from '../../../../src/project/compare/cell-recipe.ts';
import { cellCount } from '../../../../src/project/compare/cells.ts';
import { setsOf } from '../../../../src/project/compare/sets.ts';
import type { CompareSpec, Contender } from '../../../../src/protocol/compare.ts';
import type { Job, Run } from '../../../../src/protocol/jobs.ts';
import type { Recipe } from '../../../../src/protocol/recipe.ts';
import { comparison } from '../../project/compare/comparisons.ts';

export const JOB = '0197f000-0000-7000-8000-00000000c0de';

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Two contenders whose every word can be told from the other's. */
export const ALICE: Contender = {
  name: 'Alice the first',
  checkpoint: 'alice-model.safetensors',
  loras: [{ name: 'alice-lora', strength: 0.7 }],
  workflow: 'alice-flow',
  sampler: 'alice-sampler',
  steps: 21,
};
export const BOB: Contender = {
  name: 'Bob the second',
  checkpoint: 'bob-model.safetensors',
  loras: [{ name: 'bob-lora', strength: 0.4 }],
  workflow: 'bob-flow',
  sampler: 'bob-sampler',
  steps: 34,
};

/** Runs of a comparison as they are before anything is drawn. */
export function runsOf(spec: CompareSpec): Run[] {
  return planCells(spec, null).map(({ name, recipe: asked }, index): Run => {
    const recipe = {
      workflow: 'w',
      graph: digestOf(asked.workflow ?? 'w'),
      negative: '',
      size: [16, 16],
      renderSize: [128, 128],
      steps: 8,
      cfg: 7,
      sampler: 'euler',
      scheduler: 'normal',
      checkpoint: 'c',
      vae: null,
      loras: [],
      init: null,
      batch: 1,
      pixels: { fix: 'pixels', background: 'cut' },
      ...asked,
    } as unknown as Recipe;
    return {
      job: JOB,
      index,
      name,
      state: 'queued',
      attempt: 1,
      promptId: '0197f000-0000-8000-8000-000000000000',
      server: null,
      recipe,
      drawDigest: digestOf(`draw ${index}`),
      recipeDigest: digestOf(`recipe ${index}`),
      error: null,
      images: [],
      warnings: [],
      createdAt: 1_000,
      startedAt: null,
      finishedAt: null,
    };
  });
}

/** The same run, drawn. */
export function drawn(run: Run, took = 4_321): Run {
  const sprite = digestOf(`sprite of ${run.recipe.checkpoint} ${run.index}`);
  const image = {
    index: 0,
    size: 1,
    raw: digestOf(`raw of ${run.recipe.checkpoint} ${run.index}`),
    sprite,
    width: 16,
    height: 16,
    fix: 'pixels',
    warnings: [`a warning of ${run.recipe.checkpoint}`],
    placeholder: false,
  };
  return { ...run, state: 'done', images: [image], startedAt: 5_000, finishedAt: 5_000 + took };
}

/** The same run, failed. */
export function failed(run: Run): Run {
  const error = { code: 'engine-failed', message: `${run.recipe.checkpoint} broke.` };
  return { ...run, state: 'failed', error, startedAt: 5_000, finishedAt: 5_777 };
}

export const BLANK: SetKnowledge = { opened: false, sealed: false, vote: null, skipped: false };

/** A comparison that can be moved on step by step. */
export class Life {
  readonly spec: CompareSpec;
  readonly runs: Map<number, Run>;
  readonly knowledge = new Map<number, SetKnowledge>();
  readonly told: string[] = [];
  readonly #names = new PictureNames();
  job: CompareFacts['job'] & Pick<Job, 'project'> = {
    id: JOB,
    title: 'Alice the first against Bob the second',
    state: 'running',
    paused: false,
    etaMs: 60_000,
    project: null,
  };

  constructor(spec: CompareSpec) {
    this.spec = spec;
    this.runs = new Map(runsOf(spec).map(run => [run.index, run]));
  }

  get facts(): CompareFacts {
    return {
      job: this.job,
      spec: this.spec,
      runs: this.runs,
      knowledgeOf: set => this.knowledge.get(set) ?? BLANK,
      pictureName: (cell, digest) => this.#names.nameOf(cell, digest),
      blind: true,
      next: votable => votable[0]?.set ?? null,
      standing: allOpen => (allOpen ? 'Alice the first leads.' : 'No verdict yet.'),
      canVote: true,
    };
  }

  set(index: number, change: (run: Run) => Run): void {
    const run = this.runs.get(index);
    if (run === undefined) throw new RangeError(`There is no run ${index}.`);
    this.runs.set(index, change(run));
  }

  /** Tells the state as a page would get it. */
  tell(): string {
    const text = JSON.stringify(buildComparison(this.facts));
    this.told.push(text);
    return text;
  }
}

/** A view of a comparison whose sets stand as the life says. */
export function viewOf(life: Life): Pick<CompareView, 'spec' | 'sets' | 'allOpen'> {
  const sets = setsOf(life.spec).map(place => {
    const cells = cellsOfSet({ job: life.job, spec: life.spec, runs: life.runs }, place.set);
    const knowledge = life.knowledge.get(place.set) ?? BLANK;
    return { place, cells, knowledge, phase: setPhaseOf(cells, knowledge) };
  });
  return { spec: life.spec, sets, allOpen: sets.every(({ phase }) => phase === 'open') };
}

/** A comparison of two contenders with every cell drawn. */
export const complete = (): Life => {
  const life = new Life(comparison({ contenders: [ALICE, BOB] }));
  for (let index = 0; index < cellCount(life.spec); index++) life.set(index, drawn);
  return life;
};
