import { describe, expect, it } from 'vitest';
import { PixelsError } from '../../../src/protocol/errors.ts';
import type { Recipe } from '../../../src/protocol/recipe.ts';
import { type Placement as Placing, Placement } from '../../../src/worker/jobs/placement.ts';
import type { ServerInventory } from '../../../src/worker/comfyui/inventory.ts';
import type { Architecture } from '../../../src/worker/models/family/architecture.ts';
import type { FileKnowledge } from '../../../src/worker/models/file-table.ts';
import type { ModelKind } from '../../../src/worker/models/facts.ts';
import type { Journal } from '../../../src/worker/store/journal.ts';
import type { RunRecord } from '../../../src/worker/store/rows.ts';
import { addJob, openMemoryJournal } from '../../helpers/journals.ts';
import { someRecipe } from '../../helpers/recipes.ts';
import { shippedWorkflow } from '../../helpers/role-changes.ts';

const BASE = 'base.safetensors';
const STYLE = 'style.safetensors';
const LCM = 'lcm-lora-sdxl.safetensors';

/** What is known of one file of one server. */
interface FileOf {
  hash?: string | null;
  family?: Architecture;
  bad?: number;
  /** Unix milliseconds. */
  arrivedAt?: number;
  reading?: boolean;
  /** Replaced since it was looked at. */
  stale?: boolean;
}

interface ServerOf {
  name: string;
  state?: string;
  inventory?: Partial<ServerInventory> | null;
  files?: Record<string, FileOf>;
}

const DRAFT = shippedWorkflow('draft-sdxl');
const SPRITE = shippedWorkflow('sprite-sdxl');
const CLASSES = [...Object.values(DRAFT.graph), ...Object.values(SPRITE.graph)].map(
  node => node.class_type,
);

function knowledgeOf({ hash = 'a', family = 'sdxl', bad = 0 }: FileOf): FileKnowledge {
  const first = bad > 0 ? ['x.lora_up.weight'] : [];
  return {
    facts: {
      architectures: [family],
      latentChannels: null,
      triggerWords: [],
      license: null,
      problem: null,
    },
    scan:
      hash === null
        ? null
        : { sha256: hash.repeat(64), nonFinite: { count: bad, first }, tensors: 9 },
  };
}

/** A placement over servers whose lists have the base checkpoint and both LoRAs unless they say otherwise. */
function placementOver(...servers: ServerOf[]) {
  const { journal } = openMemoryJournal();
  for (const workflow of [DRAFT, SPRITE]) {
    journal.knowledge.saveGraph(workflow.digest, workflow.name, workflow);
  }
  const wanted: string[] = [];
  const looks: string[] = [];
  const find = (server: string, name: string): FileOf | undefined =>
    servers.find(each => each.name === server)?.files?.[name];
  const links = servers.map(({ name, state = 'ready', inventory = {} }) => ({
    name,
    state,
    inventory:
      inventory === null
        ? null
        : {
            checkpoints: [BASE],
            loras: [STYLE, LCM],
            vaes: [],
            samplers: ['euler', 'lcm'],
            schedulers: ['normal', 'sgm_uniform'],
            classes: CLASSES,
            ...inventory,
          },
  }));
  const placement = new Placement(
    journal,
    {
      get: (server: string, kind: ModelKind, name: string) => {
        const file = find(server, name);
        if (file === undefined) return null;
        const { arrivedAt = 0 } = file;
        const path = `/${server}/${name}`;
        return {
          kind,
          name,
          bytes: 1,
          file: { path, bytes: 1, mtime: '1', arrivedAt },
          knowledge: knowledgeOf(file),
        };
      },
      want: names => wanted.push(...names),
      isBeingRead: (server, _, name) => find(server, name)?.reading === true,
      isStale: (server, _, name) => find(server, name)?.stale === true,
      look: async () => {
        looks.push('look');
      },
      refresh: async () => false,
    },
    links,
  );
  return { journal, placement, links, wanted, looks };
}

