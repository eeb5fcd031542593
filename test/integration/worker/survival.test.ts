import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, describe } from 'vitest';
import { WorkerClient } from '../../../src/client/worker-client.ts';
import type { Discovery } from '../../../src/local/discovery.ts';
import {
  Child,
  Folder,
  freePort,
  jobEnd,
  newJob,
  runsOf,
  startEngine,
  startWorkerProcess,
  until,
} from '../../helpers/processes.ts';
import { ensureNode22, requireOrSkip } from '../../helpers/suite.ts';

const WORKER = join(import.meta.dirname, '..', '..', '..', 'dist', 'worker.cjs');

describe('two workers', () => {
  it('cannot share a data folder: the second refuses with one sentence, the first goes on', async () => {
    using data = new Folder();
    await using first = await startWorkerProcess(data.path);
    await using second = new Child([WORKER, 'serve', '--data', data.path], {
      DGX_PIXELS_RUNTIME: first.runtime,
    });
    expect(await second.ended()).toBe(4);
    expect(second.output.trim().split('\n')).toHaveLength(1);
    expect(second.output).toMatch(/Another worker already uses/);
    const client = await first.connect();
    expect((await client.request('ping', {})).seq).toBeGreaterThanOrEqual(0);
  });

  it('cannot share a socket folder either', async () => {
    using data = new Folder();
    using other = new Folder();
    await using first = await startWorkerProcess(data.path);
    await using second = new Child([WORKER, 'serve', '--data', other.path], {
      DGX_PIXELS_RUNTIME: first.runtime,
    });
    expect(await second.ended()).toBe(4);
    expect(second.output).toMatch(/socket folder/);
  });

  it('may follow each other at once after a kill', async () => {
    using data = new Folder();
    {
      await using first = await startWorkerProcess(data.path);
      await first.child.kill();
    }
    await using second = await startWorkerProcess(data.path);
    expect(second.child.alive).toBe(true);
  });
});

describe('a damaged journal', () => {
  for (const [how, damage] of [
    [
      'overwritten',
      (path: string) => {
        writeFileSync(path, 'this is not a database, and long enough to be looked at'.repeat(100));
      },
    ],
    [
      'cut short',
      (path: string) => {
        truncateSync(path, Math.floor(statSync(path).size / 2));
      },
    ],
  ] as const) {
    it(`that was ${how} is kept aside, and the worker says so and works`, async () => {
      using data = new Folder();
      {
        await using worker = await startWorkerProcess(data.path);
        const client = await worker.connect();
        const jobs = Array.from({ length: 40 }, () => newJob({ steps: 1 }));
        for (const job of jobs) await client.request('jobs.submit', job);
        await jobEnd(client, jobs[0]?.id ?? '');
        await worker.child.kill('SIGTERM');
      }
      damage(join(data.path, 'journal.sqlite'));
      await using worker = await startWorkerProcess(data.path);
      const client = await worker.connect();
      const status = await client.request('status', {});
      expect(status.notices.join()).toMatch(/journal was damaged.*kept as/);
      expect(readdirSync(data.path).join()).toMatch(/journal-damaged-.*\.sqlite/);
      const job = newJob();
      await client.request('jobs.submit', job);
      expect((await jobEnd(client, job.id)).state).toBe('done');
    });
  }
});

/** A small file system of its own needs the right to mount one. */
function tinyDisk(folder: string, bytes: number): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], {
      stdio: 'pipe',
    });
    return undefined;
  } catch {
    return 'no right to mount a small file system';
  }
}

function mayMount(): string | undefined {
  using folder = new Folder();
  const why = tinyDisk(folder.path, 1_000_000);
  if (why === undefined) execFileSync('umount', [folder.path]);
  return why;
}

requireOrSkip('a full disk', mayMount)('a full disk', () => {
  it('fails or refuses with a clear error, loses no job, and works again once there is room', async () => {
    using data = new Folder();
    using engineFolder = new Folder();
    tinyDisk(data.path, 6_000_000);
    try {
      const filler = join(data.path, 'filler');
      const port = await freePort();
      await using engine = await startEngine(engineFolder.path, port, '--step-ms', '2');
      expect(engine.alive).toBe(true);
      await using worker = await startWorkerProcess(data.path, {
        arguments: ['--comfyui', `http://127.0.0.1:${port}`],
      });
      const client = await worker.connect();
      const before = newJob();
      await client.request('jobs.submit', before);
      expect((await jobEnd(client, before.id)).state).toBe('done');
      try {
        writeFileSync(filler, Buffer.alloc(8_000_000));
      } catch {
        // That is the point.
      }
      const job = newJob({ prompt: 'shield' }, 3);
      const accepted = await client.request('jobs.submit', job).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'disk-full' });
          return false;
        },
      );
      await new Promise(resolve => setTimeout(resolve, 3_000));
      expect(worker.child.alive, worker.child.output).toBe(true);
      execFileSync('rm', [filler]);
      if (!accepted) await client.request('jobs.submit', job);
      const ended = await jobEnd(client, job.id);
      if (ended.state !== 'done') {
        expect(ended.error?.code).toBe('disk-full');
        await client.request('jobs.retry', { target: { job: job.id } });
      }
      expect((await jobEnd(client, job.id)).state).toBe('done');
      const { jobs } = await client.request('status', {});
      expect(jobs).toEqual({ unfinished: 0, total: 2 });
    } finally {
      execFileSync('umount', [data.path]);
    }
  });
});

