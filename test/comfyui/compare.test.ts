import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuid7 } from '../../src/client/uuid7.ts';
import { cellAt } from '../../src/project/compare/cells.ts';
import { winnersInFull } from '../../src/project/compare/winners.ts';
import { type CompareInput, compareSpecSchema } from '../../src/protocol/compare.ts';
import type { Job, JobSpec, Run } from '../../src/protocol/jobs.ts';
import { runsOf } from '../helpers/processes.ts';
import { comfyui, describeComfyui, pixelDigest, SDXL_TINY, Studio, TINY15 } from './studio.ts';

const OTHER = 'tiny15-b.safetensors';
const suite = 'a comparison of two checkpoints and a LoRA on a real ComfyUI';

describeComfyui(
  suite,
  TINY15.checkpoint,
  OTHER,
)(suite, () => {
  const { checkpoint: _, seed: __, ...base } = TINY15;
  const input = {
    kind: 'compare',
    contenders: [
      { name: 'one', checkpoint: TINY15.checkpoint },
      { name: 'other', checkpoint: OTHER },
      {
        name: 'styled',
        checkpoint: TINY15.checkpoint,
        loras: [{ name: 'tiny-sd15-a.safetensors', strength: 1 }],
      },
    ],
    base,
    prompts: [{ prompt: 'rusty sword' }, { prompt: 'oak tree', category: 'tile' }],
    seeds: { first: 40, count: 2 },
  } as const satisfies CompareInput;
  const spec = compareSpecSchema.parse(input);
  let studio: Studio;
  let job: Job;
  let runs: Run[];

  async function submit(wanted: JobSpec): Promise<{ job: Job; runs: Run[] }> {
    const id = uuid7();
    await studio.client.request('jobs.submit', { id, spec: wanted });
    const ended = await studio.ended(id);
    return { job: ended, runs: await runsOf(studio.client, id) };
  }

  async function digestOf(run: Run | undefined): Promise<string> {
    if (run === undefined) throw new Error('there is no such run');
    return (await studio.pictures(run)).map(pixelDigest).join(' + ');
  }

  beforeAll(async () => {
    studio = await Studio.open(comfyui().url);
    ({ job, runs } = await submit(spec));
  });

  afterAll(async () => {
    await studio[Symbol.asyncDispose]();
  });

  it('draws every cell', () => {
    expect(job).toMatchObject({ state: 'done', runs: { total: 12, done: 12 } });
  });

  it('gives the cells of a set the same seed and settings, but for what a contender changes', () => {
    for (const [index, run] of runs.entries()) {
      const cell = cellAt(spec, index);
      const contender = spec.contenders[cell.contender];
      expect(run.recipe).toMatchObject({
        prompt: spec.prompts[cell.prompt]?.prompt,
        seed: 40 + cell.seed,
        steps: TINY15.steps,
        cfg: TINY15.cfg,
        sampler: TINY15.sampler,
        checkpoint: contender?.checkpoint,
        loras: contender?.loras ?? [],
      });
    }
  });

  it('draws another picture with each contender', async () => {
    const sets = new Map<number, Set<string>>();
    for (const [index, run] of runs.entries()) {
      const { set } = cellAt(spec, index);
      const pictures = sets.get(set) ?? new Set<string>();
      sets.set(set, pictures.add(await digestOf(run)));
    }
    expect([...sets.values()].map(({ size }) => size)).toEqual([3, 3, 3, 3]);
  });

  it('draws in a cell what the same recipe draws alone', async () => {
    const run = runs.find(({ recipe }) => recipe.loras.length > 0);
    const alone = await studio.draw({
      ...base,
      prompt: run?.recipe.prompt ?? '',
      seed: run?.recipe.seed ?? 0,
      checkpoint: TINY15.checkpoint,
      loras: [{ name: 'tiny-sd15-a.safetensors', strength: 1 }],
    });
    expect(await digestOf(alone.run)).toBe(await digestOf(run));
  });

  it('loads each checkpoint once: all cells on one are drawn before those on the other', () => {
    const drawn = runs
      .toSorted((one, two) => (one.startedAt ?? 0) - (two.startedAt ?? 0))
      .map(({ recipe }) => recipe.checkpoint);
    const loads = drawn.filter((checkpoint, place) => checkpoint !== drawn[place - 1]);
    expect(loads).toHaveLength(2);
  });

  it('is partial when a model of one contender went away, and has the cells of the others', async () => {
    const broken = compareSpecSchema.parse({
      ...input,
      contenders: [
        { name: 'good', checkpoint: OTHER },
        // Opens, and has no text encoder: seen only when it is asked to draw.
        { name: 'bad', checkpoint: 'tiny15-textless.safetensors' },
      ],
      prompts: [{ prompt: 'rusty sword' }],
      seeds: [40],
    });
    const ended = await submit(broken);
    expect(ended.job).toMatchObject({ state: 'partial', runs: { done: 1, failed: 1 } });
    const [good, bad] = ended.runs;
    expect([good?.state, bad?.state]).toEqual(['done', 'failed']);
    expect(bad?.error?.message).toBeTruthy();
  });
});

const drafts = 'a comparison in draft on a real ComfyUI';

describeComfyui(drafts, SDXL_TINY.checkpoint)(drafts, () => {
  it('is drawn in eight steps, and its winners in full are what a full comparison draws', async () => {
    await using studio = await Studio.open(comfyui().url);
    const { seed: _, ...base } = SDXL_TINY;
    const lora = (name: string) => ({ name: `tiny-sdxl-${name}.safetensors`, strength: 1 });
    const draw = async (spec: JobSpec): Promise<Run[]> => {
      const id = uuid7();
      await studio.client.request('jobs.submit', { id, spec });
      expect((await studio.ended(id)).state).toBe('done');
      return runsOf(studio.client, id);
    };
    const full = compareSpecSchema.parse({
      kind: 'compare',
      contenders: [
        { name: 'a', loras: [lora('a')] },
        { name: 'b', loras: [lora('b')] },
      ],
      base,
      prompts: [{ prompt: 'rusty sword' }],
      seeds: [7],
    });
    const draft = compareSpecSchema.parse({ ...full, mode: 'draft' });
    const drafted = await draw(draft);
    expect(drafted.map(({ recipe }) => [recipe.workflow, recipe.steps, recipe.cfg])).toEqual([
      ['draft-sdxl', 8, 1],
      ['draft-sdxl', 8, 1],
    ]);
    const [winner] = await draw(winnersInFull(draft, [{ set: 0, contender: 1 }]));
    const [, same] = await draw(full);
    expect(winner?.drawDigest).toBe(same?.drawDigest);
    const pictures = async (run: Run | undefined) =>
      run === undefined ? [] : (await studio.pictures(run)).map(pixelDigest);
    expect(await pictures(winner)).toEqual(await pictures(same));
  });
});
