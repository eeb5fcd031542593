import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type ConnectOptions, WorkerClient } from '../../../src/client/worker-client.ts';
import type { Endpoint } from '../../../src/local/discovery.ts';
import { PixelsError } from '../../../src/protocol/errors.ts';
import { type MethodName, METHODS } from '../../../src/protocol/methods.ts';
import { Attached, type Handlers } from '../../../src/worker/server/handlers.ts';
import {
  type ListenerOptions,
  type PixelsServer,
  type ServerOptions,
  startServer,
} from '../../../src/worker/server/server.ts';
import { METHOD_SAMPLES } from '../../unit/protocol/samples.ts';
import { makeTestHandlers, type TestJournal } from './test-handlers.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Runs after the test, the latest first. */
export function afterwards(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dgxp-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Addresses {
  requests: string;
  events: string;
}

export function localEndpoints(transport: 'ipc' | 'tcp'): Addresses {
  if (transport === 'tcp') {
    return { requests: 'tcp://127.0.0.1:*', events: 'tcp://127.0.0.1:*' };
  }
  const folder = temporaryFolder();
  return { requests: `ipc://${folder}/requests`, events: `ipc://${folder}/events` };
}

export interface TestServer {
  server: PixelsServer;
  endpoint: Endpoint;
  journal: TestJournal;
}

/** A server with handlers that answer with samples, and a journal in memory. */
export async function serve(
  listener: ListenerOptions,
  options: Partial<ServerOptions> = {},
  overrides: Partial<Handlers> = {},
): Promise<TestServer> {
  const { handlers, journal } = makeTestHandlers(overrides);
  const server = await startServer({
    listeners: [listener],
    handlers,
    currentSeq: () => journal.seq,
    instance: journal.instance,
    checkResults: true,
    ...options,
  });
  afterwards(() => server.close());
  const endpoint = server.endpoints[0];
  if (endpoint === undefined) throw new Error('nothing was bound');
  return { server, endpoint, journal };
}

export async function connect(
  endpoint: Endpoint,
  options: Partial<ConnectOptions> = {},
): Promise<WorkerClient> {
  const client = await WorkerClient.connect({
    endpoint,
    client: { name: 'tests', version: '0.0.0' },
    ...options,
  });
  afterwards(() => client.close());
  return client;
}

/** Code of the error that a promise ends with; `none` when it does not fail. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return PixelsError.is(error) ? error.code : `not a PixelsError: ${String(error)}`;
  }
}

export async function until(condition: () => boolean, what: string, ms = 15_000): Promise<void> {
  const giveUpAt = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`${what} did not happen within ${ms} ms.`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** Blocks this thread as a stalled editor does. */
export function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** A worker in a process of its own, so that it can be blocked and killed. */
export interface WorkerProcess {
  child: ChildProcess;
  endpoint: Endpoint;
  /** Publishes events up to this sequence number. */
  publishTo(seq: number): void;
  block(ms: number): void;
  kill(): Promise<void>;
}

export async function forkWorker(
  { requests, events }: Addresses,
  start: { seq?: number; instance?: string } = {},
): Promise<WorkerProcess> {
  const child = fork(
    join(import.meta.dirname, 'worker-process.ts'),
    [
      JSON.stringify({
        listener: { requests, events },
        seq: start.seq ?? 0,
        instance: start.instance ?? 'first',
      }),
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  afterwards(kill);
  const [endpoint] = (await once(child, 'message')) as [Endpoint];
  return {
    child,
    endpoint,
    publishTo: seq => void child.send({ publishTo: seq }),
    block: ms => void child.send({ block: ms }),
    kill,
  };
}

export const methodNames = Object.keys(METHODS) as MethodName[];
export { Attached, METHOD_SAMPLES };
