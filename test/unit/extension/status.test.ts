import { describe, expect, test } from 'vitest';
import type { LinkState } from '../../../src/extension/connection/state.ts';
import {
  escapeMarkdown,
  type QueueSummary,
  statusText,
} from '../../../src/extension/status/status-text.ts';

const IDLE: QueueSummary = {
  unfinished: 0,
  waiting: 0,
  progress: null,
  title: null,
  etaMs: null,
  paused: [],
};

const BUILTIN = {
  name: 'builtin',
  url: 'http://127.0.0.1:1',
  engine: 'builtin',
  state: 'ready',
  version: null,
  problem: null,
  executing: null,
  parked: null,
} as const;

function ready(change: Partial<Extract<LinkState, { kind: 'ready' }>> = {}): LinkState {
  return {
    kind: 'ready',
    worker: {
      target: { kind: 'local', host: 'local' },
      transport: 'ipc',
      version: '0.1.0',
      protocol: 1,
      instance: 'i',
      pid: 7,
    },
    servers: [BUILTIN],
    notices: [],
    ...change,
  };
}

describe('the status bar', () => {
  test('names worker and engine, and in the tooltip transport and versions', () => {
    const { text, tooltip, severity } = statusText(ready(), IDLE, '0.2.0');
    expect(text).toBe('$(circle-filled) local · built-in engine');
    expect(tooltip).toContain('**DGX-Pixels** 0\\.2\\.0');
    expect(tooltip).toContain('Worker 0\\.1\\.0 \\(local\\), process 7, protocol 1');
    expect(tooltip).toContain('Transport: Unix socket');
    expect(tooltip).toContain('Nothing is queued.');
    expect(severity).toBe('none');
  });

  test('shows the queue with the progress of what executes', () => {
    const queue = {
      ...IDLE,
      unfinished: 3,
      waiting: 5,
      progress: 0.456,
      title: '*bold*',
      etaMs: 9_000,
    };
    const { text, label, tooltip } = statusText(ready(), queue, '0');
    expect(text).toBe('$(sync~spin) local · built-in engine · 3 jobs, 45 %');
    expect(label).toBe('DGX-Pixels: local · built-in engine · 3 jobs, 45 %');
    expect(tooltip).toContain('\\*bold\\*: 45 %, about 9 s left');
  });

  test('warns of an engine that is away, and says why', () => {
    const server = {
      ...BUILTIN,
      engine: 'comfyui',
      state: 'unreachable',
      problem: 'It refuses.',
    } as const;
    const { text, tooltip, severity } = statusText(ready({ servers: [server] }), IDLE, '0');
    expect(text).toBe('$(warning) local · ComfyUI');
    expect(tooltip).toContain('It refuses\\.');
    expect(severity).toBe('warning');
  });

  test('says why a worker is gone, with the last lines of its log', () => {
    const state: LinkState = {
      kind: 'disconnected',
      target: { kind: 'local', host: 'local' },
      reason: 'The local worker was killed by SIGKILL.',
      detail: 'one\n```two',
      advice: [],
      retrying: false,
    };
    const { text, tooltip, severity } = statusText(state, IDLE, '0');
    expect(text).toBe('$(debug-disconnect) disconnected');
    expect(tooltip).toContain('killed by SIGKILL');
    expect(tooltip).toContain("```text\none\n'''two\n```");
    expect(severity).toBe('error');
    expect(statusText({ ...state, retrying: true }, IDLE, '0').severity).toBe('warning');
  });

  test('has words for each other state', () => {
    expect(statusText({ kind: 'off', note: null }, IDLE, '0').text).toContain('DGX-Pixels');
    const target = { kind: 'remote', host: 'spark' } as const;
    expect(statusText({ kind: 'connecting', target }, IDLE, '0').tooltip).toContain('spark');
    expect(statusText({ kind: 'starting', target, step: 'Starting' }, IDLE, '0').tooltip).toContain(
      'Starting',
    );
  });

  test('lets no text of others become a link or an icon', () => {
    expect(escapeMarkdown('[x](command:y) $(bug) <b>')).toBe(
      '\\[x\\]\\(command:y\\) \\$\\(bug\\) \\<b\\>',
    );
  });
});
