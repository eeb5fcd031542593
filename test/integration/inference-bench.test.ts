import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { BenchResult } from '../../src/cli/bench/result.ts';
import {
  Folder,
  freePort,
  jobEnd,
  newJob,
  runsOf,
  startEngine,
  startWorkerProcess,
  until,
} from '../helpers/processes.ts';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.cjs');
const run = promisify(execFile);

/** Runs the command line against the worker of a data folder. */
async function cli(data: string, ...arguments_: string[]): Promise<string> {
  const environment = { DGX_PIXELS_DATA: data, DGX_PIXELS_RUNTIME: join(data, 'run') };
  const { stdout } = await run(process.execPath, [CLI, ...arguments_, '--no-start'], {
    env: { ...process.env, DGX_PIXELS_CONNECT: '', ...environment },
  });
  return stdout;
}

function configFile(folder: string, config: object): string[] {
  const path = join(folder, 'worker.yaml');
  writeFileSync(path, stringify(config));
  return ['--config', path];
}

describe('dgx-pixels bench inference', () => {
  it('measures cold and warm, says that the built-in engine is a placeholder, and writes JSON and Markdown', async () => {
    using data = new Folder();
    using out = new Folder();
    await using worker = await startWorkerProcess(data.path);
    const client = await worker.connect();
    const stdout = await cli(
      data.path,
      ...['bench', 'inference', '--steps', '3', '--render-size', '256'],
      ...['--batches', '1,2', '--runs', '2', '--out', out.path, '--json'],
    );
    const result = JSON.parse(stdout) as BenchResult;
    expect(result.placeholder).toBe(true);
    expect(result.recipe).toMatchObject({ steps: 3, renderSize: [256, 256] });
    expect(
      result.measures.map(({ kind, batch, engineMs }) => [kind, batch, engineMs.length]),
    ).toEqual([
      ['cold', 1, 1],
      ['warm', 1, 2],
      ['warm', 2, 2],
    ]);
    for (const { secondsPerImage, imagesPerMinute, kind, memory, servers } of result.measures) {
      expect(secondsPerImage).toBeGreaterThan(0);
      if (kind === 'warm') expect(imagesPerMinute).toBeGreaterThan(0);
      expect(memory.usedPeakBytes).toBeGreaterThanOrEqual(memory.usedBeforeBytes ?? Infinity);
      if (process.platform === 'linux') expect(memory.processPeakBytes).toBeGreaterThan(10e6);
      expect(servers).toEqual(['builtin']);
    }
    const files = readdirSync(out.path).sort();
    expect(files.map(name => name.replace(/^.*\./, ''))).toEqual(['json', 'md']);
    expect(JSON.parse(readFileSync(join(out.path, files[0] ?? ''), 'utf8'))).toEqual(result);
    expect(readFileSync(join(out.path, files[1] ?? ''), 'utf8')).toContain(
      'These are no inference times',
    );
    // Every measured run drew something of its own.
    const { jobs } = await client.request('jobs.list', {});
    const runs = (await Promise.all(jobs.map(async ({ id }) => runsOf(client, id)))).flat();
    expect(new Set(runs.map(({ recipe }) => recipe.seed)).size).toBe(runs.length);
  });

  it('refuses beside unfinished jobs, and tells what cannot be measured', async () => {
    using data = new Folder();
    using out = new Folder();
    await using worker = await startWorkerProcess(data.path);
    const client = await worker.connect();
    await client.request('lanes.pause', { lane: 'batch' });
    const waiting = { ...newJob({}, 1), lane: 'batch' as const };
    await client.request('jobs.submit', waiting);
    await expect(cli(data.path, 'bench', 'inference', '--out', out.path)).rejects.toMatchObject({
      stderr: expect.stringContaining('unfinished jobs') as string,
    });
    await client.request('jobs.cancel', { target: { job: waiting.id } });
    await expect(
      cli(data.path, 'bench', 'inference', '--checkpoint', 'no.safetensors', '--out', out.path),
    ).rejects.toMatchObject({ code: 2 });
    expect(readdirSync(out.path)).toEqual([]);
  });
});

