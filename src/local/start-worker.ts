import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Seconds without a job or client after which a worker that was started in the background ends. */
const IDLE_EXIT_S = 600;
const LOG_BYTES = 5_000_000;
const LAST_LINES = 12;
/** Bytes of the log that are read for its last lines. */
const TAIL_BYTES = 16_384;

/** Where a worker that was started in the background writes what it says. */
export function workerLogPath(data: string): string {
  return join(data, 'logs', 'worker.log');
}

/** How a process ended. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface StartedWorker {
  child: ChildProcess;
  /** True once it has ended. */
  ended: () => boolean;
  /** How it ended; null while it runs, or when it never began. */
  end: () => ProcessEnd | null;
  /** What it said last, for an error message. */
  lastLines: () => string;
}

export interface StartOptions {
  /** Arguments of `serve`. */
  arguments?: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts a worker that outlives this process, on the Node that runs it.
 * @param program a bundle that knows `serve`: the command line's or the worker's
 * @param data the worker's data folder
 */
export function startWorker(
  program: string,
  data: string,
  { environment, arguments: more = ['--idle-exit', String(IDLE_EXIT_S)] }: StartOptions,
): StartedWorker {
  const path = workerLogPath(data);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) {
    renameSync(path, `${path}.1`);
  }
  const log = openSync(path, 'a', 0o600);
  const begin = fstatSync(log).size;
  let over = false;
  let end: ProcessEnd | null = null;
  try {
    const child = spawn(process.execPath, [program, 'serve', ...more], {
      detached: true,
      // The folder that the command runs in may be removed while the worker lives.
      cwd: data,
      env: { ...environment },
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
    child.on('exit', (code, signal) => {
      over = true;
      end = { code, signal };
    });
    child.on('error', () => (over = true));
    child.unref();
    return {
      child,
      ended: () => over,
      end: () => end,
      lastLines: () => lastLogLines(data, begin),
    };
  } finally {
    closeSync(log);
  }
}

/** The last lines of a worker's log. @param begin place in the file before which nothing counts, in bytes */
export function lastLogLines(data: string, begin = 0): string {
  try {
    const file = openSync(workerLogPath(data), 'r');
    try {
      const { size } = fstatSync(file);
      const from = Math.max(begin, size - TAIL_BYTES);
      const tail = Buffer.alloc(Math.max(0, size - from));
      const bytes = readSync(file, tail, 0, tail.byteLength, from);
      const lines = tail.toString('utf8', 0, bytes).trim().split('\n');
      return lines.slice(-LAST_LINES).join('\n');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
