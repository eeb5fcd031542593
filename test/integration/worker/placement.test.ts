import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { uuid7 } from '../../../src/client/uuid7.ts';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import type { Run } from '../../../src/protocol/jobs.ts';
import type { RecipeInput } from '../../../src/protocol/recipe.ts';
import {
  type LimitedEngine,
  type Limits,
  startLimitedEngine,
} from '../../helpers/limited-engine.ts';
import {
  type Child,
  Folder,
  freePort,
  jobEnd,
  newJob,
  runsOf,
  startEngine,
  startWorkerProcess,
  until,
  type WorkerProcess,
} from '../../helpers/processes.ts';
import { kohyaLora, unetCheckpoint } from '../../unit/models/model-file.ts';

const ARCADE = 'builtin/arcade.safetensors';
const GAMEBOY = 'builtin/gameboy.safetensors';
const GLOW = 'builtin/glow.safetensors';

/** A worker at several engines that have different things. */
class Studio implements AsyncDisposable {
  readonly folder: Folder;
  readonly engines: Record<string, LimitedEngine>;
  readonly #children: Child[];
  readonly #worker: WorkerProcess;
  readonly client: WorkerClient;

  private constructor(
    folder: Folder,
    engines: Record<string, LimitedEngine>,
    children: Child[],
    worker: WorkerProcess,
    client: WorkerClient,
  ) {
    this.folder = folder;
    this.engines = engines;
    this.#children = children;
    this.#worker = worker;
    this.client = client;
  }

  /** @param files model files by server and path below its models folder */
  static async open(
    servers: Record<string, Limits>,
    files: Record<string, Record<string, Uint8Array>> = {},
    stepMs = 15,
  ): Promise<Studio> {
    const folder = new Folder();
    const engines: Record<string, LimitedEngine> = {};
    const children: Child[] = [];
    for (const [name, limits] of Object.entries(servers)) {
      const port = await freePort();
      const data = join(folder.path, name, 'engine');
      children.push(await startEngine(data, port, '--step-ms', String(stepMs)));
      engines[name] = await startLimitedEngine(port, limits);
      mkdirSync(join(folder.path, name, 'models'), { recursive: true });
      for (const [path, bytes] of Object.entries(files[name] ?? {})) {
        saveModel(folder, name, path, bytes);
      }
    }
    const config = join(folder.path, 'worker.yaml');
    const configured = Object.entries(engines).map(([name, { url }]) => ({
      name,
      url,
      modelRoots: [join(folder.path, name, 'models')],
    }));
    writeFileSync(config, stringify({ servers: configured }));
    const worker = await startWorkerProcess(join(folder.path, 'data'), {
      arguments: ['--config', config],
    });
    const studio = new Studio(folder, engines, children, worker, await worker.connect());
    await until('all engines are ready', async () => {
      const { servers: states } = await studio.client.request('status', {});
      return states.every(({ state }) => state === 'ready');
    });
    return studio;
  }

  async submit(items: readonly { recipe: Partial<RecipeInput>; count?: number }[]) {
    const id = uuid7();
    const { warnings } = await this.client.request('jobs.submit', {
      id,
      spec: {
        kind: 'generate',
        items: items.map(({ recipe, count = 1 }) => ({
          recipe: { prompt: 'rusty sword', size: 16, seed: 7, steps: 4, ...recipe },
          count,
        })),
      },
    });
    return { id, warnings };
  }

  runs(job: string): Promise<Run[]> {
    return runsOf(this.client, job);
  }

  /** Waits until the files of a model are read on every server that has one. */
  async untilRead(name: string): Promise<void> {
    await until(`${name} is read`, async () => {
      const all = await this.client.request('models.list', {});
      const model = [...all.checkpoints, ...all.loras].find(each => each.name === name);
      return model?.sha256 !== null || (model.problem ?? '').includes('different files');
    });
  }

  async stamp(run: Run | undefined) {
    const digest = run?.images[0]?.raw ?? '';
    return (await this.client.request('artifacts.recipe', { digest })).engine;
  }

