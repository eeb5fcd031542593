import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, closeSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../src/cli/commands/demo.ts';
import { EXIT } from '../../../src/cli/exit-codes.ts';
import { asFileFault } from '../../../src/cli/file-fault.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { fakeContext } from './fake-context.ts';
import { FakeJobWorker, FakeWorker } from './fake-worker.ts';
import { pngSaying } from './records.ts';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(argv: string[], worker: FakeWorker = new FakeJobWorker()) {
  const context = fakeContext(worker, { cwd: folder });
  const code = await runProgram(argv, context);
  return { code, out: context.stdout.text, err: context.stderr.text };
}

describe('a file that cannot be written', () => {
  const digest = 'ab'.repeat(32);

  class Artifacts extends FakeJobWorker {
    override fetchArtifact(): Promise<Uint8Array> {
      return Promise.resolve(Uint8Array.of(1));
    }
  }

  test('is named as the person named it, without the draft beside it', async () => {
    const argv = ['artifacts', 'get', digest, '-o', join('no', 'x.png')];
    const { code, err } = await run(argv, new Artifacts());
    const place = join(folder, 'no', 'x.png');
    expect(err).toBe(`error: Cannot write ${place}: there is no such file or folder.\n`);
    expect(code).toBe(EXIT.usage);
  });

  test.each([
    [
      { syscall: 'write', code: 'ENOSPC' },
      'Cannot write the file: no space is left on the device.',
    ],
    [{ syscall: 'open', code: 'EACCES', path: 'a' }, 'Cannot open a: permission is denied.'],
    [{ syscall: 'spawn node', code: 'ENOENT', path: 'node' }, 'raw'],
    [{ syscall: 'open', code: 'EMFILE', path: 'a' }, 'raw'],
  ])('is told apart from other errors of the system: %o', (errno, message) => {
    expect(asFileFault(Object.assign(new Error('raw'), errno))).toMatchObject({ message });
  });

  test('has a code of the protocol for programs', async () => {
    writeFileSync(join(folder, 'taken'), '');
    writeFileSync(join(folder, 'a.png'), pngSaying({}));
    const { out } = await run(['fix', 'a.png', '-o', 'taken', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      failed: [{ code: 'conflict', message: expect.stringContaining('is there') as unknown }],
    });
  });
});

test.runIf(existsSync('/dev/full'))('a full standard output is told in a sentence', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [MAIN, '--help'], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect(stderr).toBe('error: Cannot write the output: no space is left on the device.\n');
  expect(status).toBe(EXIT.failed);
});

describe('a wrong word', () => {
  test('behind jobs is told as the command that it is not', async () => {
    const { code, err } = await run(['jobs', '5f3a91c2']);
    expect(code).toBe(EXIT.usage);
    expect(err).toContain('There is no command "jobs 5f3a91c2"');
    expect(err).toContain('jobs show');
  });

  test('for a whole number is told as such', async () => {
    const { err } = await run(['generate', 'x', '--steps', '1.5']);
    expect(err).toContain('It must be a whole number.');
  });
});

test('--detach --json tells how many runs there are', async () => {
  const { out } = await run(['generate', 'x', '--count', '3', '--detach', '--json']);
  expect(JSON.parse(out)).toMatchObject({ event: 'submitted', runs: 3 });
});

test('models --json does not call a list empty that no engine has told', async () => {
  const nothing = { checkpoints: [], loras: [], vaes: [], samplers: [], schedulers: [] };
  const worker = new FakeWorker({ 'models.list': () => nothing });
  const { code, out } = await run(['models', '--json'], worker);
  expect(code).toBe(EXIT.unreachable);
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'engine-unavailable' } });
});

test('the demo that was cancelled did not fail', () => {
  expect(outcomeOf(17, 15, EXIT.cancelled)).toBe('cancelled, 2 of 17 sprites');
  expect(outcomeOf(17, 1, EXIT.failed)).toBe('17 sprites, 1 failed');
});
