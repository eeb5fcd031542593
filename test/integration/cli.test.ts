import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoPlaces } from '../../src/cli/demo/places.ts';
import { checkNode } from '../../src/cli/doctor/here.ts';
import { runProgram } from '../../src/cli/program.ts';
import { connectWorker } from '../../src/cli/worker/connect.ts';
import { checkDataFolder, checkRuntimeFolder } from '../../src/local/checks.ts';
import { readPngText } from '../../src/pixels/png-text.ts';
import { writeDiscovery } from '../../src/local/discovery.ts';
import { fakeContext } from '../unit/cli/fake-context.ts';
import { FakeJobWorker } from '../unit/cli/fake-worker.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-cli-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function generate(argv: string[], worker = new FakeJobWorker()) {
  const context = fakeContext(worker, { cwd: folder });
  const code = await runProgram(['generate', ...argv], context);
  const { stdout, stderr } = context;
  return { code, out: stdout.lines, err: stderr.text, files: readdirSync(folder).toSorted() };
}

function textOf(name: string): Record<string, string> {
  return readPngText(readFileSync(join(folder, name)));
}

describe('generate', () => {
  test('writes a file named after the prompt and prints it', async () => {
    const { code, out, err, files } = await generate(['a', 'rusty', 'sword']);
    expect(code).toBe(0);
    expect(files).toEqual(['rusty-sword.png']);
    expect(out).toEqual(['rusty-sword.png  32×32  seed 100  placeholder']);
    expect(err).toContain('note: a warning');
    expect(err).toContain('1 sprite in 1.5 s');
  });

  test('names several by their seeds and places in the batch, below the folder it is told', async () => {
    await generate(['gem', '--count', '2', '--seed', '7', '--batch', '2', '--out', 'art/gems']);
    expect(readdirSync(join(folder, 'art', 'gems')).toSorted()).toEqual([
      'gem-7-1.png',
      'gem-7-2.png',
      'gem-8-1.png',
      'gem-8-2.png',
    ]);
  });

  test('never replaces a file unless it is told to', async () => {
    writeFileSync(join(folder, 'gem.png'), 'mine');
    expect((await generate(['gem'])).files).toEqual(['gem-2.png', 'gem.png']);
    expect((await generate(['gem'])).files).toEqual(['gem-2.png', 'gem-3.png', 'gem.png']);
    expect(readFileSync(join(folder, 'gem.png'), 'utf8')).toBe('mine');
    expect((await generate(['gem', '--force'])).files).toHaveLength(3);
    expect(readFileSync(join(folder, 'gem.png'), 'latin1')).toContain('PNG');
  });

  test('leaves prompt, recipe and graph out of the files, and puts the digest in', async () => {
    await generate(['gem']);
    const texts = textOf('gem.png');
    expect(Object.keys(texts)).toEqual(['dgx-pixels']);
    expect(JSON.parse(texts['dgx-pixels'] ?? '')).toEqual({
      recipeDigest: 'e'.repeat(64),
      artifact: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      placeholder: true,
    });
  });

  test('puts all or nothing in when it is told to', async () => {
    await generate(['gem', '--metadata', 'none', '--name', 'none']);
    expect(textOf('none.png')).toEqual({});
    await generate(['gem', '--metadata', 'full', '--name', 'full.png']);
    expect(textOf('full.png')).toMatchObject({ prompt: 'graph 0' });
    expect(textOf('full.png')['dgx-pixels']).toContain('"recipe":{');
    await generate(['gem', '--metadata', 'recipe', '--name', 'recipe.png']);
    expect(textOf('recipe.png')).not.toHaveProperty('prompt');
    expect(textOf('recipe.png')['dgx-pixels']).toContain('"recipe":{');
  });

  test("writes the engine's picture beside it, without its graph", async () => {
    const { files } = await generate(['gem', '--raw']);
    expect(files).toEqual(['gem.png', 'gem.raw.png']);
    expect(textOf('gem.raw.png')).not.toHaveProperty('prompt');
  });

  test('uploads the image that the drawing starts from', async () => {
    writeFileSync(join(folder, 'start.png'), 'picture');
    const worker = new FakeJobWorker();
    await generate(['gem', '--init', 'start.png', '--denoise', '0.5'], worker);
    expect(worker.uploads.map(bytes => Buffer.from(bytes).toString())).toEqual(['picture']);
    expect(worker.callsOf('jobs.submit')).toMatchObject([
      { spec: { items: [{ recipe: { init: { image: 'f'.repeat(64), denoise: 0.5 } } }] } },
    ]);
    const missing = await generate(['gem', '--init', 'absent.png']);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('Cannot read');
  });

  test('exits 1 when runs fail, names them, and keeps what was drawn', async () => {
    const worker = new FakeJobWorker(['done', 'failed', 'lost']);
    const { code, err, files } = await generate(['gem', '--count', '4', '--seed', '1'], worker);
    expect(code).toBe(1);
    expect(files).toEqual(['gem-1.png', 'gem-4.png']);
    expect(err).toContain('run 2 failed: Run 1 went wrong.');
    expect(err).toContain('run 3 was lost:');
    expect(err).toContain('partial: 2 of 4 runs done, 2 sprites written');
  });

  test('exits 130 when somebody else cancelled the job', async () => {
    expect((await generate(['gem'], new FakeJobWorker(['cancelled']))).code).toBe(130);
  });

  test('gives a program JSON lines and nothing else, the summary last', async () => {
    const worker = new FakeJobWorker(['done', 'failed']);
    const { code, out, err } = await generate(
      ['gem', '--count', '2', '--seed', '7', '--json'],
      worker,
    );
    expect(code).toBe(1);
    expect(err).toBe('');
    const records = out.map(line => JSON.parse(line) as { event: string });
    expect(records[0]).toMatchObject({ event: 'submitted', runs: 2, warnings: ['a warning'] });
    expect(records.filter(({ event }) => event === 'run')).toMatchObject([
      { run: 0, state: 'done' },
      { run: 1, state: 'failed' },
    ]);
    const path = join(folder, 'gem-7.png');
    expect(records.filter(({ event }) => event === 'file')).toMatchObject([
      { path, role: 'sprite', width: 32, height: 32, seed: 7, placeholder: true },
    ]);
    expect(records.at(-1)).toMatchObject({
      event: 'summary',
      state: 'partial',
      files: [path],
      faults: [{ run: 1, state: 'failed', message: 'Run 1 went wrong.' }],
    });
  });

  test('Ctrl-C where nobody can answer cancels the job and exits 130', async () => {
    const worker = new FakeJobWorker();
    let cancelled = false;
    worker.answers['jobs.cancel'] = () => {
      cancelled = true;
      for (const run of worker.runs) run.state = 'cancelled';
      return { runs: 1 };
    };
    const context = fakeContext(worker, { cwd: folder });
    worker.answers['jobs.get'] = () => {
      if (cancelled) return { job: { ...worker.job!, state: 'cancelled' }, spec: neverRead };
      context.signals.emit('SIGINT');
      return { job: { ...worker.job!, state: 'running' }, spec: neverRead };
    };
    expect(await runProgram(['generate', 'gem'], context)).toBe(130);
    expect(worker.callsOf('jobs.cancel')).toEqual([{ target: { job: worker.job?.id } }]);
    expect(context.signals.listenerCount('SIGINT')).toBe(0);
  });
});

