import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import type { RecipeInput } from '../../../src/protocol/recipe.ts';
import {
  Child,
  Folder,
  jobEnd,
  newJob,
  runsOf,
  startWorkerProcess,
  type WorkerProcess,
} from '../../helpers/processes.ts';

const WORKER = join(import.meta.dirname, '..', '..', '..', 'dist', 'worker.cjs');

describe('bad input', () => {
  const data = new Folder();
  let worker: WorkerProcess;
  let client: WorkerClient;

  beforeAll(async () => {
    mkdirSync(join(data.path, 'workflows'), { recursive: true });
    writeFileSync(
      join(data.path, 'workflows', 'editor.json'),
      JSON.stringify({ nodes: [], links: [], version: 0.4 }),
    );
    writeFileSync(join(data.path, 'workflows', 'torn.json'), '{"1": {"class_type"');
    worker = await startWorkerProcess(data.path);
    client = await worker.connect();
  });

  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    data[Symbol.dispose]();
  });

  const cases: [what: string, recipe: Partial<RecipeInput>, code: string, message: RegExp][] = [
    ['a prompt of 100 kB', { prompt: 'x'.repeat(100_000) }, 'invalid-params', /prompt/],
    ['sprite size 0', { size: 0 }, 'invalid-params', /size/],
    ['sprite size 513', { size: 513 }, 'invalid-params', /size/],
    ['a size that is no size', { size: '32by32' }, 'invalid-params', /size/],
    ['render size 33', { renderSize: 33 }, 'invalid-params', /renderSize/],
    ['render size 16384', { renderSize: 16384 }, 'invalid-params', /renderSize/],
    ['steps -1', { steps: -1 }, 'invalid-params', /steps/],
    ['a cfg that is no number', { cfg: Number.NaN }, 'invalid-params', /cfg/],
    ['seed 0.5', { seed: 0.5 }, 'invalid-params', /seed/],
    ['an unknown checkpoint', { checkpoint: 'arcad' }, 'unknown-model', /Did you mean .*arcade/],
    [
      'an unknown LoRA',
      { loras: [{ name: 'glov', strength: 1 }] },
      'unknown-model',
      /Did you mean .*glow/,
    ],
    [
      'a checkpoint outside the folder',
      { checkpoint: '../../etc/passwd' },
      'invalid-params',
      /checkpoint/,
    ],
    ['a workflow outside the folder', { workflow: '../secret' }, 'invalid-params', /workflow/],
    ['an unknown workflow', { workflow: 'sprite-sdx' }, 'unknown-workflow', /sprite-sdxl/],
    ['a graph in the editor format', { workflow: 'editor' }, 'invalid-workflow', /Export \(API\)/],
    ['a torn graph', { workflow: 'torn' }, 'invalid-workflow', /not JSON/],
    ['an unknown sampler', { sampler: 'eular' }, 'invalid-params', /euler/],
    [
      'an init image that is not there',
      { init: { image: 'a'.repeat(64), denoise: 0.5 } },
      'not-found',
      /upload it first/,
    ],
    [
      'a word that no recipe has',
      { stepz: 3 } as unknown as Partial<RecipeInput>,
      'invalid-params',
      /stepz/,
    ],
  ];

  for (const [what, recipe, code, message] of cases) {
    it(`${what} gets a clear error, and no job is made`, async () => {
      const before = await client.request('status', {});
      const error: unknown = await client
        .request('jobs.submit', newJob(recipe))
        .catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code });
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message.length).toBeLessThan(1_000);
      const after = await client.request('status', {});
      expect(after.jobs.total).toBe(before.jobs.total);
    });
  }

  it('lists near names beside the message of an unknown checkpoint', async () => {
    await expect(
      client.request('jobs.submit', newJob({ checkpoint: 'builtin/arcadee.safetensors' })),
    ).rejects.toMatchObject({ data: { near: ['builtin/arcade.safetensors'] } });
  });

  it('refuses a PNG that is not one, and a torn one, and keeps neither', async () => {
    const torn = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      Buffer.from('and then nothing of the kind'),
    ]);
    await expect(client.putArtifact(torn)).rejects.toMatchObject({ code: 'invalid-image' });
    const text = await client.putArtifact(Buffer.from('plain text in a file called sword.png'));
    await expect(
      client.request('jobs.submit', newJob({ init: { image: text, denoise: 0.5 } })),
    ).rejects.toMatchObject({ code: 'invalid-image' });
  });

  it('says that a job or artifact does not exist', async () => {
    const id = newJob().id;
    await expect(client.request('jobs.get', { id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(client.request('jobs.cancel', { target: { job: id } })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(
      client.request('artifacts.info', { digest: 'b'.repeat(64) }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('still draws after all of that, and what lands has the size that was asked for', async () => {
    const job = newJob({ prompt: '剣 🗡️ épée', size: '24x40' });
    await client.request('jobs.submit', job);
    expect((await jobEnd(client, job.id)).state).toBe('done');
    const [run] = await runsOf(client, job.id);
    expect(run?.images[0]).toMatchObject({
      width: 24,
      height: 40,
      fix: 'pixels',
      placeholder: true,
    });
  });
});

describe('a configuration with a fault', () => {
  const faults: [what: string, text: string, message: RegExp][] = [
    ['an unknown key', 'servrs: []\n', /servrs/],
    ['a wrong type', 'idleExit: soon\n', /idleExit/],
    ['a URL that is none', 'servers:\n  - url: spark:8188\n', /servers\[0\]\.url/],
    [
      'two servers of one name',
      'servers:\n  - {name: a, url: "http://a"}\n  - {name: a, url: "http://b"}\n',
      /named "a"/,
    ],
    ['broken YAML', 'servers: [\n', /line \d+ is not valid YAML/],
  ];
  for (const [what, text, message] of faults) {
    it(`such as ${what} ends with one line that names it and exit code 2`, async () => {
      using folder = new Folder();
      const config = join(folder.path, 'worker.yaml');
      writeFileSync(config, text);
      await using worker = new Child([WORKER, 'serve', '--config', config, '--data', folder.path]);
      expect(await worker.ended()).toBe(2);
      const lines = worker.output.trim().split('\n');
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(message);
      expect(lines[0]).toContain(config);
    });
  }

  it('refuses to listen for other machines without keys, and says how', async () => {
    using folder = new Folder();
    await using worker = new Child([
      WORKER,
      'serve',
      '--data',
      folder.path,
      '--listen',
      'tcp://0.0.0.0:5999',
    ]);
    expect(await worker.ended()).toBe(2);
    expect(worker.output).toMatch(/curve/i);
  });
});
