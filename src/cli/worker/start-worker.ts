import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '../context.ts';

/** Seconds without a job or client after which a worker that was started in the background ends. */
const IDLE_EXIT_S = 600;
const LOG_BYTES = 5_000_000;
const LAST_LINES = 12;

/** Where a worker that the command line started writes what it says. */
export function workerLogPath(data: string): string {
  return join(data, 'logs', 'worker.log');
}

export interface StartedWorker {
  child: ChildProcess;
  /** True once it has ended. */
  ended: () => boolean;
  /** What it said last, for an error message. */
  lastLines: () => string;
}

/**
 * Starts a worker that outlives this process.
 * @param program the command line's bundle
 */
export function startWorker(
  program: string,
  data: string,
  environment: Environment,
  options: readonly string[] = ['--idle-exit', String(IDLE_EXIT_S)],
): StartedWorker {
  const path = workerLogPath(data);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) {
    renameSync(path, `${path}.1`);
  }
  const log = openSync(path, 'a', 0o600);
  const begin = statSync(path).size;
  let over = false;
  try {
    const child = spawn(process.execPath, [program, 'serve', ...options], {
      detached: true,
      // The folder that the command runs in may be removed while the worker lives.
      cwd: data,
      env: { ...environment },
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
    child.on('exit', () => (over = true));
    child.on('error', () => (over = true));
    child.unref();
    return { child, ended: () => over, lastLines: () => linesSince(path, begin) };
  } finally {
    closeSync(log);
  }
}

function linesSince(path: string, begin: number): string {
  try {
    const said = readFileSync(path).subarray(begin).toString('utf8').trim();
    return said.split('\n').slice(-LAST_LINES).join('\n');
  } catch {
    return '';
  }
}
