import { describe, expect, test } from 'vitest';
import { USUAL_PIXELS } from '../../../src/protocol/pixels.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { PixelsError } from '../../../src/protocol/errors.ts';
import type { Job } from '../../../src/protocol/jobs.ts';
import { type FakeContext, fakeContext, FakeOutput } from './fake-context.ts';
import { FakeJobWorker, FakeWorker } from './fake-worker.ts';
import { jobId, runningJob } from './records.ts';

async function run(
  argv: string[],
  worker: FakeWorker | null = new FakeJobWorker(),
  changes: Partial<FakeContext> = {},
) {
  const context = fakeContext(worker, changes);
  const code = await runProgram(argv, context);
  return { code, context, out: context.stdout.text, err: context.stderr.text };
}

function submitted(worker: FakeWorker) {
  return worker.callsOf('jobs.submit')[0] as {
    id: string;
    lane: string;
    title?: string;
    spec: { items: { name?: string; count: number; recipe: Record<string, unknown> }[] };
  };
}

describe('generate', () => {
  test('sends every option as the recipe it means', async () => {
    const worker = new FakeJobWorker();
    const { code, out } = await run(
      [
        'generate',
        'rusty',
        'sword',
        '--detach',
        '--size',
        '32x48',
        '--count',
        '4',
        '--seed',
        '7',
        '--checkpoint',
        'sdxl.safetensors',
        '--lora',
        'pixel:0.8',
        '--lora',
        'knights',
        '--negative',
        'blurry',
        '--steps',
        '8',
        '--cfg',
        '1.5',
        '--sampler',
        'lcm',
        '--scheduler',
        'karras',
        '--vae',
        'v.safetensors',
        '--workflow',
        'sprite-sd15',
        '--render-size',
        '768',
        '--batch',
        '2',
        '--no-fix',
        '--keep-background',
        '--lane',
        'batch',
        '--title',
        'Swords',
        '--name',
        'blade.png',
      ],
      worker,
    );
    expect(code).toBe(0);
    const { id, lane, title, spec } = submitted(worker);
    expect(out).toBe(`${id}\n`);
    expect({ lane, title }).toEqual({ lane: 'batch', title: 'Swords' });
    expect(spec.items).toEqual([
      {
        name: 'blade',
        count: 4,
        recipe: {
          prompt: 'rusty sword',
          negative: 'blurry',
          size: [32, 48],
          renderSize: [768, 768],
          seed: 7,
          steps: 8,
          cfg: 1.5,
          sampler: 'lcm',
          scheduler: 'karras',
          checkpoint: 'sdxl.safetensors',
          vae: 'v.safetensors',
          workflow: 'sprite-sd15',
          loras: [
            { name: 'pixel', strength: 0.8 },
            { name: 'knights', strength: 1 },
          ],
          batch: 2,
          pixels: { ...USUAL_PIXELS, fix: 'none', background: 'keep' },
        },
      },
    ]);
  });

  test('leaves to the worker what nobody asked for', async () => {
    const worker = new FakeJobWorker();
    await run(['generate', 'gem', '--detach'], worker);
    expect(submitted(worker)).toMatchObject({ lane: 'interactive' });
    expect(submitted(worker).spec.items).toEqual([{ count: 1, recipe: { prompt: 'gem' } }]);
  });

  test.each([
    [['--size', '0'], 'at least 1'],
    [['--size', '513'], 'at most 512'],
    [['--size', '32y32'], 'must be a size'],
    [['--render-size', '33'], 'multiple of 8'],
    [['--render-size', '16384'], 'at most 8192'],
    [['--steps', '-1'], 'at least 1'],
    [['--steps', '1.5'], 'invalid'],
    [['--cfg', 'NaN'], 'must be a number'],
    [['--cfg', '0x10'], 'must be a number'],
    [['--count', '0'], 'at least 1'],
    [['--seed', '-1'], 'at least 0'],
    [['--lora', 'a:b'], 'write it as name:0.8'],
    [['--lora', '../x'], 'models folder'],
    [['--name', '../x'], 'plain file name'],
    [['--lane', 'fast'], 'Allowed choices'],
    [['--metadata', 'some'], 'Allowed choices'],
    [['--denoise', '2'], 'at most 1'],
    [['--denoise', '0.5'], '--init'],
    [['--workflow', '../x'], 'plain file name'],
    [['--sise', '32'], 'unknown option'],
  ])('refuses %j with exit code 2 before anything is sent', async (options, part) => {
    const worker = new FakeJobWorker();
    const { code, err } = await run(['generate', 'x', ...options], worker);
    expect(code).toBe(2);
    expect(err).toContain(part);
    expect(worker.asked).toEqual([]);
  });

  test('without a prompt is a wrong usage', async () => {
    expect((await run(['generate'])).code).toBe(2);
  });

  test.each([
    [new PixelsError('unknown-model', 'There is no checkpoint "foo".'), 2],
    [new PixelsError('missing-role', 'x'), 2],
    [new PixelsError('engine-unavailable', 'x'), 3],
    [new PixelsError('disconnected', 'x'), 3],
    [new PixelsError('key-rejected', 'x'), 3],
    [new PixelsError('disk-full', 'x'), 1],
    [new PixelsError('internal', 'x'), 1],
    [new Error('boom'), 1],
  ])('ends a refusal %s with exit code %i and closes the connection', async (error, expected) => {
    const worker = new FakeWorker({ 'jobs.submit': () => Promise.reject(error) });
    const { code, err } = await run(['generate', 'x'], worker);
    expect(code).toBe(expected);
    expect(err).toContain(error.message);
    expect(worker.closed).toBe(1);
  });

  test('prints the names that the worker proposes', async () => {
    const near = ['sdxl-base.safetensors', 'sdxl-turbo.safetensors'];
    const error = new PixelsError('unknown-model', 'There is no checkpoint "sdxl".', { near });
    const worker = new FakeWorker({ 'jobs.submit': () => Promise.reject(error) });
    expect((await run(['generate', 'x'], worker)).err).toBe(
      'error: There is no checkpoint "sdxl".\nTry one of: sdxl-base.safetensors, sdxl-turbo.safetensors\n',
    );
  });

  test('gives errors to a program as JSON, usage errors too', async () => {
    const error = new PixelsError('unknown-model', 'No such one.', { near: ['a'] });
    const worker = new FakeWorker({ 'jobs.submit': () => Promise.reject(error) });
    const refused = await run(['generate', 'x', '--json'], worker);
    expect(JSON.parse(refused.out)).toEqual({
      error: { code: 'unknown-model', message: 'No such one.', data: { near: ['a'] } },
    });
    const wrong = await run(['generate', 'x', '--json', '--size', '0']);
    expect(JSON.parse(wrong.out)).toMatchObject({ error: { code: 'invalid-params' } });
  });
});