  async history(job: string, run = 0): Promise<string[]> {
    const { history } = await this.client.request('runs.get', { job, run });
    return history.map(({ reason }) => reason);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker[Symbol.asyncDispose]();
    for (const engine of Object.values(this.engines)) engine.close();
    await Promise.all(this.#children.map(child => child.kill()));
    this.folder[Symbol.dispose]();
  }
}

function saveModel(folder: Folder, server: string, path: string, bytes: Uint8Array): void {
  const file = join(folder.path, server, 'models', path);
  mkdirSync(join(file, '..'), { recursive: true });
  // As a download ends: written beside, then renamed.
  writeFileSync(`${file}.part`, bytes);
  renameSync(`${file}.part`, file);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('servers with different models', () => {
  it('draw the contenders of one job side by side, each what it has', async () => {
    await using studio = await Studio.open(
      { left: { without: [GAMEBOY] }, right: { without: [ARCADE] } },
      {},
      40,
    );
    const { id } = await studio.submit(
      [ARCADE, GAMEBOY].map(checkpoint => ({ recipe: { checkpoint, steps: 12 }, count: 3 })),
    );
    await until('both draw at once', async () => {
      const running = (await studio.runs(id)).filter(({ state }) => state === 'running');
      return new Set(running.map(({ server }) => server)).size === 2;
    });
    expect((await jobEnd(studio.client, id)).state).toBe('done');
    for (const { recipe, server } of await studio.runs(id)) {
      expect(server).toBe(recipe.checkpoint === ARCADE ? 'left' : 'right');
    }
  });

  it('leave to others what they lack a LoRA, a background model, a sampler or a node class for', async () => {
    await using studio = await Studio.open({
      bare: {
        without: [GLOW, 'heun', 'builtin/border-key.safetensors', 'builtin/colour-key.safetensors'],
        withoutClasses: ['LatentFromBatch'],
      },
      full: {},
    });
    const wanting: Partial<RecipeInput>[] = [
      { loras: [{ name: GLOW }] },
      { workflow: 'sprite-cutout-sdxl' },
      { sampler: 'heun' },
      { batch: 2, batchIndex: 1 },
    ];
    const jobs = wanting.map(async recipe => (await studio.submit([{ recipe, count: 2 }])).id);
    const { id: anywhere } = await studio.submit([{ recipe: {}, count: 6 }]);
    for (const job of await Promise.all(jobs)) {
      expect((await jobEnd(studio.client, job)).state).toBe('done');
      expect((await studio.runs(job)).map(({ server }) => server)).toEqual(['full', 'full']);
    }
    expect((await jobEnd(studio.client, anywhere)).state).toBe('done');
  });

  it('refuse at once what each has only half of, naming what each lacks', async () => {
    await using studio = await Studio.open({
      left: { without: [GLOW] },
      right: { without: [GAMEBOY] },
    });
    const recipe = { checkpoint: GAMEBOY, loras: [{ name: GLOW }] };
    await expect(studio.submit([{ recipe }])).rejects.toMatchObject({
      code: 'unknown-model',
      message: expect.stringMatching(/left .*glow.*right .*gameboy/s) as unknown,
    });
  });
});

describe('servers with different files under one name', () => {
  const [ours, theirs] = [unetCheckpoint(2048), Buffer.from(unetCheckpoint(2048))];
  theirs[theirs.length - 1] = 0x11;
  const path = `checkpoints/${ARCADE}`;
  const comfyui = { asComfyui: true };

  it('draw a job with one of them only, say so, and record the hash of the one that drew', async () => {
    await using studio = await Studio.open(
      { left: comfyui, right: comfyui },
      { left: { [path]: ours }, right: { [path]: theirs } },
    );
    await studio.untilRead(ARCADE);
    const { id, warnings } = await studio.submit([{ recipe: {}, count: 5 }]);
    expect(warnings.join()).toMatch(/of right .* another file than that of left/);
    expect((await jobEnd(studio.client, id)).state).toBe('done');
    const runs = await studio.runs(id);
    expect(runs.map(({ server }) => server)).toEqual(Array(5).fill('left'));
    expect((await studio.stamp(runs[0]))?.models).toEqual([
      { kind: 'checkpoint', name: ARCADE, sha256: sha256(ours) },
    ]);
  });

  it('wait with a sentence that names both while the right one is away, and draw when it is back', async () => {
    await using studio = await Studio.open(
      { left: comfyui, right: comfyui },
      { left: { [path]: ours }, right: { [path]: theirs } },
    );
    await studio.untilRead(ARCADE);
    await studio.client.request('lanes.pause', { lane: 'interactive' });
    const { id } = await studio.submit([{ recipe: {} }]);
    const { left } = studio.engines;
    left?.close();
    await until('it is noticed', async () => {
      const { servers } = await studio.client.request('status', {});
      return servers[0]?.state !== 'ready';
    });
    await studio.client.request('lanes.resume', { lane: 'interactive' });
    const reason = await until('its history says what it waits for', async () =>
      (await studio.history(id)).find(each => each.includes('waits for a server')),
    );
    expect(reason).toContain(sha256(ours).slice(0, 12));
    expect(reason).toContain(sha256(theirs).slice(0, 12));
    expect((await studio.runs(id))[0]?.state).toBe('queued');
    await left?.reopen();
    expect((await jobEnd(studio.client, id)).state).toBe('done');
    expect((await studio.runs(id))[0]?.server).toBe('left');
  });

  it('draw together what the same file is on both', async () => {
    await using studio = await Studio.open(
      { left: comfyui, right: comfyui },
      { left: { [path]: ours }, right: { [path]: ours } },
      40,
    );
    await studio.untilRead(ARCADE);
    const { id, warnings } = await studio.submit([{ recipe: { steps: 10 }, count: 6 }]);
    expect(warnings).toEqual([]);
    expect((await jobEnd(studio.client, id)).state).toBe('done');
    const used = new Set((await studio.runs(id)).map(({ server }) => server));
    expect(used).toEqual(new Set(['left', 'right']));
  });
});

describe('a file that is replaced while a job waits', () => {
  const base = unetCheckpoint(2048);
  const good = kohyaLora(2048);
  const lora = `loras/${GLOW}`;
  const recipe: Partial<RecipeInput> = { loras: [{ name: GLOW }] };

  const open = (limits: Limits = {}) =>
    Studio.open(
      { box: Object.assign(limits, { asComfyui: true }) },
      { box: { [`checkpoints/${ARCADE}`]: base, [lora]: good } },
    );

  /** A job that waits for its lane. */
  async function waitingJob(studio: Studio): Promise<string> {
    await studio.untilRead(GLOW);
    await studio.client.request('lanes.pause', { lane: 'interactive' });
    return (await studio.submit([{ recipe, count: 2 }])).id;
  }

  it.each([
    ['one of another family', kohyaLora(768), 'invalid-params', /is for SD 1\.5/],
    ['one with NaN', kohyaLora(2048, undefined, NaN), 'invalid-params', /infinite values or NaN/],
    ['another good one', kohyaLora(2048, undefined, 0.5), 'conflict', /was replaced on box/],
    ['half of it', good.subarray(0, good.length - 9), 'invalid-params', /broken/],
  ])('by %s is not drawn with', async (_, bytes, code, message) => {
    await using studio = await open();
    const id = await waitingJob(studio);
    saveModel(studio.folder, 'box', lora, bytes);
    await studio.client.request('lanes.resume', { lane: 'interactive' });
    const job = await jobEnd(studio.client, id);
    expect(job).toMatchObject({ state: 'failed', runs: { failed: 2 }, error: { code } });
    expect(job.error?.message).toMatch(message);
    expect(studio.engines['box']?.asked).not.toContain('POST /prompt');
    const next = newJob();
    await studio.client.request('jobs.submit', next);
    expect((await jobEnd(studio.client, next.id)).state).toBe('done');
  });

  it('by nothing is not drawn with: the server is asked what it still has', async () => {
    const limits: Limits = {};
    await using studio = await open(limits);
    const id = await waitingJob(studio);
    rmSync(join(studio.folder.path, 'box', 'models', lora));
    limits.without = [GLOW];
    await studio.client.request('lanes.resume', { lane: 'interactive' });
    const job = await jobEnd(studio.client, id);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'unknown-model' } });
    expect(job.error?.message).toMatch(/box does not have the LoRA .*glow.* Put the file there/);
    expect(studio.engines['box']?.asked).not.toContain('POST /prompt');
  });

