import { connectAny } from '../../client/connect-any.ts';
import { connectionOver } from '../../client/connection-over.ts';
import { endpointsOf } from '../../client/connection-string.ts';
import {
  connectRunning as connectToRunning,
  hungWorker,
  startAndConnect,
} from '../../client/local-worker.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { dataFolder } from '../../local/places.ts';
import { workerLogPath } from '../../local/start-worker.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { type ConnectionChoice, type Context, print } from '../context.ts';

const CLIENT_NAME = 'dgx-pixels';
const REMOTE_TIMEOUT_MS = 8_000;

type Here = Pick<Context, 'environment' | 'program' | 'version' | 'stderr'>;

/** A connection to the running local worker; null when none answers. */
export async function connectRunning({
  environment,
  version,
}: Pick<Here, 'environment' | 'version'>): Promise<WorkerConnection | null> {
  const client = await connectToRunning({ environment, client: { name: CLIENT_NAME, version } });
  return client === null ? null : connectionOver(client);
}

/**
 * Connects to the worker that was chosen; starts a local one where that is wanted and none runs.
 * @throws PixelsError `disconnected`, `key-rejected`, `protocol-mismatch`, `invalid-params` for a broken connection string
 */
export async function connectWorker(
  { environment, program, version, stderr }: Here,
  { connect, start }: ConnectionChoice,
): Promise<WorkerConnection> {
  const client = { name: CLIENT_NAME, version };
  if (connect !== null) {
    const options = { client, connectTimeoutMs: REMOTE_TIMEOUT_MS };
    return connectionOver(await connectAny(endpointsOf(connect), options));
  }
  const running = await connectRunning({ environment, version });
  if (running !== null) return running;
  const hung = hungWorker(environment);
  if (hung !== null) throw hung;
  if (start) {
    print(stderr, `Starting a local worker (its log: ${workerLogPath(dataFolder(environment))}).`);
    return connectionOver((await startAndConnect({ environment, program, client })).client);
  }
  throw new PixelsError(
    'disconnected',
    'No local worker runs; start one with "dgx-pixels serve", or name a paired one with --connect.',
  );
}