describe('the connection', () => {
  async function choiceOf(argv: string[], environment = {}) {
    const choices: unknown[] = [];
    await run(argv, null, {
      environment,
      connect: async choice => {
        choices.push(choice);
        throw new PixelsError('disconnected', 'x');
      },
    });
    return choices[0];
  }

  test('is to the local worker, which is started, unless told otherwise', async () => {
    expect(await choiceOf(['models'])).toEqual({ connect: null, start: true });
    expect(await choiceOf(['models', '--no-start'])).toEqual({ connect: null, start: false });
    expect(await choiceOf(['jobs', 'cancel', '--all'])).toEqual({ connect: null, start: false });
  });

  test('is to a paired worker by option, else by environment', async () => {
    const environment = { DGX_PIXELS_CONNECT: 'dgxp1:env' };
    expect(await choiceOf(['models'], environment)).toMatchObject({ connect: 'dgxp1:env' });
    expect(await choiceOf(['models', '--connect', 'dgxp1:opt'], environment)).toMatchObject({
      connect: 'dgxp1:opt',
    });
    expect(await choiceOf(['models'], { DGX_PIXELS_CONNECT: '' })).toMatchObject({ connect: null });
  });
});

const otherId = '0197f2c4-0000-7c11-9f2e-000000000001';

