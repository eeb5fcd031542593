import { expect, test } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import type { Model } from '../../../src/protocol/models.ts';
import { fakeContext } from './fake-context.ts';
import { FakeWorker } from './fake-worker.ts';

function model(name: string, change: Partial<Model> = {}): Model {
  return {
    name,
    family: 'sdxl',
    placeholder: false,
    servers: ['spark'],
    bytes: 6.9e9,
    sha256: 'a'.repeat(64),
    triggerWords: [],
    license: null,
    ...change,
  };
}

const forecast = {
  renderSize: [1024, 1024] as [number, number],
  peakBytes: 12e9,
  weightsBytes: 7e9,
  fits: true,
};

async function run(worker: FakeWorker, ...words: string[]) {
  const context = fakeContext(worker);
  const outcome = { exitCode: 0 };
  await buildProgram({ context, outcome }).parseAsync(['models', ...words], { from: 'user' });
  return { out: context.stdout.text, err: context.stderr.text, code: outcome.exitCode };
}

async function output(worker: FakeWorker, ...words: string[]): Promise<string> {
  return (await run(worker, ...words)).out;
}

function someWorker(): FakeWorker {
  return new FakeWorker({
    'models.list': () => ({
      checkpoints: [
        model('torn.safetensors', { problem: 'The file is of no use: it ends inside its header.' }),
        model('good.safetensors', { forecast, license: 'OpenRAIL' }),
        model('large.safetensors', { forecast: { ...forecast, peakBytes: 120e9, fits: false } }),
      ],
      loras: [],
      vaes: [],
      samplers: ['euler'],
      schedulers: ['normal'],
      stepTimes: [
        {
          server: 'spark',
          checkpoint: 'good.safetensors',
          renderSize: [1024, 768],
          batch: 4,
          evaluations: 2,
          stepMs: 410,
          loadMs: 5200,
          restMs: 900,
          samples: 12,
        },
      ],
    }),
    'engines.free': () => ({ servers: ['spark'] }),
  });
}

test('models says what is wrong with a file and what a checkpoint takes', async () => {
  const text = await output(someWorker());
  expect(text).toMatch(/torn\.safetensors .*The file is of no use: it ends inside its header\./);
  expect(text).toMatch(/good\.safetensors .*12 GB by forecast; OpenRAIL/);
  expect(text).toMatch(/large\.safetensors .*does not fit: 120 GB by forecast/);
});

test('models shows what was learnt from runs', async () => {
  expect(await output(someWorker())).toMatch(
    /good\.safetensors, 2 evaluations a step +1024×768 +4 +0\.4 s +5\.2 s +0\.9 s +12 +spark/,
  );
});

test('models --unload asks the servers to, before it lists', async () => {
  const worker = someWorker();
  await output(worker, '--unload');
  expect(worker.asked.map(({ method }) => method)).toEqual(['engines.free', 'models.list']);
  await output(worker);
  expect(worker.asked.filter(({ method }) => method === 'engines.free')).toHaveLength(1);
});

test('models does not call a list empty that no engine has told', async () => {
  const nothing = { checkpoints: [], loras: [], vaes: [], samplers: [], schedulers: [] };
  const { code, out, err } = await run(new FakeWorker({ 'models.list': () => nothing }));
  expect(code).toBe(3);
  expect(out).toBe('');
  expect(err).toMatch(/No engine has answered yet.*doctor/);
});
