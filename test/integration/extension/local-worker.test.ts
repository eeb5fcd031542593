import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LinkError } from '../../../src/extension/connection/state.ts';
import { isAlive } from '../../../src/local/find-worker.ts';
import { Child, newJob, until } from '../../helpers/processes.ts';
import { LocalUser, untilState } from './windows.ts';

describe('a window and its local worker', () => {
  test('start one when it is asked for, which a second window shares', async () => {
    await using user = new LocalUser();
    await using one = user.open();
    await using other = user.open();
    expect(await one.link.attach()).toBeNull();
    expect(one.link.state.kind).toBe('off');
    await Promise.all([one.link.client(), other.link.client()]);
    const mine = await untilState(one, 'ready', ({ servers }) => servers.length > 0);
    const theirs = await untilState(other, 'ready');
    expect(mine.worker.instance).toBe(theirs.worker.instance);
    expect(mine.worker.target).toEqual({ kind: 'local', host: 'local' });
    expect(mine.servers[0]?.engine).toBe('builtin');
    expect(one.states.some(({ kind }) => kind === 'starting')).toBe(true);
  });

  test('outlive the window', async () => {
    await using user = new LocalUser();
    const first = user.open();
    await first.link.client();
    const { pid } = (await untilState(first, 'ready')).worker;
    await first[Symbol.asyncDispose]();
    expect(isAlive(pid)).toBe(true);
    await using next = user.open();
    expect(await next.link.attach()).not.toBeNull();
    expect((await untilState(next, 'ready')).worker.pid).toBe(pid);
  });

  test('say how it died and start it again, with its jobs', async () => {
    await using user = new LocalUser();
    await using window = user.open();
    const client = await window.link.client();
    const job = newJob({}, 200);
    await client.request('jobs.submit', job);
    const { worker } = await untilState(window, 'ready');
    process.kill(worker.pid, 'SIGKILL');
    await untilState(window, 'ready', state => state.worker.instance !== worker.instance);
    const told = window.states.find(
      state => state.kind === 'disconnected' && state.reason.includes('SIGKILL'),
    );
    expect(told).toMatchObject({ retrying: true });
    const again = await window.link.client();
    expect((await again.request('jobs.get', { id: job.id })).job.runs.total).toBe(200);
  });

  test('give up on one that dies again and again, and say so', async () => {
    await using user = new LocalUser();
    await using window = user.open();
    await window.link.client();
    const seen = new Set<string>();
    for (;;) {
      const state = await until('it lives or is given up', () => {
        const now = window.link.state;
        if (now.kind === 'ready' && !seen.has(now.worker.instance)) return now;
        return now.kind === 'disconnected' && !now.retrying ? now : null;
      });
      if (state.kind === 'disconnected') {
        expect(state.advice.map(({ command }) => command)).toContain('dgx-pixels.startLocalWorker');
        break;
      }
      seen.add(state.worker.instance);
      process.kill(state.worker.pid, 'SIGKILL');
    }
    expect(seen.size).toBe(4);
    // Whoever asks again gets another one.
    await window.link.client();
  });

  test('are off when somebody stops it, and find it again when another window starts one', async () => {
    await using user = new LocalUser();
    await using one = user.open();
    await using other = user.open();
    const client = await one.link.client();
    await other.link.client();
    await client.request('worker.shutdown', {}, { retry: false }).catch(() => undefined);
    await untilState(one, 'off');
    await untilState(other, 'off');
    await other.link.client();
    const { worker } = await untilState(other, 'ready');
    expect((await untilState(one, 'ready')).worker.instance).toBe(worker.instance);
  });

  test('replace an older worker once; its jobs are kept', async () => {
    await using user = new LocalUser();
    await using older = user.open('0.1.0');
    const client = await older.link.client();
    const job = newJob({}, 30);
    await client.request('jobs.submit', job);
    const before = await untilState(older, 'ready');
    await using newer = user.open('0.2.0');
    const mine = await newer.link.client();
    const after = await untilState(newer, 'ready');
    expect(after.worker.instance).not.toBe(before.worker.instance);
    expect(newer.states).toContainEqual(
      expect.objectContaining({
        kind: 'starting',
        step: 'Replacing worker 0.1.0 by 0.2.0; its jobs are kept',
      }),
    );
    expect((await mine.request('jobs.get', { id: job.id })).job.runs.total).toBe(30);
    // The older window follows.
    await untilState(older, 'ready', state => state.worker.instance === after.worker.instance);
  });

  test('show the end of the log of one that does not start', async () => {
    await using user = new LocalUser();
    mkdirSync(join(user.data, 'workflows'), { recursive: true });
    writeFileSync(join(user.data, 'worker.lock'), 'this is no lock');
    await using window = user.open();
    const fault = await window.link.client().catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(LinkError);
    expect((fault as LinkError).message).toMatch(
      /ended while it started \(exit code \d+\).*said last/,
    );
    expect(window.link.state).toMatchObject({ kind: 'disconnected', retrying: false });
  });

  test('end one of an older protocol and refuse one of a newer', async () => {
    await using user = new LocalUser();
    const runtime = user.environment['DGX_PIXELS_RUNTIME'] ?? '';
    mkdirSync(runtime, { recursive: true, mode: 0o700 });
    const socket = join(runtime, 'other');
    const program = (protocol: number) => `
      const { Router } = require('zeromq');
      const { encode, decode } = require('@msgpack/msgpack');
      const { writeFileSync } = require('node:fs');
      (async () => {
        const router = new Router();
        await router.bind('ipc://${socket}');
        writeFileSync('${join(runtime, 'worker.json')}', JSON.stringify({
          version: '0.0.${protocol}', protocol: ${protocol}, instance: 'other', pid: process.pid,
          startedAt: 0, local: { requests: 'ipc://${socket}', events: 'ipc://${socket}2' },
        }));
        console.log('ready');
        for await (const [peer, body] of router) {
          const error = { code: 'protocol-mismatch', message: 'This side speaks protocol ${protocol}.' };
          await router.send([peer, encode([${protocol}, decode(body)[1], false, error])]);
        }
      })();`;
    const root = join(dirname(import.meta.dirname), '..', '..');
    const start = async (protocol: number) => {
      const file = join(runtime, `other-${protocol}.cjs`);
      writeFileSync(
        file,
        `module.paths.push(${JSON.stringify(join(root, 'node_modules'))});${program(protocol)}`,
      );
      const child = new Child([file]);
      await until(`it listens: ${child.output}`, () => child.output.includes('ready'));
      return child;
    };
    {
      await using newer = await start(2);
      await using window = user.open();
      await expect(window.link.client()).rejects.toThrow('This side speaks protocol 2.');
      expect(newer.alive).toBe(true);
    }
    await using older = await start(0);
    await using window = user.open();
    await window.link.client();
    expect(older.alive).toBe(false);
    expect((await untilState(window, 'ready')).worker.protocol).toBe(1);
  });
});