function jobsWorker(jobs: Job[]): FakeWorker {
  return new FakeWorker({
    'jobs.list': ({ cursor }) => {
      const from = Number(cursor ?? 0);
      return {
        jobs: jobs.slice(from, from + 1),
        next: from + 1 < jobs.length ? `${from + 1}` : null,
      };
    },
    'jobs.cancel': () => ({ runs: 3 }),
    'jobs.retry': () => ({ runs: 0 }),
    'jobs.pause': () => ({ jobs: 1 }),
    'lanes.resume': () => ({ changed: true }),
    'jobs.move': () => ({ changed: true }),
  });
}

describe('jobs', () => {
  const two = [runningJob, { ...runningJob, id: otherId, state: 'done' as const, title: 'old' }];

  test('are listed over all pages as a table that fits the terminal', async () => {
    const { code, out } = await run(['jobs', 'list'], jobsWorker(two), {
      stdout: new FakeOutput(true, 64),
      now: () => 61_000,
    });
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'ID        STATE           PROGRESS  LANE           AGE  TITLE',
      '5f3a91c2  running  37 %, 12 s left  interactive  1 min  rusty s…',
      '00000001  done                 1/4  interactive  1 min  old',
      '',
    ]);
  });

  test('filters go to the worker', async () => {
    const worker = jobsWorker([]);
    await run(['jobs', '--help'], worker);
    await run(['jobs', 'list', '--state', 'failed', '--state', 'lost', '--lane', 'batch'], worker);
    expect(worker.callsOf('jobs.list')).toMatchObject([
      { filter: { states: ['failed', 'lost'], lane: 'batch' } },
    ]);
    const wrong = await run(['jobs', 'list', '--state', 'broken'], worker);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('queued, running, paused');
  });

  test('are named by any unique beginning or end of their ids', async () => {
    for (const given of ['5f3a91c2', '0197f2c4-77', jobId, jobId.toUpperCase()]) {
      const worker = jobsWorker(two);
      const { code, out } = await run(['jobs', 'cancel', given], worker);
      expect(code).toBe(0);
      expect(out).toBe('3 runs cancelled.\n');
      expect(worker.callsOf('jobs.cancel')).toEqual([{ target: { job: jobId } }]);
    }
  });

  test.each([
    ['0197f2c4', "2 jobs' ids begin or end"],
    ['abcdef', "No job's id begins or ends"],
    ['sword', "not a job's id"],
  ])('are not touched when "%s" does not name one', async (given, part) => {
    const worker = jobsWorker(two);
    const { code, err } = await run(['jobs', 'cancel', given], worker);
    expect(code).toBe(2);
    expect(err).toContain(part);
    expect(worker.callsOf('jobs.cancel')).toEqual([]);
  });

  test.each([
    [['cancel'], 'Name jobs'],
    [['cancel', '--all', jobId], 'Name jobs'],
    [['cancel', '--run', '1', '--all'], 'exactly one job'],
    [['pause', '--lane', 'batch', '--all'], '--lane stands alone'],
    [['move', jobId], 'Say where to'],
    [['move', jobId, '--end', '--before', otherId], 'Say where to'],
  ])('%j says too little or too much', async (argv, part) => {
    const { code, err } = await run(['jobs', ...argv], jobsWorker(two));
    expect(code).toBe(2);
    expect(err).toContain(part);
  });

  test('are cancelled, retried, paused, resumed and moved by request', async () => {
    const worker = jobsWorker(two);
    await run(['jobs', 'cancel', '--all'], worker);
    await run(['jobs', 'cancel', jobId, '--run', '2'], worker);
    expect(worker.callsOf('jobs.cancel')).toEqual([
      { target: { all: true } },
      { target: { job: jobId, run: 2 } },
    ]);
    expect((await run(['jobs', 'retry', '--group', 'g'], worker)).out).toContain(
      'nothing to retry',
    );
    expect((await run(['jobs', 'pause', jobId], worker)).out).toBe('1 job paused.\n');
    expect((await run(['jobs', 'resume', '--lane', 'batch'], worker)).out).toContain(
      'batch resumed',
    );
    await run(['jobs', 'move', jobId, '--before', otherId], worker);
    await run(['jobs', 'move', jobId, '--end'], worker);
    expect(worker.callsOf('jobs.move')).toEqual([
      { id: jobId, before: otherId },
      { id: jobId, before: null },
    ]);
  });
});

