import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { connectLocal } from '../../src/client/discover.ts';
import { uuid7 } from '../../src/client/uuid7.ts';
import type { WorkerClient } from '../../src/client/worker-client.ts';
import type { Api } from '../../src/extension/extension.ts';
import { COMMANDS, SETTINGS } from '../../src/extension/ids.ts';
import { extensionApi, until, untilState } from './extension-api.ts';
import { OlderWorker } from './older-worker.ts';

describe('the connection', () => {
  it('starts the local worker on demand and tells about it', async () => {
    const api = await extensionApi();
    await vscode.commands.executeCommand(COMMANDS.startLocalWorker);
    const { worker } = await untilState(api, 'ready');
    assert.equal(worker.target.kind, 'local');
    assert.equal(worker.version, api.services.version);
    const engine = await until('its engine is told', () => {
      const { state } = api.services.link;
      return state.kind === 'ready' && state.servers[0]?.engine;
    });
    assert.equal(engine, 'builtin');
  });

  it('says that a worker was killed, starts it again, and its jobs are still there', async () => {
    const api = await extensionApi();
    const client = await api.services.link.client();
    const { worker } = await untilState(api, 'ready');
    const held = await heldJob(client);
    const reasons: string[] = [];
    const listening = api.services.link.onDidChangeState(state => {
      if (state.kind === 'disconnected') reasons.push(state.reason);
    });
    process.kill(discovered().pid, 'SIGKILL');
    const after = await until('another worker has taken its place', () => {
      const { state } = api.services.link;
      return state.kind === 'ready' && state.worker.instance !== worker.instance ? state : null;
    });
    listening.dispose();
    assert.equal(after.worker.pid, discovered().pid);
    assert.ok(
      reasons.some(reason => reason.includes('killed by SIGKILL')),
      reasons.join('\n'),
    );
    const entry = await until('the job is known again', () => api.services.jobs.get(held));
    assert.equal(entry.job.runs.total, 30);
    assert.ok((await vscode.commands.executeCommand<number>(COMMANDS.cancelJob, held)) > 0);
  });

  it('replaces a worker of an older version, whose jobs are kept', async () => {
    const api = await extensionApi();
    await vscode.commands.executeCommand(COMMANDS.stopLocalWorker);
    await until('the worker has ended', () => !existsSync(discoveryFile()));
    await using older = await OlderWorker.start(api.services.context.extensionPath, '0.0.9');
    const theirs = await until('the older worker answers', () =>
      connectLocal(dirname(discoveryFile()), { client: { name: 'host suite', version: '0' } }),
    );
    const held = await heldJob(theirs);
    await theirs.close();
    const steps: string[] = [];
    const listening = api.services.link.onDidChangeState(state => {
      if (state.kind === 'starting') steps.push(state.step);
    });
    await api.services.link.client();
    listening.dispose();
    const { worker } = await untilState(api, 'ready');
    assert.equal(worker.version, api.services.version);
    assert.ok(steps.includes(`Replacing worker 0.0.9 by ${worker.version}; its jobs are kept`));
    assert.notEqual(older.exitCode, null);
    await until('the job is known', () => api.services.jobs.get(held));
    assert.ok((await vscode.commands.executeCommand<number>(COMMANDS.cancelJob, held)) > 0);
  });

  it('stops the local worker when asked to', async () => {
    const api = await extensionApi();
    await api.services.link.client();
    assert.equal(await vscode.commands.executeCommand(COMMANDS.stopLocalWorker), true);
    await untilState(api, 'off');
  });

  it('refuses a torn connection string and stays as it was', async () => {
    const api = await extensionApi();
    const before = vscode.workspace.getConfiguration().get(SETTINGS.worker);
    await vscode.commands.executeCommand(COMMANDS.connectToWorker, 'dgxp1:eyJuYW1lIjoi');
    const fault = api.toldFaults().at(-1);
    assert.equal(fault?.code, 'invalid-params');
    assert.match(fault.message, /torn or mistyped/);
    assert.equal(vscode.workspace.getConfiguration().get(SETTINGS.worker), before);
    assert.equal(await api.services.store.get(), null);
  });

  it('connects to a paired worker over CURVE, says when the key is taken back, and forgets it', async () => {
    const api = await extensionApi();
    const { link, store } = api.services;
    const folder = mkdtempSync(join(tmpdir(), 'dgxp-remote-'));
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const pair = (...more: string[]) => runWorker(api, ['pair', ...more, '--data', folder]);
    const printed = await ended(pair('--name', 'here', '--host', '127.0.0.1', '--port', `${port}`));
    const connection = /dgxp1:\S+/.exec(printed)?.[0] ?? '';
    const serve = ['serve', '--data', folder, '--listen', `tcp://127.0.0.1:${port}`, '--curve'];
    const worker = runWorker(api, serve, { DGX_PIXELS_RUNTIME: join(folder, 'run') });
    try {
      assert.equal(
        await vscode.commands.executeCommand(COMMANDS.connectToWorker, connection),
        true,
      );
      const { worker: info } = await untilState(api, 'ready');
      assert.equal(info.pid, worker.pid);
      assert.equal(info.transport, 'curve');
      const wanted = vscode.workspace.getConfiguration().get(SETTINGS.worker);
      assert.equal(wanted, 'remote');

      await ended(pair('revoke', 'here'));
      await link.disconnect();
      await assert.rejects(link.client(), /refuses this key/);
      const { advice } = await untilState(api, 'disconnected');
      assert.equal(advice[0]?.command, COMMANDS.connectToWorker);

      await vscode.commands.executeCommand(COMMANDS.forgetConnection);
      assert.equal(await store.get(), null);
      assert.equal(vscode.workspace.getConfiguration().get(SETTINGS.worker), 'local');
    } finally {
      worker.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

function discoveryFile(): string {
  return join(process.env['DGX_PIXELS_RUNTIME'] ?? '', 'worker.json');
}

/** What the worker that runs wrote about itself. */
function discovered(): { pid: number } {
  return JSON.parse(readFileSync(discoveryFile(), 'utf8')) as { pid: number };
}

/** Submits a job of thirty runs and holds it. @returns its id */
async function heldJob(client: WorkerClient): Promise<string> {
  const id = uuid7(Date.now());
  const item = { recipe: { prompt: 'held', size: 16, steps: 4 }, count: 30 };
  await client.request('jobs.submit', { id, spec: { kind: 'generate', items: [item] } });
  await client.request('jobs.pause', { target: { job: id } });
  return id;
}

/** A command of the worker, on the Node that runs this. */
function runWorker(api: Api, given: readonly string[], environment: object = {}): ChildProcess {
  const program = join(api.services.context.extensionPath, 'dist', 'worker.cjs');
  return spawn(process.execPath, [program, ...given], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function ended(child: ChildProcess): Promise<string> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return output;
}