const neverRead = { kind: 'generate' as const, items: [] };

describe('the local worker', () => {
  function here(program: string) {
    const environment = {
      DGX_PIXELS_DATA: join(folder, 'data'),
      DGX_PIXELS_RUNTIME: join(folder, 'run'),
    };
    const context = fakeContext(null, { environment, program });
    return { context, environment };
  }

  test('is not started when that is not wanted', async () => {
    const { context } = here('/absent');
    await expect(connectWorker(context, { connect: null, start: false })).rejects.toMatchObject({
      code: 'disconnected',
      message: expect.stringContaining('dgx-pixels serve') as string,
    });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test('that ends while it starts is reported with the end of its log', async () => {
    const program = join(folder, 'cli.cjs');
    writeFileSync(program, 'console.log("no disk, no worker"); process.exitCode = 1;');
    const { context } = here(program);
    await expect(connectWorker(context, { connect: null, start: true })).rejects.toMatchObject({
      code: 'disconnected',
      message: expect.stringMatching(/ended while it started.*no disk, no worker/s) as string,
    });
    expect(context.stderr.text).toContain('Starting a local worker');
    expect(readFileSync(join(folder, 'data', 'logs', 'worker.log'), 'utf8')).toContain('no disk');
  });

  test('that is only remembered by its file counts for nothing', async () => {
    const { context } = here('/absent');
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise(resolve => dead.on('exit', resolve));
    mkdirSync(join(folder, 'run'), { mode: 0o700 });
    writeDiscovery(join(folder, 'run'), {
      version: '1',
      protocol: 1,
      instance: 'x',
      pid: dead.pid ?? 0,
      startedAt: 1,
      local: { requests: `ipc://${folder}/r`, events: `ipc://${folder}/e` },
    });
    await expect(connectWorker(context, { connect: null, start: false })).rejects.toThrow(
      'No local worker runs',
    );
  });

  test('a broken connection string is a wrong usage', async () => {
    const { context } = here('/absent');
    const choice = { connect: 'nonsense', start: false };
    await expect(connectWorker(context, choice)).rejects.toMatchObject({ code: 'invalid-params' });
  });
});

describe('doctor', () => {
  test('finds an old Node, an open or foreign socket folder and a path that is too long', () => {
    expect(checkNode('v24.1.0').level).toBe('ok');
    expect(checkNode('v20.11.0').level).toBe('warning');
    const run = join(folder, 'run');
    const environment = { DGX_PIXELS_RUNTIME: run };
    expect(checkRuntimeFolder(environment).level).toBe('ok');
    mkdirSync(run, { mode: 0o755 });
    expect(checkRuntimeFolder(environment)).toMatchObject({
      level: 'warning',
      remedy: `chmod 700 ${run}`,
    });
    rmSync(run, { recursive: true });
    writeFileSync(run, '');
    expect(checkRuntimeFolder(environment).level).toBe('fault');
    expect(checkRuntimeFolder({ DGX_PIXELS_RUNTIME: `/${'x'.repeat(120)}` }).level).toBe('fault');
  });

  test('finds a data folder that cannot be one', () => {
    expect(checkDataFolder({ DGX_PIXELS_DATA: join(folder, 'new', 'data') }).level).toBe('ok');
    writeFileSync(join(folder, 'file'), '');
    const environment = { DGX_PIXELS_DATA: join(folder, 'file', 'data') };
    expect(checkDataFolder(environment).level).toBe('fault');
  });
});

describe("the demo's game", () => {
  function installation(isCheckout: boolean): string {
    const root = join(folder, 'package');
    const game = join(root, 'examples', 'dungeon');
    mkdirSync(game, { recursive: true });
    if (isCheckout) mkdirSync(join(root, 'src', 'cli'), { recursive: true });
    for (const name of ['index.html', 'game.js', 'style.css', 'sprites.yaml']) {
      writeFileSync(join(game, name), name);
    }
    return join(root, 'dist', 'cli.cjs');
  }

  test('is used in place in a checkout', () => {
    const places = demoPlaces(installation(true), folder, null);
    expect(places.assets).toBe(join(folder, 'package', 'examples', 'dungeon', 'assets'));
  });

  test('is copied out of an installed package, and wherever it is asked for', () => {
    const installed = installation(false);
    expect(demoPlaces(installed, folder, null).game).toBe(join(folder, 'dgx-pixels-demo'));
    const { game } = demoPlaces(installed, folder, 'mine/game');
    expect(game).toBe(join(folder, 'mine', 'game'));
    expect(readFileSync(join(game, 'index.html'), 'utf8')).toBe('index.html');
  });

  test('that is missing is told of', async () => {
    expect(() => demoPlaces(join(folder, 'dist', 'cli.cjs'), folder, null)).toThrow(
      'install dgx-pixels again',
    );
  });
});
