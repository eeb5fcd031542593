import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EditorServer } from '../../scripts/editor/server.ts';
import { connectLocal } from '../../src/client/discover.ts';
import { Child, freePort, startEngine, startWorkerProcess, until } from '../helpers/processes.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import { packVsix, whyNoEditor } from './vsix.ts';
import { Workbench } from './workbench.ts';

const root = join(import.meta.dirname, '..', '..');
const program = join(root, 'dist', 'worker.cjs');
const describeEditor = requireOrSkip('faulty workers and the editor', whyNoEditor);

describeEditor('a person whose worker is not as it should be', () => {
  let server: EditorServer;
  let window: Workbench;
  let game: string;

  beforeAll(async () => {
    server = await EditorServer.start({}, [packVsix()]);
    game = join(server.folder, 'game');
    mkdirSync(game);
    window = await Workbench.open(server, game);
  });

  afterAll(async () => {
    await window[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const sprite = (name: string) => join(game, 'assets', 'sprites', `${name}.png`);

  /** Pairs with a worker whose data lie in a folder. @returns the connection string */
  function pair(data: string, port: number): string {
    const given = ['pair', '--name', 'editor', '--host', '127.0.0.1', '--port', String(port)];
    const printed = execFileSync(process.execPath, [program, ...given, '--data', data], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /dgxp1:\S+/.exec(printed.toString())?.[0] ?? '';
  }

  async function connectTo(string: string): Promise<void> {
    await window.ask('DGX-Pixels: Connect to Worker…');
    await window.asked('dgxp1:…');
    await window.answer(string);
  }

  it('pastes a torn connection string: is told while typing, and nothing changes', async () => {
    const whole = pair(join(server.folder, 'torn'), 5555);
    await connectTo(whole.slice(0, -7));
    await window.page
      .getByText(/is torn or mistyped/)
      .first()
      .waitFor();
    await window.screenshot('bad-torn-string');
    await window.page.keyboard.press('Escape');
    await window.generate('first coin');
    await until('the local worker draws', () => existsSync(sprite('first-coin')), 60_000);
  });

  it('pastes the string of a host that does not answer: stays with the local worker', async () => {
    const port = await freePort();
    await connectTo(pair(join(server.folder, 'absent'), port));
    const told = window.toast(/The worker on 127\.0\.0\.1 does not answer/);
    await told.getByRole('button', { name: 'Keep It Anyway' }).waitFor({ timeout: 60_000 });
    await window.screenshot('bad-unreachable');
    await told.hover();
    await told.locator('.codicon-notifications-clear').click();
    await window.generate('second coin');
    await until('the local worker draws', () => existsSync(sprite('second-coin')), 60_000);
  });

  it('pastes the string of another worker: is told that its key is refused', async () => {
    const port = await freePort();
    const connection = pair(join(server.folder, 'other'), port);
    await using worker = await startWorkerProcess(join(server.folder, 'this'), {
      arguments: ['--listen', `tcp://127.0.0.1:${port}`, '--curve'],
    });
    await connectTo(connection);
    const told = window.toast(/The worker refuses this key/);
    await told.getByRole('button', { name: 'Connect to Worker…' }).waitFor({ timeout: 60_000 });
    await window.screenshot('bad-other-worker');
    expect(worker.child.alive).toBe(true);
    await told.hover();
    await told.locator('.codicon-notifications-clear').click();
    await window.generate('third coin');
    await until('the local worker draws', () => existsSync(sprite('third-coin')), 60_000);
  });

  /** Process of the local worker; null while there is none. */
  function discovered(): number | null {
    const file = join(server.workerRuntime, 'worker.json');
    if (!existsSync(file)) return null;
    return (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid;
  }

  function saveSettings(settings: Record<string, unknown>): void {
    mkdirSync(join(game, '.vscode'), { recursive: true });
    writeFileSync(join(game, '.vscode', 'settings.json'), JSON.stringify(settings));
  }

  it('names another engine in the settings: the worker restarts once it is allowed to, and draws there', async () => {
    const images = join(server.folder, 'engine');
    const port = await freePort();
    await using engine = await startEngine(images, port);
    const before = discovered();
    // Of the workspace: the worker's machine has its own, and this editor is remote from it.
    saveSettings({
      'dgx-pixels.local.engine': 'comfyui',
      'dgx-pixels.local.comfyuiUrl': `http://127.0.0.1:${port}`,
    });
    const told = window.toast('The local worker draws with another engine after a restart');
    await told.waitFor();
    expect(discovered()).toBe(before);
    await told.getByRole('button', { name: 'Restart Worker' }).click();
    await until('another worker runs', () => ![null, before].includes(discovered()), 60_000);
    await window.generate('far lamp');
    await until('it is drawn', () => existsSync(sprite('far-lamp')), 60_000);
    const client = await until('it answers', () =>
      connectLocal(server.workerRuntime, { client: { name: 'e2e', version: '0' } }),
    );
    const { servers } = await client.request('status', {});
    await client.close();
    expect(servers.map(({ url }) => new URL(url).port)).toEqual([String(port)]);
    expect(engine.alive).toBe(true);
    const elsewhere = discovered();
    saveSettings({});
    await told.getByRole('button', { name: 'Restart Worker' }).click();
    await until('it is as before', () => ![null, elsewhere].includes(discovered()), 60_000);
  });

  it('opens a second window: both use one worker, and each saves its own sprites', async () => {
    const pid = discovered();
    const beside = join(server.folder, 'beside');
    mkdirSync(beside);
    await using other = await Workbench.open(server, beside);
    await other.generate('shared shield');
    const saved = join(beside, 'assets', 'sprites', 'shared-shield.png');
    await until('it is saved', () => existsSync(saved), 60_000);
    await window.openViews();
    await window.row('Ended').click();
    await window.row('shared shield').waitFor();
    expect(discovered()).toBe(pid);
    expect(existsSync(sprite('shared-shield'))).toBe(false);
  });

  it('meets a worker of a newer protocol: is told which to update, and the worker stays', async () => {
    await window.command('DGX-Pixels: Stop Local Worker');
    const file = join(server.workerRuntime, 'worker.json');
    await until('it has ended', () => !existsSync(file));
    await using newer = await newerWorker(server.workerRuntime);
    await window.command('DGX-Pixels: Start Local Worker');
    const told = window.toast(/speak different versions of the protocol; update the older/);
    await told.getByRole('button', { name: 'Check for Updates' }).waitFor({ timeout: 60_000 });
    await window.status('disconnected').waitFor();
    await window.screenshot('bad-protocol');
    expect(newer.alive).toBe(true);
    await newer.kill();
    rmSync(file);
    await window.generate('fourth coin');
    await until('the local worker draws', () => existsSync(sprite('fourth-coin')), 60_000);
  });
});

describeEditor('a person whose installation lacks its native code', () => {
  it('is told platform and remedy once; the rest of the extension is there', async () => {
    await using server = await EditorServer.start({}, [packVsix()]);
    const extensions = join(server.folder, 'extensions');
    const own = readdirSync(extensions).find(name => name.startsWith('dgx-pixels.')) ?? '';
    const natives = readdirSync(join(extensions, own), { recursive: true, encoding: 'utf8' });
    const broken = natives.filter(name => name.endsWith('.node'));
    expect(broken.length).toBeGreaterThan(0);
    for (const name of broken) writeFileSync(join(extensions, own, name), 'not a library');
    const game = join(server.folder, 'game');
    mkdirSync(game);

    await using window = await Workbench.open(server, game);
    await window.openViews();
    await window.ask('DGX-Pixels: Generate Sprite…');
    await window.asked(/What to draw/);
    await window.answer('vain sword');
    const told = window.page.locator('.notification-toast').filter({ hasText: 'ZeroMQ' });
    await told.filter({ hasText: 'does not load on linux x64' }).waitFor({ timeout: 60_000 });
    await told.getByRole('button', { name: 'Copy Diagnostics' }).waitFor();
    await window.screenshot('bad-native');
    expect(await told.count()).toBe(1);
    await window.status('disconnected').waitFor();
    await window.page.getByText('What Can Be Done…').first().waitFor();
  });
});

/** Something that answers as a worker of protocol 2 does. */
async function newerWorker(runtime: string): Promise<Child> {
  const socket = join(runtime, 'newer');
  const discovery = {
    version: '9.0.0',
    protocol: 2,
    instance: 'newer',
    startedAt: 0,
    local: { requests: `ipc://${socket}`, events: `ipc://${socket}2` },
  };
  const file = join(runtime, 'newer.cjs');
  writeFileSync(
    file,
    `module.paths.push(${JSON.stringify(join(root, 'node_modules'))});
const { Router } = require('zeromq');
const { encode, decode } = require('@msgpack/msgpack');
const { writeFileSync } = require('node:fs');
(async () => {
  const router = new Router();
  await router.bind('ipc://${socket}');
  const discovery = { ...${JSON.stringify(discovery)}, pid: process.pid };
  writeFileSync(${JSON.stringify(join(runtime, 'worker.json'))}, JSON.stringify(discovery));
  console.log('ready');
  const message = 'This side speaks protocol 2, the other 1. Update the older of extension and worker.';
  for await (const [peer, body] of router) {
    const error = { code: 'protocol-mismatch', message, data: { ours: 2, theirs: 1 } };
    await router.send([peer, encode([2, decode(body)[1], false, error])]);
  }
})();`,
  );
  const child = new Child([file]);
  await until(`it listens: ${child.output}`, () => child.output.includes('ready'));
  return child;
}
