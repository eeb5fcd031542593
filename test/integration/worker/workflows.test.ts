import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { encodePng } from '../../../src/pixels/png/encode.ts';
import type { Run } from '../../../src/protocol/jobs.ts';
import type { Role } from '../../../src/project/workflows/roles.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';
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
import {
  type Change,
  changesOf,
  isBesideRecipes,
  type RoleWorld,
  SHIPPED_NAMES,
  shippedWorkflow,
} from '../../helpers/role-changes.ts';

/** A green ring on blue, 64×64: its hole shows what a background is taken to be. */
function ring(): Uint8Array {
  const data = new Uint8ClampedArray(64 * 64 * 4);
  for (let at = 0; at < 64 * 64; at += 1) {
    const away = Math.hypot((at % 64) - 31.5, Math.floor(at / 64) - 31.5);
    data.set(away > 10 && away < 24 ? [40, 200, 60, 255] : [20, 30, 220, 255], at * 4);
  }
  return encodePng({ width: 64, height: 64, data }, nodeZlib);
}

describe('workflows on the built-in engine', () => {
  const data = new Folder();
  const engineFolder = new Folder();
  let engine: Child;
  let worker: WorkerProcess;
  let client: WorkerClient;
  const world: RoleWorld = {
    otherCheckpoint: 'builtin/gameboy.safetensors',
    loras: ['builtin/glow.safetensors', 'builtin/outline.safetensors'],
    vae: 'builtin/pixel-vae.safetensors',
    inits: { one: '', other: '' },
    renderSize: '128x192',
  };

  const BASE: Change = {
    size: 16,
    seed: 7,
    steps: 4,
    cfg: 7,
    sampler: 'euler',
    scheduler: 'normal',
    negative: 'blurry',
    checkpoint: 'builtin/arcade.safetensors',
    renderSize: 128,
    pixels: { fix: 'none', background: 'keep' },
  };

  beforeAll(async () => {
    const port = await freePort();
    engine = await startEngine(engineFolder.path, port, '--step-ms', '0', '--load-ms', '0');
    worker = await startWorkerProcess(data.path, {
      arguments: ['--comfyui', `http://127.0.0.1:${port}`],
    });
    client = await worker.connect();
    const { loras } = await client.request('models.list', {});
    world.loras = [loras[0]?.name ?? '', loras[1]?.name ?? ''];
    const { run } = await draw({ ...BASE, prompt: 'oak shield' });
    world.inits = {
      one: await client.putArtifact(ring()),
      other: run.images[0]?.raw ?? '',
    };
  });

  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await engine.kill();
    data[Symbol.dispose]();
    engineFolder[Symbol.dispose]();
  });

  async function draw(recipe: Change): Promise<{ run: Run; pixels: string[] }> {
    const items = [{ recipe: { prompt: 'rusty sword', ...recipe }, count: 1 }];
    const job = { ...newJob(), spec: { kind: 'generate' as const, items } };
    await client.request('jobs.submit', job);
    const ended = await jobEnd(client, job.id);
    if (ended.state !== 'done') throw new Error(`${ended.state}: ${ended.error?.message ?? ''}`);
    const [run] = await runsOf(client, job.id);
    if (run === undefined) throw new Error('no run');
    const pixels: string[] = [];
    for (const { raw } of run.images) {
      const { image } = decodePng(await client.fetchArtifact(raw), nodeZlib);
      const digest = createHash('sha256').update(image.data).digest('hex');
      pixels.push(`${image.width}x${image.height} ${digest}`);
    }
    return { run, pixels };
  }

  /** The plain recipe of a workflow: only what it has a place for. */
  function plain(name: string): Change {
    const { roles } = shippedWorkflow(name);
    const init = roles.init && { init: { image: world.inits.one, denoise: 0.6 } };
    if (roles.positive === undefined) return { workflow: name, prompt: '', ...init };
    return { ...BASE, workflow: name, ...init };
  }

  describe.each(SHIPPED_NAMES)('%s', name => {
    const seen = new Map<string, string>();

    it('draws the same pixels again', async () => {
      const first = await draw(plain(name));
      const again = await draw(plain(name));
      expect(again.pixels).toEqual(first.pixels);
      expect(again.run.promptId).not.toBe(first.run.promptId);
      seen.set(first.pixels.join(), 'the plain recipe');
    });

    const roles = Object.keys(shippedWorkflow(name).roles) as Role[];
    it.each(roles.filter(role => !isBesideRecipes(role)))(
      'draws something else for another %s',
      async role => {
        const changes = changesOf(role, world);
        expect(changes.length).toBeGreaterThan(0);
        for (const change of changes) {
          const { pixels } = await draw({ ...plain(name), ...change });
          expect(seen.get(pixels.join()), JSON.stringify(change)).toBeUndefined();
          seen.set(pixels.join(), JSON.stringify(change));
        }
      },
    );
  });

  it.each([
    ['draft-sdxl', 'distill', 'glow.safetensors'],
    ['remove-background', 'background', 'colour-key.safetensors'],
    ['sprite-cutout-sdxl', 'background', 'colour-key.safetensors'],
  ])('%s draws something else with another file for %s', async (name, role, file) => {
    const recipe = { ...plain(name), prompt: name === 'remove-background' ? '' : 'gold ring' };
    const before = await draw(recipe);
    const overlay = join(data.path, 'workflows', `${name}.roles.yaml`);
    writeFileSync(overlay, `models: { ${role}: ${file} }\n`);
    const after = await draw(recipe);
    const { graph } = await client.request('runs.get', { job: after.run.job, run: 0 });
    expect(JSON.stringify(graph)).toContain(`"builtin/${file}"`);
    if (name !== 'sprite-cutout-sdxl') expect(after.pixels).not.toEqual(before.pixels);
    expect(after.run.recipe.graph).not.toBe(before.run.recipe.graph);
    expect(after.run.drawDigest).not.toBe(before.run.drawDigest);
    rmSync(overlay);
    expect((await draw(recipe)).run.drawDigest).toBe(before.run.drawDigest);
  });

  it('say which file is missing and what to do, before anything is drawn', async () => {
    const overlay = join(data.path, 'workflows', 'draft-sdxl.roles.yaml');
    writeFileSync(overlay, 'models: { background: x, distill: y }\n');
    const background = join(data.path, 'workflows', 'remove-background.roles.yaml');
    writeFileSync(background, 'models: { background: absent.safetensors }\n');
    await expect(draw(plain('remove-background'))).rejects.toMatchObject({
      code: 'unknown-model',
      message: expect.stringMatching(
        /absent\.safetensors.*models\/background_removal.*remove-background\.roles\.yaml/s,
      ) as string,
    });
    const problem = await until('the list says so', async () => {
      const { workflows } = await client.request('workflows.list', {});
      return workflows.find(workflow => workflow.name === 'remove-background')?.problem;
    });
    expect(problem).toMatch(/absent\.safetensors/);
    const { findings } = await client.request('doctor', {});
    expect(findings.find(({ check }) => check.startsWith('workflow remove-background'))).toEqual(
      expect.objectContaining({ level: 'note' }),
    );
    rmSync(overlay);
    rmSync(background);
  });

  it('deliver a picture without background at its own size, with the hole kept or keyed', async () => {
    const { run, pixels } = await draw(plain('remove-background'));
    expect(pixels[0]).toMatch(/^64x64 /);
    expect(run.recipe).toMatchObject({ checkpoint: 'none', seed: 0, pixels: { fix: 'none' } });
    const [image] = run.images;
    const { image: cut } = decodePng(await client.fetchArtifact(image?.raw ?? ''), nodeZlib);
    const alphaAt = (x: number, y: number) => cut.data[(y * 64 + x) * 4 + 3];
    expect([alphaAt(0, 0), alphaAt(31, 15), alphaAt(31, 31)]).toEqual([0, 255, 255]);
    await expect(draw({ ...plain('remove-background'), prompt: 'a sword' })).rejects.toMatchObject({
      code: 'missing-role',
      data: { role: 'positive' },
    });
    await expect(draw({ ...plain('remove-background'), seed: 3 })).rejects.toMatchObject({
      code: 'missing-role',
      data: { role: 'seed' },
    });
  });

  describe.each([
    ['sprite-sdxl', 'euler', ['LatentFromBatch', 'KSampler']],
    ['sprite-sdxl', 'euler_ancestral', ['KSampler', 'LatentFromBatch']],
    ['draft-sdxl', 'lcm', ['KSampler', 'LatentFromBatch']],
    ['image-to-image-sdxl', 'euler', ['LatentFromBatch', 'KSampler']],
    ['sprite-cutout-sdxl', 'dpmpp_2m', ['LatentFromBatch', 'KSampler']],
  ])('a batch of %s with %s', (name, sampler, order) => {
    it('has images of which each is drawn again alone, pixel for pixel', async () => {
      const recipe: Change = {
        ...plain(name),
        sampler,
        batch: 3,
        pixels: { fix: 'pixels', background: 'alpha' },
      };
      const whole = await draw(recipe);
      expect(new Set(whole.pixels).size).toBe(3);
      for (const batchIndex of [0, 1, 2]) {
        const alone = await draw({ ...recipe, batchIndex });
        expect(alone.pixels).toEqual([whole.pixels[batchIndex]]);
        expect(alone.run.images).toMatchObject([{ index: batchIndex, size: 3 }]);
        expect(alone.run.drawDigest).not.toBe(whole.run.drawDigest);
        const { graph } = await client.request('runs.get', { job: alone.run.job, run: 0 });
        const nodes = graph as Record<string, { class_type: string; inputs: object }>;
        const [takes] = Object.entries(nodes).filter(
          ([, node]) => node.class_type === 'LatentFromBatch',
        );
        const [source] = (takes?.[1].inputs as { samples: [string] }).samples;
        expect(nodes[source]?.class_type === 'KSampler').toBe(order[0] === 'KSampler');
      }
    });
  });

  it('have no image of a batch that is not in it', async () => {
    for (const change of [{ batch: 2, batchIndex: 2 }, { batchIndex: 1 }]) {
      await expect(draw({ ...plain('sprite-sdxl'), ...change })).rejects.toMatchObject({
        code: 'invalid-params',
        message: expect.stringMatching(/no image/) as string,
      });
    }
  });

  describe('that a person brings', () => {
    const graph = shippedWorkflow('sprite-sdxl').graph;

    it('are checked, added, listed and drawn with', async () => {
      const bare = Object.fromEntries(
        Object.entries(graph).map(([id, { class_type, inputs }]) => [id, { class_type, inputs }]),
      );
      const sidecar = {
        title: 'Mine',
        roles: {
          '3': 'positive',
          '6': 'seed',
          '5': 'size',
          '1': 'checkpoint',
          '7': 'vae',
          '2': 'lora',
        },
      };
      const check = await client.request('workflows.check', { name: 'mine', graph: bare, sidecar });
      expect(check.servers).toEqual([expect.objectContaining({ findings: [], left: 0 })]);
      expect(check.missing.map(({ role }) => role)).toEqual(
        expect.arrayContaining(['negative', 'steps']),
      );
      const added = { name: 'mine', graph: bare, sidecar };
      expect(await client.request('workflows.add', added)).toEqual({ replaced: false });
      await expect(client.request('workflows.add', added)).rejects.toMatchObject({
        code: 'conflict',
      });
      const { workflows } = await client.request('workflows.list', {});
      expect(workflows.find(({ name }) => name === 'mine')).toMatchObject({
        title: 'Mine',
        origin: 'user',
        problem: null,
      });
      const recipe: Change = { workflow: 'mine', size: 16, seed: 7, renderSize: 128 };
      const first = await draw(recipe);
      // Roles that a person corrects hold for the next run, although the graph is the same.
      const corrected = { ...sidecar, roles: { ...sidecar.roles, '6': 'seed steps' } };
      await client.request('workflows.add', { ...added, sidecar: corrected, replace: true });
      const second = await draw({ ...recipe, steps: 3 });
      expect(second.run.recipe).toMatchObject({ steps: 3 });
      expect(second.pixels).not.toEqual(first.pixels);
    });

    it('are refused in the editor format, with a missing class, or under a name that leaves the folder', async () => {
      await expect(
        client.request('workflows.check', { graph: { nodes: [], links: [] } }),
      ).rejects.toMatchObject({
        code: 'invalid-workflow',
        message: expect.stringMatching(/Export \(API\)/) as string,
      });
      for (const name of ['../mine', 'a/b', '..', '.hidden']) {
        await expect(client.request('workflows.add', { name, graph })).rejects.toMatchObject({
          code: 'invalid-params',
        });
      }
      const strange = { ...graph, '99': { class_type: 'FaceDetailer', inputs: {} } };
      const { servers } = await client.request('workflows.check', { graph: strange });
      expect(servers[0]?.findings[0]).toMatchObject({
        level: 'error',
        code: 'unknown-class',
        message: expect.stringMatching(/Impact-Pack/) as string,
      });
      await client.request('workflows.add', { name: 'strange', graph: strange });
      await until('the list says so', async () => {
        const { workflows } = await client.request('workflows.list', {});
        return workflows.find(({ name }) => name === 'strange')?.problem?.includes('FaceDetailer');
      });
    });

    it('are checked when they have 4,000 nodes', async () => {
      const large = structuredClone(graph);
      for (let id = 1000; Object.keys(large).length < 4000; id += 1) {
        large[id] = { class_type: 'CLIPSetLastLayer', inputs: { clip: ['1', 1] } };
      }
      const { servers } = await client.request('workflows.check', { graph: large });
      expect(servers[0]?.findings.length).toBe(200);
      expect(servers[0]?.left).toBe(3791);
      expect(servers[0]?.findings[0]).toMatchObject({ code: 'missing-input' });
    });
  });
});