function recipeOf(change: Partial<Recipe> = {}, workflow = SPRITE): Recipe {
  return someRecipe({
    workflow: workflow.name,
    graph: workflow.digest,
    checkpoint: BASE,
    ...change,
  });
}

const STYLED = recipeOf({ loras: [{ name: STYLE, strength: 1 }] });
const DRAFTED = recipeOf({ sampler: 'lcm', scheduler: 'sgm_uniform' }, DRAFT);

/** Submits a recipe as the worker does. */
function submit(journal: Journal, placement: Placing, recipe: Recipe): RunRecord {
  const workflow = recipe.graph === DRAFT.digest ? DRAFT : SPRITE;
  const { pins } = placement.submitted(recipe, workflow);
  const job = addJob(journal, { recipes: [recipe] });
  journal.pinned.pin(job, pins);
  const record = journal.queue.firstQueued(job);
  if (record === null) throw new Error('it is not queued');
  return record;
}

function verdicts(over: ReturnType<typeof placementOver>, record: RunRecord): string[] {
  return over.links.map(link => {
    const verdict = over.placement.verdict(link, record);
    return PixelsError.is(verdict) ? verdict.code : verdict;
  });
}

function refusalOf(act: () => unknown): PixelsError {
  try {
    act();
  } catch (error) {
    if (PixelsError.is(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a server may draw a run', () => {
  it('when it has the models, the node classes and the sampler; else not, and says what it lacks', () => {
    const over = placementOver(
      { name: 'all' },
      { name: 'no-lora', inventory: { loras: [LCM] } },
      { name: 'no-class', inventory: { classes: CLASSES.filter(name => name !== 'LoraLoader') } },
      { name: 'no-sampler', inventory: { samplers: ['heun'] } },
      { name: 'silent', inventory: null, state: 'unreachable' },
      { name: 'old', inventory: { classes: [], samplers: [], schedulers: [] } },
    );
    const record = submit(over.journal, over.placement, STYLED);
    expect(verdicts(over, record)).toEqual([
      'yes',
      'unknown-model',
      'engine-rejected',
      'invalid-params',
      'engine-unavailable',
      'yes',
    ]);
    expect(over.placement.verdict(over.links[1] as never, record)).toMatchObject({
      message: expect.stringContaining(
        'no-lora does not have the LoRA style.safetensors',
      ) as unknown,
    });
    expect(over.wanted).toContain(STYLE);
  });

  it('when it has the file that the workflow brings along', () => {
    const over = placementOver(
      { name: 'with' },
      { name: 'without', inventory: { loras: [STYLE] } },
    );
    expect(verdicts(over, submit(over.journal, over.placement, DRAFTED))).toEqual([
      'yes',
      'unknown-model',
    ]);
    expect(verdicts(over, submit(over.journal, over.placement, STYLED))).toEqual(['yes', 'yes']);
  });

  it('when its own files fit, the distillation LoRA among them', () => {
    const over = placementOver(
      { name: 'good', files: { [BASE]: {}, [LCM]: {} } },
      { name: 'nan', files: { [BASE]: {}, [LCM]: { bad: 3 } } },
      { name: 'family', files: { [BASE]: {}, [LCM]: { family: 'sd15' } } },
    );
    expect(verdicts(over, submit(over.journal, over.placement, DRAFTED))).toEqual([
      'yes',
      'invalid-params',
      'invalid-params',
    ]);
    expect(verdicts(over, submit(over.journal, over.placement, STYLED))).toEqual([
      'yes',
      'yes',
      'yes',
    ]);
  });

  it('once its LoRA is read whole, if it can be read at all', () => {
    const over = placementOver(
      {
        name: 'reading',
        files: { [BASE]: { hash: null }, [STYLE]: { hash: null, reading: true } },
      },
      { name: 'unreadable', files: { [BASE]: { hash: null }, [STYLE]: { hash: null } } },
      { name: 'checkpoint', files: { [BASE]: { hash: null, reading: true }, [STYLE]: {} } },
    );
    expect(verdicts(over, submit(over.journal, over.placement, STYLED))).toEqual([
      'not-yet',
      'yes',
      'yes',
    ]);
  });
});

describe('servers with different files under one name', () => {
  const differing = () =>
    placementOver(
      { name: 'left', files: { [BASE]: {}, [STYLE]: { hash: 'a' } } },
      { name: 'same', files: { [BASE]: {}, [STYLE]: { hash: 'a' } } },
      { name: 'right', files: { [BASE]: {}, [STYLE]: { hash: 'b' } } },
      { name: 'far' },
    );

  it('draw a job with the file it was submitted with; one that cannot be read is believed to be it', () => {
    const over = differing();
    const record = submit(over.journal, over.placement, STYLED);
    expect(verdicts(over, record)).toEqual(['yes', 'yes', 'conflict', 'yes']);
    const verdict = over.placement.verdict(over.links[2] as never, record);
    expect(verdict).toMatchObject({
      message: expect.stringMatching(
        /of left \(SHA-256 aaaaaaaaaaaa….*right.*bbbbbbbbbbbb…/,
      ) as unknown,
    });
    // A job that does not draw with it goes anywhere.
    expect(verdicts(over, submit(over.journal, over.placement, recipeOf()))).toEqual(
      Array(4).fill('yes'),
    );
  });

  it('are named in a warning when the job is submitted', () => {
    const { placement } = differing();
    const { warnings, pins } = placement.submitted(STYLED, SPRITE);
    const about = warnings.filter(warning => warning.includes('another file'));
    expect(about).toEqual([expect.stringMatching(/style\.safetensors of right .* not on right/)]);
    expect(pins).toContainEqual({
      kind: 'lora',
      name: STYLE,
      sha256: 'a'.repeat(64),
      server: 'left',
    });
  });

  it('bind the job to the file of one that is there and can draw it', () => {
    const files = (hash: string, bad = 0) => ({ [BASE]: {}, [STYLE]: { hash, bad } });
    const { placement } = placementOver(
      { name: 'away', state: 'unreachable', files: files('a') },
      { name: 'broken', files: files('b', 2) },
      { name: 'good', files: files('c') },
    );
    const { pins } = placement.submitted(STYLED, SPRITE);
    expect(pins.map(({ server }) => server)).toEqual(['good', 'good']);
  });

  it('are refused when one job would need the file of each', () => {
    const { placement } = placementOver(
      { name: 'left', inventory: { loras: [] }, files: { [BASE]: { hash: 'a' } } },
      { name: 'right', inventory: { checkpoints: [BASE] }, files: { [BASE]: { hash: 'b' } } },
    );
    const { pins } = placement.submitted(recipeOf(), SPRITE);
    const refusal = refusalOf(() => placement.submitted(STYLED, SPRITE, pins));
    expect(refusal).toMatchObject({ code: 'conflict' });
    expect(refusal.message).toMatch(/left .*right|right .*left/);
  });

  it('that was replaced after the job was submitted is not drawn with, and both are named', () => {
    const left: ServerOf = { name: 'left', files: { [BASE]: {}, [STYLE]: { hash: 'a' } } };
    const over = placementOver(left);
    const record = submit(over.journal, over.placement, STYLED);
    left.files = { [BASE]: {}, [STYLE]: { hash: 'b', arrivedAt: record.run.createdAt + 1 } };
    expect(verdicts(over, record)).toEqual(['conflict']);
    expect(over.placement.hopeless(record)).toMatchObject({
      final: true,
      error: {
        message: expect.stringMatching(
          /was replaced on left .*aaaaaaaaaaaa….*bbbbbbbbbbbb…/,
        ) as unknown,
      },
    });
  });

  it('that was replaced before the job was submitted, and noticed only later, is drawn with', () => {
    const left: ServerOf = { name: 'left', files: { [BASE]: {}, [STYLE]: { hash: 'a' } } };
    const over = placementOver(left);
    const record = submit(over.journal, over.placement, STYLED);
    left.files = { [BASE]: {}, [STYLE]: { hash: 'b', arrivedAt: record.run.createdAt - 1000 } };
    expect(verdicts(over, record)).toEqual(['yes']);
    expect(over.journal.pinned.of(record.run.job)).toContainEqual(
      expect.objectContaining({ name: STYLE, sha256: 'b'.repeat(64) }),
    );
  });

  it('wait for a file that is being read when the job is bound to one', () => {
    const over = placementOver(
      { name: 'left', files: { [BASE]: { hash: 'a' } } },
      { name: 'right', files: { [BASE]: { hash: null, reading: true } } },
    );
    expect(verdicts(over, submit(over.journal, over.placement, recipeOf()))).toEqual([
      'yes',
      'not-yet',
    ]);
  });

  it('draw a job that nothing was known of with what its first server had', () => {
    const left: ServerOf = { name: 'left', files: { [BASE]: { hash: null } } };
    const right: ServerOf = { name: 'right', files: { [BASE]: { hash: 'b' } } };
    const over = placementOver(left, right);
    const record = submit(over.journal, over.placement, recipeOf());
    left.files = { [BASE]: { hash: 'a' } };
    over.placement.bind('left', record);
    expect(verdicts(over, record)).toEqual(['yes', 'conflict']);
    over.placement.bind('right', record);
    expect(verdicts(over, record)).toEqual(['yes', 'conflict']);
  });
});

describe('a run that nobody can draw', () => {
  it('is refused when it is submitted, with what stands against each server', () => {
    const { placement } = placementOver(
      { name: 'left', inventory: { loras: [LCM] } },
      { name: 'right', inventory: { checkpoints: [] } },
    );
    const refusal = refusalOf(() => placement.submitted(STYLED, SPRITE));
    expect(refusal.code).toBe('unknown-model');
    expect(refusal.message).toMatch(/^No server can draw this\. .*left .*style.*right .*base/);
  });

  it('is refused in one sentence when all say the same', () => {
    const files = { [BASE]: {}, [STYLE]: { bad: 1 } };
    const { placement } = placementOver({ name: 'left', files }, { name: 'right', files });
    const { message } = refusalOf(() => placement.submitted(STYLED, SPRITE));
    expect(message).toMatch(/^The LoRA style\.safetensors holds infinite values or NaN/);
  });

  it('is not refused for a file that was replaced a moment ago; it is looked at again', () => {
    const over = placementOver({
      name: 'left',
      files: { [BASE]: {}, [STYLE]: { bad: 1, stale: true } },
    });
    expect(over.placement.submitted(STYLED, SPRITE).warnings).toEqual([
      expect.stringContaining('could not be checked'),
    ]);
    expect(over.looks).toEqual(['look']);
    expect(() => over.placement.submitted(recipeOf(), SPRITE)).not.toThrow();
    expect(over.looks).toHaveLength(1);
  });

  it('has hope while a server is away, and none once all are there', () => {
    const away: ServerOf = { name: 'away' };
    const over = placementOver({ name: 'here', inventory: { loras: [] } }, away);
    const record = submit(over.journal, over.placement, STYLED);
    expect(over.placement.hopeless(record)).toBeNull();
    Object.assign(over.links[1] ?? {}, { state: 'unreachable' });
    expect(over.placement.hopeless(record)).toMatchObject({
      final: false,
      error: { code: 'unknown-model' },
    });
    Object.assign(over.links[1] ?? {}, { state: 'ready', inventory: over.links[0]?.inventory });
    expect(over.placement.hopeless(record)).toMatchObject({ final: true });
  });
});
