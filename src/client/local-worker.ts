import { setTimeout as sleep } from 'node:timers/promises';
import { findLocalWorker, runtimeOf } from '../local/find-worker.ts';
import { dataFolder } from '../local/places.ts';
import { type StartedWorker, startWorker, workerLogPath } from '../local/start-worker.ts';
import { PixelsError } from '../protocol/errors.ts';
import { connectLocal } from './discover.ts';
import type { ConnectOptions, WorkerClient } from './worker-client.ts';

const ANSWER_MS = 3_000;
const START_MS = 15_000;
const LOOK_MS = 100;
/** Looks after the process that was started has ended: it may have met another that was started at the same time. */
const EXTRA_LOOKS = 10;
/** Exit code of `serve` when another worker has the folder. */
const TAKEN = 4;

/** Who looks for the local worker, and where. */
export interface Here {
  environment: Readonly<Record<string, string | undefined>>;
  client: ConnectOptions['client'];
  log?: NonNullable<ConnectOptions['log']>;
}

/**
 * A connection to the running local worker; null when none answers.
 * @throws PixelsError `protocol-mismatch` when one answers that speaks another version
 */
export async function connectRunning(here: Here): Promise<WorkerClient | null> {
  if (findLocalWorker(here.environment) === null) return null;
  return connectLocal(runtimeOf(here.environment), {
    client: here.client,
    connectTimeoutMs: ANSWER_MS,
    ...(here.log !== undefined && { log: here.log }),
  });
}

export interface StartRequest extends Here {
  /** A bundle that knows `serve`. */
  program: string;
  /** Arguments of `serve`; ten idle minutes by default. */
  arguments?: readonly string[];
  signal?: AbortSignal;
}

export interface LocalWorker {
  client: WorkerClient;
  /** The process that was started; another one may have been faster and answer in its place. */
  started: StartedWorker;
}

/**
 * Starts a local worker and connects to it.
 * @throws PixelsError `disconnected` with the end of its log when it does not answer; the signal's reason
 */
export async function startAndConnect(request: StartRequest): Promise<LocalWorker> {
  const { environment, program, signal } = request;
  const data = dataFolder(environment);
  const started = startWorker(program, data, {
    environment,
    ...(request.arguments !== undefined && { arguments: request.arguments }),
  });
  const deadline = performance.now() + START_MS;
  let extraLooks = EXTRA_LOOKS;
  while (performance.now() < deadline) {
    // One that met another was too late; the other is starting and answers soon.
    const met = started.end()?.code === TAKEN;
    if (started.ended() && !met && extraLooks-- === 0) break;
    const client = await connectRunning(request);
    if (client !== null) return { client, started };
    await sleep(LOOK_MS, undefined, signal === undefined ? {} : { signal });
  }
  const said = started.lastLines();
  const end = started.end();
  const how = end === null ? '' : ` (${end.signal ?? `exit code ${String(end.code)}`})`;
  const what = started.ended()
    ? `The local worker ended while it started${how}`
    : `The local worker did not answer within ${START_MS / 1000} s`;
  throw new PixelsError(
    'disconnected',
    `${what}; see ${workerLogPath(data)}${said === '' ? '.' : `. It said last:\n${said}`}`,
  );
}

/** The error of a local worker whose process runs but does not answer; null when there is no such process. */
export function hungWorker(environment: Here['environment']): PixelsError | null {
  const hung = findLocalWorker(environment);
  if (hung === null) return null;
  return new PixelsError(
    'disconnected',
    `The local worker (process ${hung.pid}) runs but does not answer; end that process and try again.`,
    { pid: hung.pid },
  );
}
