import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  Folder,
  freePort,
  jobEnd,
  newJob,
  runsOf,
  startEngine,
  startWorkerProcess,
  until,
} from '../../helpers/processes.ts';
import { CERTIFICATE, startTlsProxy } from '../../helpers/tls-proxy.ts';

function configFile(folder: string, config: object): string[] {
  const path = join(folder, 'worker.yaml');
  writeFileSync(path, stringify(config));
  return ['--config', path];
}

describe('several servers', () => {
  it('draw side by side, and each run says which one drew it', async () => {
    using data = new Folder();
    using folders = new Folder();
    const ports = [await freePort(), await freePort()];
    await using first = await startEngine(
      join(folders.path, 'a'),
      ports[0] ?? 0,
      '--step-ms',
      '20',
    );
    await using second = await startEngine(
      join(folders.path, 'b'),
      ports[1] ?? 0,
      '--step-ms',
      '20',
    );
    expect([first.alive, second.alive]).toEqual([true, true]);
    await using worker = await startWorkerProcess(data.path, {
      arguments: configFile(folders.path, {
        servers: [
          { name: 'left', url: `http://127.0.0.1:${ports[0]}` },
          { name: 'right', url: `http://127.0.0.1:${ports[1]}` },
        ],
      }),
    });
    const client = await worker.connect();
    const job = newJob({ steps: 15 }, 8);
    await client.request('jobs.submit', job);
    await until('both draw at once', async () => {
      const running = (await runsOf(client, job.id)).filter(run => run.state === 'running');
      return new Set(running.map(run => run.server)).size === 2;
    });
    expect((await jobEnd(client, job.id)).state).toBe('done');
    const used = new Set((await runsOf(client, job.id)).map(run => run.server));
    expect(used).toEqual(new Set(['left', 'right']));
    const { checkpoints } = await client.request('models.list', {});
    expect(checkpoints[0]?.servers).toEqual(['left', 'right']);
  });

  it('stand in for one another: what a dead one held is drawn when it is back, the rest goes on', async () => {
    using data = new Folder();
    using folders = new Folder();
    const ports = [await freePort(), await freePort()];
    await using living = await startEngine(
      join(folders.path, 'a'),
      ports[0] ?? 0,
      '--step-ms',
      '10',
    );
    let dying = await startEngine(join(folders.path, 'b'), ports[1] ?? 0, '--step-ms', '60');
    expect(living.alive).toBe(true);
    await using worker = await startWorkerProcess(data.path, {
      arguments: configFile(folders.path, {
        servers: [
          { name: 'living', url: `http://127.0.0.1:${ports[0]}` },
          { name: 'dying', url: `http://127.0.0.1:${ports[1]}` },
        ],
      }),
    });
    const client = await worker.connect();
    const job = newJob({ steps: 10 }, 10);
    await client.request('jobs.submit', job);
    await until('the dying one draws', async () =>
      (await runsOf(client, job.id)).some(run => run.server === 'dying' && run.state === 'running'),
    );
    await dying.kill();
    const waiting = await until('only its runs are left', async () => {
      const { job: now } = await client.request('jobs.get', { id: job.id });
      return now.runs.done >= 8 ? now : null;
    });
    expect(waiting.state).toBe('running');
    dying = await startEngine(join(folders.path, 'b'), ports[1] ?? 0, '--step-ms', '5');
    try {
      expect(await jobEnd(client, job.id)).toMatchObject({ state: 'done', runs: { done: 10 } });
    } finally {
      await dying.kill();
    }
  });
});

describe('a rented server behind https, a path and a token', () => {
  it('draws as a local one does, and its token reaches no log and no client', async () => {
    using data = new Folder();
    using folder = new Folder();
    const port = await freePort();
    await using engine = await startEngine(folder.path, port, '--step-ms', '5');
    expect(engine.alive).toBe(true);
    const proxy = await startTlsProxy(port, '/comfy', 'very-secret-token');
    try {
      await using worker = await startWorkerProcess(data.path, {
        arguments: [
          ...configFile(folder.path, {
            servers: [
              {
                name: 'rented',
                url: proxy.url,
                headers: { authorization: 'Bearer very-secret-token' },
                tls: { caFile: CERTIFICATE },
              },
            ],
          }),
          '--log-level',
          'debug',
        ],
      });
      const client = await worker.connect();
      const job = newJob();
      await client.request('jobs.submit', job);
      expect((await jobEnd(client, job.id)).state).toBe('done');
      const status = await client.request('status', {});
      expect(JSON.stringify(status)).not.toContain('very-secret-token');
      expect(worker.child.output).not.toContain('very-secret-token');
    } finally {
      proxy.close();
    }
  });

  it('that nobody trusts is unreachable, and the doctor says why', async () => {
    using data = new Folder();
    const proxy = await startTlsProxy(9, '/comfy', 'x');
    try {
      await using worker = await startWorkerProcess(data.path, {
        arguments: ['--comfyui', proxy.url],
      });
      const client = await worker.connect();
      const { findings } = await client.request('doctor', {});
      const fault = findings.find(finding => finding.check.startsWith('engine'));
      expect(fault).toMatchObject({ level: 'fault' });
      expect(fault?.message).toMatch(/SELF_SIGNED|does not answer/);
      expect(fault?.remedy).not.toBeNull();
    } finally {
      proxy.close();
    }
  });
});

describe('a wrong address', () => {
  it('where something else answers is told apart from one where nothing does', async () => {
    using data = new Folder();
    const server = createServer((_, answer) => {
      answer.end('<html>a router</html>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const nothing = await freePort();
    try {
      await using worker = await startWorkerProcess(data.path, {
        arguments: configFile(data.path, {
          servers: [
            { name: 'router', url: `http://127.0.0.1:${port}` },
            { name: 'nothing', url: `http://127.0.0.1:${nothing}` },
          ],
        }),
      });
      const client = await worker.connect();
      const { servers } = await client.request('status', {});
      expect(servers[0]).toMatchObject({ state: 'unreachable' });
      expect(servers[0]?.problem).toMatch(/not a ComfyUI/);
      expect(servers[1]?.problem).toMatch(/ECONNREFUSED/);
      await expect(client.request('jobs.submit', newJob())).rejects.toMatchObject({
        code: 'engine-unavailable',
      });
    } finally {
      server.close();
    }
  });

  it('of an engine that comes up later is taken up by itself', async () => {
    using data = new Folder();
    using folder = new Folder();
    const port = await freePort();
    await using worker = await startWorkerProcess(data.path, {
      arguments: ['--comfyui', `http://127.0.0.1:${port}`],
    });
    const client = await worker.connect();
    await using engine = await startEngine(folder.path, port);
    expect(engine.alive).toBe(true);
    await until('the engine is ready', async () => {
      const { servers } = await client.request('status', {});
      return servers[0]?.state === 'ready';
    });
    const job = newJob();
    await client.request('jobs.submit', job);
    expect((await jobEnd(client, job.id)).state).toBe('done');
  });
});
