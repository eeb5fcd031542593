import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readDiscovery } from '../../src/local/discovery.ts';
import { readPngText } from '../../src/pixels/png-text.ts';

/** The built command line; `npm run test:integration` builds it first. */
const program = join(import.meta.dirname, '..', '..', 'dist', 'cli.cjs');
const hasProgram = existsSync(program) && existsSync(join(program, '..', 'worker.cjs'));

let folder: string;
let environment: NodeJS.ProcessEnv;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dgxp-'));
  const { COMFYUI_URL: _url, DGX_PIXELS_CONNECT: _connect, ...rest } = process.env;
  environment = {
    ...rest,
    DGX_PIXELS_DATA: join(folder, 'data'),
    DGX_PIXELS_RUNTIME: join(folder, 'run'),
    TMPDIR: folder,
  };
});

afterEach(async () => {
  const pid = readDiscovery(join(folder, 'run'))?.pid;
  if (pid !== undefined && isAlive(pid)) {
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await new Promise(resolve => setTimeout(resolve, 20));
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function start(argv: string[]) {
  const child = spawn(process.execPath, [program, ...argv], { cwd: folder, env: environment });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>(resolve => {
    child.on('close', code => resolve({ code, ...said }));
  });
  return { child, said, ended };
}

function run(...argv: string[]) {
  return start(argv).ended;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 10));
}

describe.skipIf(!hasProgram)('the built command line', () => {
  test('draws the whole demo and leaves neither process nor temporary file behind', async () => {
    const { code, out, err } = await run('demo', '--out', 'game');
    expect(err).not.toContain('error');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^demo: 17 sprites, 0 failed, \d+\.\d s$/);
    const assets = readdirSync(join(folder, 'game', 'assets'));
    expect(assets).toHaveLength(17);
    const knight = readFileSync(join(folder, 'game', 'assets', 'knight.png'));
    expect([knight.readUInt32BE(16), knight.readUInt32BE(20)]).toEqual([32, 32]);
    expect(Object.keys(readPngText(knight))).toEqual(['dgx-pixels']);
    expect(knight.toString('latin1')).not.toContain('plume');
    expect(existsSync(join(folder, 'game', 'index.html'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['game']);
  });

  test('starts a worker, draws, shows the job, fetches its image and stops the worker', async () => {
    const drawn = await run('generate', 'gold', 'coin', '--size', '16', '--seed', '3', '--json');
    expect(drawn.code).toBe(0);
    expect(drawn.err).toContain('Starting a local worker');
    const records = drawn.out
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    const file = records.find(record => record['event'] === 'file');
    expect(file).toMatchObject({ path: join(folder, 'gold-coin.png'), width: 16, height: 16 });
    expect(records.at(-1)).toMatchObject({ event: 'summary', state: 'done' });

    const digest = String(file?.['digest']);
    const shown = await run('jobs', 'show', String(file?.['job']).slice(-8));
    expect(shown.out).toContain(digest);
    expect(shown.out).toMatch(/finishing → done/);
    expect((await run('artifacts', 'get', digest, '-o', 'again.png')).code).toBe(0);
    expect(readPngText(readFileSync(join(folder, 'again.png')))).toHaveProperty('prompt');
    expect((await run('preview', digest, '--scale', '1')).out).toContain('▀');

    const unknown = await run('generate', 'x', '--checkpoint', 'no-such-model');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('no-such-model');

    const pid = readDiscovery(join(folder, 'run'))?.pid ?? 0;
    expect((await run('stop')).code).toBe(0);
    await until(() => !isAlive(pid));
    expect((await run('models', '--no-start')).code).toBe(3);
  });

  test('cancels its job on Ctrl-C, keeps what was drawn and exits 130', async () => {
    const { child, said, ended } = start(['generate', 'gem', '--count', '200', '--json']);
    await until(() => said.out.includes('"event":"file"') || child.exitCode !== null);
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect(code).toBe(130);
    const summary = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as {
      state: string;
      runs: { cancelled: number; active: number; queued: number };
      files: string[];
    };
    expect(summary.state).toBe('partial');
    expect(summary.runs).toMatchObject({ active: 0, queued: 0 });
    expect(summary.runs.cancelled).toBeGreaterThan(0);
    for (const path of summary.files) expect(existsSync(path)).toBe(true);
  });

  test('runs the commands of the worker from its bundle', async () => {
    const { code, out } = await run('serve', '--help');
    expect(code).toBe(0);
    expect(out).toContain('dgx-pixels serve');
    expect((await run('help', 'serve')).out).toBe(out);
    expect((await run('serve', '--no-such-option')).code).toBe(2);
  });

  test('ends quietly when nobody reads on', async () => {
    const { child, ended } = start(['--help']);
    child.stdout.destroy();
    expect((await ended).err).toBe('');
  });
});
