import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectLocal } from '../../src/client/discover.ts';
import type { WorkerClient } from '../../src/client/worker-client.ts';
import { uuid7 } from '../../src/client/uuid7.ts';
import type { Job, Run } from '../../src/protocol/jobs.ts';
import type { MethodParams } from '../../src/protocol/methods.ts';
import type { RecipeInput } from '../../src/protocol/recipe.ts';

const DIST = join(import.meta.dirname, '..', '..', 'dist');

/** A temporary folder, removed when the scope ends. */
export class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'dgxp-'));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Waits until a condition holds; fails with `what` after the limit. */
export async function until<T>(
  what: string,
  probe: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  limitMs = 30_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await probe();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** A child process that is killed when the scope ends. */
export class Child implements AsyncDisposable {
  readonly process: ChildProcess;
  output = '';

  constructor(
    arguments_: readonly string[],
    environment: Record<string, string> = {},
    node = process.execPath,
  ) {
    this.process = spawn(node, arguments_, {
      env: { ...process.env, COMFYUI_URL: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString('utf8');
      });
    }
  }

  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  async ended(): Promise<number | NodeJS.Signals> {
    if (this.alive) await once(this.process, 'exit');
    return this.process.exitCode ?? this.process.signalCode ?? -1;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (!this.alive) return;
    this.process.kill(signal);
    await this.ended();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

/** A stand-alone built-in engine. */
export async function startEngine(
  folder: string,
  port: number,
  ...options: string[]
): Promise<Child> {
  const engine = new Child([
    join(DIST, 'engine-thread.cjs'),
    '--dir',
    folder,
    '--port',
    String(port),
    ...options,
  ]);
  await until('the engine listens', () => {
    if (!engine.alive) throw new Error(`the engine ended: ${engine.output}`);
    return engine.output.includes('listening');
  });
  return engine;
}

export interface WorkerProcess extends AsyncDisposable {
  child: Child;
  data: string;
  runtime: string;
  /** Opens a client; closed with the worker. */
  connect(): Promise<WorkerClient>;
}

/** The real worker as a child process. */
export async function startWorkerProcess(
  data: string,
  options: {
    arguments?: readonly string[];
    environment?: Record<string, string>;
    node?: string;
    entry?: string;
  } = {},
): Promise<WorkerProcess> {
  const runtime = join(data, 'run');
  const child = new Child(
    [
      options.entry ?? join(DIST, 'worker.cjs'),
      'serve',
      '--data',
      data,
      '--log-level',
      'warn',
      ...(options.arguments ?? []),
    ],
    { DGX_PIXELS_RUNTIME: runtime, ...options.environment },
    options.node,
  );
  const clients: WorkerClient[] = [];
  await until('the worker is ready', () => {
    if (!child.alive) throw new Error(`the worker ended: ${child.output}`);
    return child.output.includes('ready at');
  });
  return {
    child,
    data,
    runtime,
    async connect() {
      const client = await until('the worker answers', () =>
        connectLocal(runtime, { client: { name: 'test', version: '0' } }),
      );
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map(client => client.close()));
      await child.kill();
    },
  };
}

/** Parameters of a small job. */
export function newJob(
  recipe: Partial<RecipeInput> = {},
  count = 1,
  extra: Partial<MethodParams<'jobs.submit'>> = {},
): MethodParams<'jobs.submit'> {
  return {
    id: uuid7(),
    spec: {
      kind: 'generate',
      items: [{ recipe: { prompt: 'rusty sword', size: 16, seed: 7, steps: 4, ...recipe }, count }],
    },
    ...extra,
  };
}

/** Waits until a job has ended. */
export async function jobEnd(client: WorkerClient, id: string, limitMs = 40_000): Promise<Job> {
  return until(
    `job ${id} has ended`,
    async () => {
      const { job } = await client.request('jobs.get', { id });
      return job.finishedAt === null ? null : job;
    },
    limitMs,
  );
}

/** Every run of a job. */
export async function runsOf(client: WorkerClient, job: string): Promise<Run[]> {
  const runs: Run[] = [];
  for (let from: number | null = 0; from !== null;) {
    const page: { runs: Run[]; next: number | null } = await client.request('runs.list', {
      job,
      from,
      limit: 200,
    });
    runs.push(...page.runs);
    from = page.next;
  }
  return runs;
}
