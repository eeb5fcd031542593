import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RemoteConnector } from '../../../src/extension/connection/remote-connector.ts';
import { Child, Folder, startWorkerProcess } from '../../helpers/processes.ts';
import { openWindow, untilState } from './windows.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'dist', 'worker.cjs');

async function pair(data: string, port: number): Promise<string> {
  const options = ['--data', data, '--host', '127.0.0.1', '--port', String(port)];
  await using child = new Child([PROGRAM, 'pair', '--name', 'editor', ...options]);
  await child.ended();
  return /dgxp1:\S+/.exec(child.output)?.[0] ?? child.output;
}

async function revoke(data: string): Promise<void> {
  await using child = new Child([PROGRAM, 'pair', 'revoke', 'editor', '--data', data]);
  expect(await child.ended()).toBe(0);
}

/**
 * A port below those that systems give to outgoing connections: a client that tries a free one of these again and again may
 * meet itself and take it.
 */
async function lowPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (free) return port;
  }
}

function windowTo(connection: string) {
  const connector = new RemoteConnector({ connection, version: '0.1.0', log: () => undefined });
  return openWindow(async () => connector);
}

describe('a window and a paired worker', () => {
  test('connect over CURVE, and say why when the key is taken back', async () => {
    using folder = new Folder();
    const port = await lowPort();
    const connection = await pair(folder.path, port);
    await using worker = await startWorkerProcess(folder.path, {
      arguments: ['--listen', `tcp://127.0.0.1:${port}`, '--curve'],
    });
    {
      await using window = windowTo(connection);
      await window.link.client();
      const { worker: info } = await untilState(window, 'ready');
      expect(info).toMatchObject({
        transport: 'curve',
        target: { kind: 'remote', host: '127.0.0.1' },
        pid: worker.child.process.pid,
      });
      expect(window.lines.join('\n')).not.toContain('dgxp1:');
    }
    await revoke(folder.path);
    await using refused = windowTo(connection);
    await expect(refused.link.client()).rejects.toMatchObject({ code: 'key-rejected' });
    expect(refused.link.state).toMatchObject({
      kind: 'disconnected',
      retrying: false,
      reason: expect.stringMatching(/refuses this key/) as string,
    });
  });

  test('try again by themselves until the worker is there, and read the state anew', async () => {
    using folder = new Folder();
    const port = await lowPort();
    const connection = await pair(folder.path, port);
    await using window = windowTo(connection);
    await expect(window.link.client()).rejects.toThrow(/worker on 127.0.0.1 does not answer/);
    expect(window.link.state).toMatchObject({ kind: 'disconnected', retrying: true });
    const start = () =>
      startWorkerProcess(folder.path, {
        arguments: ['--listen', `tcp://127.0.0.1:${port}`, '--curve'],
      });
    {
      await using worker = await start();
      const { worker: info } = await untilState(
        window,
        'ready',
        ({ servers }) => servers.length > 0,
      );
      expect(info.pid).toBe(worker.child.process.pid);
    }
    await untilState(window, 'disconnected', ({ retrying }) => retrying);
    await using again = await start();
    const { worker: info } = await untilState(window, 'ready');
    expect(info.pid).toBe(again.child.process.pid);
  });
});
