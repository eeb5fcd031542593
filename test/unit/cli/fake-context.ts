import { EventEmitter } from 'node:events';
import type { Context, Input, Output } from '../../../src/cli/context.ts';
import type { WorkerConnection } from '../../../src/client/worker-connection.ts';

/** A stream that keeps what is written. */
export class FakeOutput implements Output {
  text = '';
  readonly writes: string[] = [];
  isTTY: boolean | undefined;
  columns: number | undefined;

  constructor(isTTY = false, columns = 80) {
    if (isTTY) {
      this.isTTY = true;
      this.columns = columns;
    }
  }

  write(text: string): void {
    this.text += text;
    this.writes.push(text);
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }
}

/** A keyboard that a test types on. */
export class FakeInput extends EventEmitter implements Input {
  isTTY: boolean | undefined;
  raw = false;

  constructor(isTTY = false) {
    super();
    if (isTTY) this.isTTY = true;
  }

  setRawMode(raw: boolean): void {
    this.raw = raw;
  }

  resume(): void {
    // Always flowing.
  }

  pause(): void {
    // Always flowing.
  }

  type(keys: string): void {
    this.emit('data', Buffer.from(keys));
  }
}

export interface FakeContext extends Context {
  stdin: FakeInput;
  stdout: FakeOutput;
  stderr: FakeOutput;
  signals: EventEmitter;
}

/** A context without a process: streams that are kept, a clock that stands, the worker that is given. */
export function fakeContext(
  connection: WorkerConnection | null,
  changes: Partial<FakeContext> = {},
): FakeContext {
  return {
    environment: {},
    cwd: '/game',
    program: '/pkg/dist/cli.cjs',
    version: '1.2.3',
    stdin: new FakeInput(),
    stdout: new FakeOutput(),
    stderr: new FakeOutput(),
    signals: new EventEmitter(),
    now: () => 5000,
    connect: async () => {
      if (connection === null) throw new Error('This test has no worker.');
      return connection;
    },
    ...changes,
  };
}