describe('memory', () => {
  it('is freed on the idle server before a run that does not fit, which then fails with the gigabytes', async () => {
    using data = new Folder();
    using folder = new Folder();
    const port = await freePort();
    await using engine = await startEngine(join(folder.path, 'engine'), port);
    expect(engine.alive).toBe(true);
    await using worker = await startWorkerProcess(data.path, {
      arguments: configFile(folder.path, {
        servers: [{ name: 'tight', url: `http://127.0.0.1:${port}` }],
        // Less than any machine uses by itself.
        memory: { guardGB: 0.05 },
      }),
    });
    const client = await worker.connect();
    const job = newJob({ steps: 2 }, 1);
    await client.request('jobs.submit', job);
    const ended = await jobEnd(client, job.id);
    expect(ended.state).toBe('failed');
    expect(ended.error?.code).toBe('engine-out-of-memory');
    expect(ended.error?.message).toMatch(
      /would need \d+\.\d GB by forecast, but tight has room for/,
    );
    expect(ended.error?.message).toContain('at most 0.1 GB may be');
    expect(ended.error?.message).toContain('Its models were unloaded already');
    const { servers } = await client.request('status', {});
    expect(servers[0]?.memory?.guardBytes).toBe(0.05e9);
    const { forecast } = await client.request('recipes.resolve', { recipe: { prompt: 'sword' } });
    expect(forecast).toMatchObject({ server: 'tight', fits: false, guardBytes: 0.05e9 });
  });

  it('is let alone where the configuration does not enforce the guard', async () => {
    using data = new Folder();
    using folder = new Folder();
    await using worker = await startWorkerProcess(data.path, {
      arguments: configFile(folder.path, { memory: { guardGB: 0.05, enforce: false } }),
    });
    const client = await worker.connect();
    const job = newJob({ steps: 2 }, 2);
    await client.request('jobs.submit', job);
    expect((await jobEnd(client, job.id)).state).toBe('done');
  });

  it('is unloaded on request, but not while the server draws', async () => {
    using data = new Folder();
    using folder = new Folder();
    await using worker = await startWorkerProcess(data.path, {
      arguments: configFile(folder.path, { builtin: { stepMs: 50, loadMs: 400 } }),
    });
    const client = await worker.connect();
    const job = newJob({ steps: 40 }, 1);
    await client.request('jobs.submit', job);
    await until('it draws', async () => (await runsOf(client, job.id))[0]?.state === 'running');
    await expect(client.request('engines.free', {})).rejects.toMatchObject({ code: 'conflict' });
    await client.request('jobs.cancel', { target: { job: job.id } });
    await jobEnd(client, job.id);
    const freed = await until('it is idle', async () =>
      client.request('engines.free', { server: 'builtin' }).catch(() => null),
    );
    expect(freed.servers).toEqual(['builtin']);
    await expect(client.request('engines.free', { server: 'nobody' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('what was learnt of step times', () => {
  it('is told per model, size and batch, and survives a restart', async () => {
    using data = new Folder();
    const jobs = [
      newJob({ steps: 3, renderSize: 256 }, 1),
      newJob({ steps: 3, renderSize: 512 }, 1),
      newJob({ steps: 3, renderSize: 256, batch: 2 }, 1),
      newJob({ steps: 3, renderSize: 256, checkpoint: 'builtin/gameboy.safetensors' }, 1),
    ];
    {
      await using worker = await startWorkerProcess(data.path);
      const client = await worker.connect();
      for (const job of jobs) {
        await client.request('jobs.submit', job);
        expect((await jobEnd(client, job.id)).state).toBe('done');
      }
    }
    await using worker = await startWorkerProcess(data.path);
    const client = await worker.connect();
    const { stepTimes } = await client.request('models.list', {});
    const kinds = (stepTimes ?? []).map(({ checkpoint, renderSize, batch, samples }) => [
      checkpoint,
      renderSize[0],
      batch,
      samples,
    ]);
    expect(kinds.sort()).toEqual([
      ['builtin/arcade.safetensors', 256, 1, 1],
      ['builtin/arcade.safetensors', 256, 2, 1],
      ['builtin/arcade.safetensors', 512, 1, 1],
      ['builtin/gameboy.safetensors', 256, 1, 1],
    ]);
    expect(await cli(data.path, 'models')).toContain('LEARNT FROM RUNS');
    const again = newJob({ steps: 3, renderSize: 512 }, 1);
    const etas: (number | undefined)[] = [];
    client.onEvent(event => {
      if (event.type === 'run.progress' && event.job === again.id) etas.push(event.eta);
    });
    await client.subscribe();
    await client.request('jobs.submit', again);
    await jobEnd(client, again.id);
    await until('progress was told', () => etas.length > 0);
    // Known before the first step of this run.
    expect(etas[0]).toBeGreaterThan(0);
  });
});
