import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuid7 } from '../../../src/client/uuid7.ts';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import { readPngText } from '../../../src/pixels/png-text.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { digestOfImage } from '../../../src/project/pixels/image-recipe.ts';
import type { Run } from '../../../src/protocol/jobs.ts';
import type { MethodParams } from '../../../src/protocol/methods.ts';
import type { PixelSettingsInput } from '../../../src/protocol/pixels.ts';
import type { RecipeInput } from '../../../src/protocol/recipe.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';
import { builtinTruth, rightShare } from '../../helpers/builtin-truth.ts';
import {
  Folder,
  jobEnd,
  newJob,
  runsOf,
  startWorkerProcess,
  type WorkerProcess,
} from '../../helpers/processes.ts';

describe('the pixel stage of the worker', () => {
  const data = new Folder();
  let worker: WorkerProcess;
  let client: WorkerClient;

  beforeAll(async () => {
    worker = await startWorkerProcess(data.path);
    client = await worker.connect();
  });

  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    data[Symbol.dispose]();
  });

  const draw = (recipe: Partial<RecipeInput>) => submit(newJob({ renderSize: 512, ...recipe }));

  async function submit(job: MethodParams<'jobs.submit'>): Promise<Run> {
    await client.request('jobs.submit', job);
    await jobEnd(client, job.id);
    const [run] = await runsOf(client, job.id);
    if (run === undefined) throw new Error('The job has no run.');
    return run;
  }

  async function pictureOf(digest: string) {
    return decodePng(await client.fetchArtifact(digest), nodeZlib).image;
  }

  const refix = (run: Run, pixels: PixelSettingsInput, image?: number) =>
    client.request('images.refix', {
      job: run.job,
      run: run.index,
      pixels,
      ...(image !== undefined && { image }),
    });

  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'it went well',
      (error: unknown) => (error as { code: string }).code,
    );

  for (const size of [16, 32, 64]) {
    it(`delivers the true pixels of sprites of ${size}x${size}, and says how sure it is`, async () => {
      for (const prompt of ['rusty sword', 'health potion', 'wizard with staff', 'oak tree']) {
        const run = await draw({ prompt, size, renderSize: 1024 });
        const { images, recipe } = run;
        const { init: _, ...drawn } = recipe;
        const [image] = images;
        const truth = builtinTruth({ ...drawn, loras: [], index: 0, width: size, height: size });
        const sprite = await pictureOf(image!.sprite);
        expect([sprite.width, sprite.height]).toEqual([size, size]);
        expect(rightShare(sprite, truth, 16), `${prompt} ${size}`).toBeGreaterThan(0.995);
        expect(image).toMatchObject({
          fix: 'pixels',
          warnings: [],
          report: { cells: [size, size], fit: 'exact', background: { action: 'removed' } },
        });
        expect(image!.report!.confidence).toBeGreaterThanOrEqual(0.5);
        expect(image!.report!.pitch[0]).toBeCloseTo(1024 / size, 1);
      }
    });
  }

  it('makes a new sprite of the kept picture without drawing, and the journal tells of it', async () => {
    const run = await draw({ size: 32 });
    const [before] = run.images;
    const palette = ['#1a1c2c', '#566c86', '#f4f4f4'];
    const { run: after, changed } = await refix(run, { palette });
    expect(changed).toBe(1);
    const [image] = after.images;
    expect(image!.raw).toBe(before!.raw);
    expect(image!.sprite).not.toBe(before!.sprite);
    expect(image!.report!.colors.after).toBeLessThanOrEqual(3);
    expect(image!.pixels).toMatchObject({ palette, fix: 'pixels', background: 'alpha' });
    expect(after).toMatchObject({ state: 'done', recipe: run.recipe, drawDigest: run.drawDigest });
    expect(after.finishedAt).toBe(run.finishedAt);

    const colors = new Set<string>();
    const { data: cells } = await pictureOf(image!.sprite);
    for (let at = 0; at < cells.length; at += 4) {
      if (cells[at + 3] === 255)
        colors.add(Buffer.from(cells.subarray(at, at + 3)).toString('hex'));
    }
    expect(palette).toEqual(expect.arrayContaining([...colors].map(color => `#${color}`)));

    const { history } = await client.request('runs.get', { job: run.job, run: 0 });
    expect(history.at(-1)).toMatchObject({
      from: 'done',
      to: 'done',
      reason: 'image 1 of 1 fixed again',
    });
    const { events } = await client.request('events.since', { after: 0, limit: 5000 });
    const told = events.filter(({ type, job }) => type === 'run.image' && job === run.job);
    expect(told.map(event => event['digest'])).toEqual([before!.sprite, image!.sprite]);
  });

  it('answers the same request again without doing it again, and goes back to the recipe of the run', async () => {
    const run = await draw({ size: 16 });
    const first = await refix(run, { palette: 4 });
    const again = await refix(run, { palette: 4 });
    expect(again).toEqual({ run: first.run, changed: 0 });
    const back = await refix(run, {});
    expect(back.run.images).toEqual(run.images);
  });

  it('tells of every sprite what it was made with, of earlier ones too', async () => {
    const run = await draw({ size: 16 });
    const four = (await refix(run, { palette: 4 })).run;
    const two = (await refix(run, { palette: 2 })).run;
    const recipeOf = (digest: string) => client.request('artifacts.recipe', { digest });
    for (const [now, palette] of [
      [run, 'auto'],
      [four, 4],
      [two, 2],
    ] as const) {
      const { sprite } = now.images[0]!;
      const told = await recipeOf(sprite);
      expect(told.recipe).toEqual({ ...run.recipe, pixels: { ...run.recipe.pixels, palette } });
      expect(told.recipeDigest).toBe(digestOfImage(now, now.images[0]!));
      expect(told.drawDigest).toBe(run.drawDigest);
      const text = readPngText(await client.fetchArtifact(sprite), nodeZlib);
      expect(JSON.parse(text['dgx-pixels']!)).toMatchObject({
        recipeDigest: told.recipeDigest,
        raw: run.images[0]!.raw,
      });
    }
  });

  it('fixes one image of a batch and leaves the others, or all of them', async () => {
    const run = await draw({ size: 16, batch: 3 });
    const one = await refix(run, { outline: 'add', outlineColor: '#FF0000' }, 1);
    expect(one.changed).toBe(1);
    const same = one.run.images.map(({ sprite }, place) => sprite === run.images[place]!.sprite);
    expect(same).toEqual([true, false, true]);
    expect(one.run.images[1]!.report!.outline).toBeGreaterThan(0);
    const all = await refix(run, { outline: 'add', outlineColor: '#ff0000' });
    expect(all.changed).toBe(2);
    expect(await codeOf(refix(run, {}, 3))).toBe('not-found');
  });

  it('keeps the picture as it is on request, also when many ask at once', async () => {
    const run = await draw({ size: 16 });
    await Promise.all([2, 3, 4, 5].map(palette => refix(run, { palette })));
    const { run: after } = await refix(run, { fix: 'none' });
    expect(after.images[0]).toMatchObject({ fix: 'none', sprite: run.images[0]!.raw, width: 512 });
    expect(after.images[0]!.report).toBeUndefined();
  });

  it('fails a run whose picture holds too many cells, keeps the picture, and is done once it fits', async () => {
    const { images } = await draw({ size: 32 });
    const recipe: RecipeInput = {
      ...{ prompt: '', workflow: 'remove-background', size: 8, pixels: { fit: 'fail' } },
      init: { image: images[0]!.raw },
    };
    const run = await submit({ id: uuid7(), spec: { kind: 'generate', items: [{ recipe }] } });
    expect(run).toMatchObject({ state: 'failed', error: { code: 'too-many-cells' } });
    expect(run.images[0]).toMatchObject({ fix: 'none', sprite: run.images[0]!.raw });
    expect(await codeOf(refix(run, { fit: 'fail', palette: 3 }))).toBe('too-many-cells');
    const { run: mended } = await refix(run, { fit: 'reduce' });
    expect(mended).toMatchObject({ state: 'done', error: null });
    expect(mended.images[0]).toMatchObject({ width: 8, height: 8, fix: 'pixels' });
    const { job } = await client.request('jobs.get', { id: run.job });
    expect(job).toMatchObject({ state: 'done', error: null, runs: { done: 1, failed: 0 } });
  });

  it('refuses what cannot be fixed again with what to do', async () => {
    const run = await draw({ size: 16 });
    const absent = { ...run, job: '01932f5a-7b3c-7def-8123-456789abcdef' };
    expect(await codeOf(refix(absent, {}))).toBe('not-found');
    expect(await codeOf(refix(run, { palette: [] }))).toBe('invalid-params');
    expect(await codeOf(refix(run, { palette: 300 }))).toBe('invalid-params');
    expect(await codeOf(refix(run, { palette: ['red'] }))).toBe('invalid-params');
    const many = Array.from({ length: 300 }, (_, color) => color.toString(16).padStart(6, '0'));
    expect(await codeOf(refix(run, { palette: many }))).toBe('invalid-params');
    const failed = await draw({ prompt: 'sword __fail__' });
    expect(await codeOf(refix(failed, {}))).toBe('conflict');
    await client.request('artifacts.prune', { toBytes: 0 });
    await worker[Symbol.asyncDispose]();
    worker = await startWorkerProcess(data.path);
    client = await worker.connect();
    expect(await codeOf(refix(run, { palette: 7 }))).toBe('not-found');
  });
});
