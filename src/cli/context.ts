import type { WorkerConnection } from '../client/worker-connection.ts';

/** A stream that text is written to. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  rows?: number | undefined;
}

/** The keyboard, where there is one. */
export interface Input {
  isTTY?: boolean | undefined;
  setRawMode?: ((raw: boolean) => unknown) | undefined;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (data: Buffer | string) => void): unknown;
  off(event: 'data', listener: (data: Buffer | string) => void): unknown;
}

/** Where signals come from: the process, or a test. */
export interface Signals {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Which worker a command talks to. */
export interface ConnectionChoice {
  /** Connection string of a paired worker; null = the local one. */
  connect: string | null;
  /** Whether a local worker may be started where none runs. */
  start: boolean;
}

/** Everything a command touches outside itself. */
export interface Context {
  environment: Environment;
  cwd: string;
  /** Absolute path of the running bundle; `worker.cjs` lies beside it. */
  program: string;
  version: string;
  stdin: Input;
  stdout: Output;
  stderr: Output;
  signals: Signals;
  now: () => number;
  /** @throws PixelsError `disconnected` when no worker can be reached */
  connect: (choice: ConnectionChoice) => Promise<WorkerConnection>;
}

/** Writes a line. */
export function print(output: Output, line: string): void {
  output.write(`${line}\n`);
}

/** Columns of a terminal; Infinity for a file or pipe, where nothing needs shortening. */
export function columnsOf(output: Output): number {
  return output.isTTY ? (output.columns ?? 80) : Infinity;
}