describe('artifacts', () => {
  test('are pruned to a size that a person can write', async () => {
    const worker = new FakeWorker({
      'artifacts.prune': () => ({ artifacts: 12, bytes: 1_500_000 }),
    });
    const { out } = await run(['artifacts', 'prune', '--to', '1.5GB', '--dry-run'], worker);
    expect(out).toBe('Would remove 12 artifacts, 1.5 MB.\n');
    expect(worker.callsOf('artifacts.prune')).toEqual([{ toBytes: 1.5e9, dryRun: true }]);
    expect((await run(['artifacts', 'prune', '--to', 'lots'], worker)).code).toBe(2);
    expect((await run(['artifacts', 'prune'], worker)).code).toBe(2);
  });

  test('have a digest as their name', async () => {
    const { code, err } = await run(['artifacts', 'info', 'abc']);
    expect(code).toBe(2);
    expect(err).toContain('SHA-256');
  });
});

describe('doctor', () => {
  function doctorWorker(level: 'ok' | 'warning' | 'fault'): FakeWorker {
    return new FakeWorker({
      status: () => ({ version: '1.2.3', pid: 7 }) as never,
      doctor: () => ({
        findings: [{ check: 'disk', level, message: 'Full.', remedy: 'Tidy up.' }],
      }),
    });
  }
  const environment = { DGX_PIXELS_CONNECT: 'dgxp1:x' };

  test('tells each finding with its remedy, and exits 1 when one is a fault', async () => {
    const { code, out } = await run(['doctor'], doctorWorker('fault'), { environment });
    expect(code).toBe(1);
    expect(out).toContain('FAULT    disk: Full.\n         → Tidy up.\n');
    expect(out).toContain('1 fault.');
    expect((await run(['doctor'], doctorWorker('warning'), { environment })).code).toBe(0);
  });

  test('counts a worker that cannot be reached as a fault, as JSON too', async () => {
    const connect = () => Promise.reject(new PixelsError('disconnected', 'Nobody there.'));
    const { code, out } = await run(['doctor', '--json'], null, { environment, connect });
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as { findings: unknown[] };
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'worker', level: 'fault', message: 'Nobody there.' }),
    );
  });

  test('warns when worker and command line are of different versions', async () => {
    const { out } = await run(['doctor'], doctorWorker('ok'), { environment, version: '2.0.0' });
    expect(out).toMatch(/warning\s+worker: Worker 1\.2\.3 answers.*this command line is 2\.0\.0/);
  });
});

describe('help', () => {
  test('lists every command, those of the worker too, and the exit codes', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const name of ['generate', 'demo', 'preview', 'jobs', 'status', 'doctor', 'models']) {
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    for (const name of ['workflows', 'artifacts', 'serve', 'pair', 'engine', 'stop']) {
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    expect(out).toContain('130  cancelled');
  });

  test.each([
    ['generate'],
    ['demo'],
    ['preview'],
    ['jobs'],
    ['jobs', 'list'],
    ['jobs', 'show'],
    ['jobs', 'watch'],
    ['jobs', 'cancel'],
    ['jobs', 'retry'],
    ['jobs', 'pause'],
    ['jobs', 'resume'],
    ['jobs', 'move'],
    ['status'],
    ['doctor'],
    ['models'],
    ['workflows'],
    ['artifacts'],
    ['artifacts', 'info'],
    ['artifacts', 'get'],
    ['artifacts', 'prune'],
    ['stop'],
  ])('of %s %s has examples', async (...command) => {
    const { code, out } = await run([...command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Examples:\\n  \\$ dgx-pixels ${command.join(' ')}`));
  });

  test('of the version tells node and platform', async () => {
    const { code, out } = await run(['--version']);
    expect(code).toBe(0);
    expect(out).toBe(
      `dgx-pixels 1.2.3 (node ${process.version}, ${process.platform} ${process.arch})\n`,
    );
  });

  test('for a mistyped command proposes the right one', async () => {
    const { code, err } = await run(['generat']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean generate?');
  });

  test('comes without a command, as wrong usage', async () => {
    expect((await run([])).code).toBe(2);
  });
});
