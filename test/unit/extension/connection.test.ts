import { describe, expect, test } from 'vitest';
import { Backoff } from '../../../src/extension/connection/backoff.ts';
import { comfyuiFor } from '../../../src/extension/connection/engine-choice.ts';
import { workerEnvironment } from '../../../src/extension/connection/local-environment.ts';
import { deathOf, judge } from '../../../src/extension/connection/verdict.ts';
import { isOlder } from '../../../src/extension/connection/versions.ts';
import { Log, withoutSecrets } from '../../../src/extension/log.ts';
import { ZeromqLoadError } from '../../../src/local/zeromq-load-error.ts';
import { PixelsError } from '../../../src/protocol/errors.ts';

const LOCAL = { kind: 'local', host: 'local' } as const;
const REMOTE = { kind: 'remote', host: 'spark' } as const;

describe('a fault of the connection', () => {
  test('of a key or a version is not tried again, and leads to another connection', () => {
    for (const code of ['key-rejected', 'protocol-mismatch', 'invalid-params'] as const) {
      const { error, retry } = judge(new PixelsError(code, 'No.'), REMOTE);
      expect(retry, code).toBe(false);
      expect(error.advice[0]?.command, code).toBe('dgx-pixels.connectToWorker');
    }
  });

  test('of two versions of the protocol says which to update, and where to look', () => {
    const data = { ours: 2, theirs: 1 };
    const fault = new PixelsError('protocol-mismatch', 'This side speaks protocol 2.', data);
    const { error } = judge(fault, { kind: 'local', host: 'local' });
    expect(error.message).toMatch(/different versions of the protocol; update the older/);
    expect(error.advice[0]?.command).toBe('workbench.extensions.action.checkForUpdates');
    const other = new PixelsError('protocol-mismatch', 'Something else listens there.');
    expect(judge(other, REMOTE).error.message).toBe('Something else listens there.');
  });

  test('of native code names the platform and what to install, in one sentence', () => {
    const { error } = judge(new ZeromqLoadError(new Error('no\nsuch file')), REMOTE);
    expect(error.message).toMatch(
      /^ZeroMQ does not load on \S+ \S+ \(\S+\): install the extension’s build for this platform/,
    );
    expect(error.advice.map(({ command }) => command)).toContain('dgx-pixels.copyDiagnostics');
  });

  test('of a remote worker that is away names its host and is tried again', () => {
    const { error, retry } = judge(new PixelsError('disconnected', 'x'), REMOTE);
    expect(retry).toBe(true);
    expect(error.message).toMatch(/^The worker on spark does not answer\./);
  });

  test('is one sentence; what the log said is beside it', () => {
    const fault = new PixelsError('disconnected', 'It ended. It said last:\none\ntwo');
    const { error, retry } = judge(fault, LOCAL);
    expect(error.message).toBe('It ended. It said last: two');
    expect(error.detail).toBe('one\ntwo');
    expect(retry).toBe(false);
  });

  test('of a worker that died offers to start it', () => {
    const { message, advice } = deathOf('It was killed.', null);
    expect(message).toBe('It was killed.');
    expect(advice.map(({ command }) => command)).toContain('dgx-pixels.startLocalWorker');
  });

  test('of an error of another bundle is told by its code', () => {
    const foreign = Object.assign(new Error('No.'), { code: 'key-rejected' });
    expect(judge(foreign, REMOTE).error.code).toBe('key-rejected');
    expect(judge('odd', LOCAL).error).toMatchObject({ code: 'internal', message: 'odd' });
  });
});

test('waiting times double up to half a minute and begin anew after a success', () => {
  const backoff = new Backoff(1_000);
  expect(Array.from({ length: 7 }, () => backoff.next())).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  backoff.reset();
  expect(backoff.next()).toBe(1_000);
});

test.each([
  ['0.1.0', '0.2.0', true],
  ['0.9.0', '0.10.0', true],
  ['1.0.0', '0.9.9', false],
  ['0.1.0', '0.1.0', false],
  ['0.1.0-rc.1', '0.1.0', false],
  ['rubbish', '0.1.0', false],
])('%s is older than %s: %s', (version, than, expected) => {
  expect(isOlder(version, than)).toBe(expected);
});

describe("a worker's environment", () => {
  const editor = {
    PATH: '/bin',
    VSCODE_IPC_HOOK: 'x',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--require evil',
    COMFYUI_URL: 'http://x',
    DGX_PIXELS_DATA: '/d',
  };

  test('has nothing that is meant for the editor', () => {
    expect(workerEnvironment(editor, false)).toEqual({ PATH: '/bin', DGX_PIXELS_DATA: '/d' });
  });

  test('makes a plain Node of Electron', () => {
    expect(workerEnvironment(editor, true)).toMatchObject({ ELECTRON_RUN_AS_NODE: '1' });
  });
});

describe('the engine of a local worker', () => {
  test('is the built-in one where no ComfyUI answers', async () => {
    expect(await comfyuiFor({ engine: 'auto', comfyuiUrl: 'http://127.0.0.1:1' })).toBeNull();
    expect(await comfyuiFor({ engine: 'builtin', comfyuiUrl: 'rubbish' })).toBeNull();
  });

  test('is the ComfyUI that was chosen, whether it answers or not', async () => {
    const comfyuiUrl = 'http://127.0.0.1:1';
    expect(await comfyuiFor({ engine: 'comfyui', comfyuiUrl })).toBe(comfyuiUrl);
    await expect(comfyuiFor({ engine: 'comfyui', comfyuiUrl: 'spark' })).rejects.toThrow(
      /"spark" is not an address/,
    );
    await expect(comfyuiFor({ engine: 'auto', comfyuiUrl: 'file:///x' })).rejects.toThrow(
      /not an address/,
    );
  });
});

describe('the log', () => {
  test('begins a job’s lines with its id', () => {
    const lines: string[] = [];
    const add = (line: string) => lines.push(line);
    const log = new Log({ trace: add, debug: add, info: add, warn: add, error: add });
    log.info('saved', 'abc');
    log.error('failed', new PixelsError('disk-full', 'Full.'));
    expect(lines[0]).toBe('[abc] saved');
    expect(lines[1]).toMatch(/^failed: Full\. \(disk-full\)/);
  });

  test('keeps keys and connection strings out', () => {
    const key = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123';
    const text = withoutSecrets(`got dgxp1:abc_DEF-123 {"secretKey":"${key}"}`);
    expect(text).toBe('got … {"secretKey":"…"}');
  });
});