  it('that was just put there is known to the next job, without waiting for the lists', async () => {
    const limits: Limits = { without: [GLOW] };
    await using studio = await open(limits);
    await expect(studio.submit([{ recipe }])).rejects.toMatchObject({ code: 'unknown-model' });
    limits.without = [];
    const { id } = await studio.submit([{ recipe }]);
    expect((await jobEnd(studio.client, id)).state).toBe('done');
  });

  it('is drawn with by the next job, after the engine was told to forget the old one', async () => {
    await using studio = await open();
    const id = await waitingJob(studio);
    await studio.client.request('lanes.resume', { lane: 'interactive' });
    expect((await jobEnd(studio.client, id)).state).toBe('done');
    expect(studio.engines['box']?.asked).not.toContain('POST /free');
    const other = kohyaLora(2048, undefined, 0.5);
    saveModel(studio.folder, 'box', lora, other);
    // Later than the file by more than the clock of the file system lags, sooner than the worker looks at files again.
    await new Promise(resolve => setTimeout(resolve, 50));
    const { id: next } = await studio.submit([{ recipe }]);
    expect((await jobEnd(studio.client, next)).state).toBe('done');
    expect(studio.engines['box']?.asked).toContain('POST /free');
    const [run] = await studio.runs(next);
    expect((await studio.stamp(run))?.models).toContainEqual({
      kind: 'lora',
      name: GLOW,
      sha256: sha256(other),
    });
  });
});
