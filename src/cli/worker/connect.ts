import { setTimeout as sleep } from 'node:timers/promises';
import { connectAny } from '../../client/connect-any.ts';
import { endpointsOf } from '../../client/connection-string.ts';
import { connectLocal } from '../../client/discover.ts';
import { type Discovery, readDiscovery } from '../../local/discovery.ts';
import { dataFolder, runtimeFolder } from '../../local/places.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { type ConnectionChoice, type Context, print } from '../context.ts';
import type { WorkerConnection } from './connection.ts';
import { startWorker, workerLogPath } from './start-worker.ts';
import { connectionOver } from './worker-connection.ts';

const CLIENT_NAME = 'dgx-pixels';
const LOCAL_TIMEOUT_MS = 3_000;
const REMOTE_TIMEOUT_MS = 8_000;
const START_TIMEOUT_MS = 15_000;
const LOOK_MS = 100;

type Here = Pick<Context, 'environment' | 'program' | 'version' | 'stderr'>;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function runtimeOf(environment: Context['environment']): string {
  return runtimeFolder(dataFolder(environment), environment);
}

/** The local worker's discovery file, if its process is there. */
export function findLocalWorker(environment: Context['environment']): Discovery | null {
  const discovery = readDiscovery(runtimeOf(environment));
  return discovery !== null && isAlive(discovery.pid) ? discovery : null;
}

/** A connection to the running local worker; null when none answers. */
export async function connectRunning(
  here: Pick<Here, 'environment' | 'version'>,
): Promise<WorkerConnection | null> {
  if (findLocalWorker(here.environment) === null) return null;
  const client = await connectLocal(runtimeOf(here.environment), {
    client: { name: CLIENT_NAME, version: here.version },
    connectTimeoutMs: LOCAL_TIMEOUT_MS,
  });
  return client === null ? null : connectionOver(client);
}

async function startAndConnect(here: Here): Promise<WorkerConnection> {
  const { environment, program, stderr } = here;
  const data = dataFolder(environment);
  print(stderr, `Starting a local worker (its log: ${workerLogPath(data)}).`);
  const worker = startWorker(program, data, environment);
  const deadline = performance.now() + START_TIMEOUT_MS;
  let extraLooks = 10;
  while (performance.now() < deadline) {
    // One that ended may have met another that was started at the same time and answers now.
    if (worker.ended() && extraLooks-- === 0) break;
    const connection = await connectRunning(here);
    if (connection !== null) return connection;
    await sleep(LOOK_MS);
  }
  const said = worker.lastLines();
  const what = worker.ended()
    ? 'The local worker ended while it started'
    : `The local worker did not answer within ${START_TIMEOUT_MS / 1000} s`;
  throw new PixelsError(
    'disconnected',
    `${what}; see ${workerLogPath(data)}${said === '' ? '.' : `. It said last:\n${said}`}`,
  );
}

/**
 * Connects to the worker that was chosen; starts a local one where that is wanted and none runs.
 * @throws PixelsError `disconnected`, `key-rejected`, `protocol-mismatch`, `invalid-params` for a broken connection string
 */
export async function connectWorker(
  here: Here,
  { connect, start }: ConnectionChoice,
): Promise<WorkerConnection> {
  if (connect !== null) {
    const client = await connectAny(endpointsOf(connect), {
      client: { name: CLIENT_NAME, version: here.version },
      connectTimeoutMs: REMOTE_TIMEOUT_MS,
    });
    return connectionOver(client);
  }
  const running = await connectRunning(here);
  if (running !== null) return running;
  const hung = findLocalWorker(here.environment);
  if (hung !== null) {
    throw new PixelsError(
      'disconnected',
      `The local worker (process ${hung.pid}) runs but does not answer; end that process and try again.`,
      { pid: hung.pid },
    );
  }
  if (start) return startAndConnect(here);
  throw new PixelsError(
    'disconnected',
    'No local worker runs; start one with "dgx-pixels serve", or name a paired one with --connect.',
  );
}