describe('a worker that ends', () => {
  it('ends by itself when idle, never with an unfinished job', async () => {
    using data = new Folder();
    await using worker = await startWorkerProcess(data.path, { arguments: ['--idle-exit', '1'] });
    const client = await worker.connect();
    const job = newJob();
    await client.request('lanes.pause', { lane: 'interactive' });
    await client.request('jobs.submit', job);
    await client.close();
    await new Promise(resolve => setTimeout(resolve, 2_500));
    expect(worker.child.alive).toBe(true);
    const again = await worker.connect();
    await again.request('lanes.resume', { lane: 'interactive' });
    await jobEnd(again, job.id);
    await again.close();
    expect(await worker.child.ended()).toBe(0);
    expect(readdirSync(worker.runtime)).not.toContain('worker.json');
  });

  it('drains: finishes what executes, keeps the rest for the next start', async () => {
    using data = new Folder();
    using engineFolder = new Folder();
    const port = await freePort();
    await using engine = await startEngine(engineFolder.path, port, '--step-ms', '20');
    expect(engine.alive).toBe(true);
    const serve = { arguments: ['--comfyui', `http://127.0.0.1:${port}`, '--keep-outputs'] };
    const job = newJob({ steps: 15 }, 5);
    {
      await using worker = await startWorkerProcess(data.path, serve);
      const client = await worker.connect();
      await client.request('jobs.submit', job);
      await until('it draws', async () => (await runsOf(client, job.id))[0]?.state === 'running');
      await client.request('worker.shutdown', { drain: true });
      expect(await worker.child.ended()).toBe(0);
    }
    await using worker = await startWorkerProcess(data.path, serve);
    const client = await worker.connect();
    expect((await jobEnd(client, job.id)).runs).toMatchObject({ total: 5, done: 5 });
    expect(readdirSync(join(engineFolder.path, 'output', 'dgx-pixels'))).toHaveLength(5);
  });

  it('closes on SIGTERM with exit code 0 and leaves no socket for others to trip over', async () => {
    using data = new Folder();
    await using worker = await startWorkerProcess(data.path);
    await worker.child.kill('SIGTERM');
    expect(worker.child.process.exitCode).toBe(0);
  });
});

const node22 = ensureNode22();

requireOrSkip('the local worker on Node 22', () => node22.why)(
  "the local worker on the editor's Node 22, as Electron runs it",
  () => {
    it('makes a sprite from its stand-alone folder, without sharp and without the checkout', async () => {
      using folder = new Folder();
      using data = new Folder();
      execFileSync(
        process.execPath,
        [
          join(import.meta.dirname, '..', '..', '..', 'scripts', 'build.js'),
          '--if-stale',
          '--standalone',
          folder.path,
        ],
        { stdio: 'pipe' },
      );
      const preload = join(folder.path, 'electron.cjs');
      mkdirSync(folder.path, { recursive: true });
      writeFileSync(
        preload,
        "Object.defineProperty(process.versions, 'electron', { value: '39.0.0', enumerable: true });",
      );
      await using worker = await startWorkerProcess(data.path, {
        node: node22.path ?? '',
        entry: join(folder.path, 'dist', 'worker.cjs'),
        environment: { NODE_OPTIONS: `--require ${preload}`, ELECTRON_RUN_AS_NODE: '1' },
      });
      const client = await worker.connect();
      const report = await client.request('system.report', {});
      expect(report.node).toMatch(/^v22\./);
      const job = newJob({ size: 24 });
      await client.request('jobs.submit', job);
      expect((await jobEnd(client, job.id)).state).toBe('done');
      const [run] = await runsOf(client, job.id);
      expect(run?.images[0]).toMatchObject({ width: 24, height: 24, fix: 'pixels' });
      const cancelled = newJob({ steps: 1000 });
      await client.request('jobs.submit', cancelled);
      await until('it draws', async () => {
        const [drawing] = await runsOf(client, cancelled.id);
        return drawing?.state === 'running';
      });
      await client.request('jobs.cancel', { target: { job: cancelled.id } });
      expect((await jobEnd(client, cancelled.id)).state).toBe('cancelled');
      const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]);
      await expect(client.putArtifact(jpeg)).rejects.toMatchObject({ code: 'unsupported-image' });
    });
  },
);

describe('a local worker on loopback TCP, as on Windows', () => {
  it('lets in who can read the discovery file, and nobody else', async () => {
    using data = new Folder();
    const config = join(data.path, 'worker.yaml');
    writeFileSync(config, 'listen: { local: tcp }\n');
    await using worker = await startWorkerProcess(data.path, { arguments: ['--config', config] });
    const client = await worker.connect();
    const job = newJob();
    await client.request('jobs.submit', job);
    expect((await jobEnd(client, job.id)).state).toBe('done');
    const path = join(worker.runtime, 'worker.json');
    expect(statSync(path).mode & 0o077).toBe(0);
    const { local } = JSON.parse(readFileSync(path, 'utf8')) as Discovery;
    expect(local.requests).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
    expect(local.curve).toBeDefined();
    const { curve: _, ...open } = local;
    await expect(
      WorkerClient.connect({
        endpoint: open,
        client: { name: 'stranger', version: '0' },
        connectTimeoutMs: 1_500,
      }),
    ).rejects.toMatchObject({ name: 'PixelsError' });
  });
});

it('tells in one sentence that a Node without node:sqlite is too old', async () => {
  using data = new Folder();
  const preload = join(data.path, 'old.cjs');
  writeFileSync(
    preload,
    `const real = process.getBuiltinModule;
     process.getBuiltinModule = name => (name === 'node:sqlite' ? undefined : real(name));`,
  );
  await using worker = new Child(['--require', preload, WORKER, 'serve', '--data', data.path]);
  expect(await worker.ended()).toBe(1);
  expect(worker.output.trim()).toMatch(
    /^This Node .* has no node:sqlite.*use Node 22\.13 or newer\.$/,
  );
});
