import { type Discovery, readDiscovery } from '../local/discovery.ts';
import { PixelsError } from '../protocol/errors.ts';
import { type ConnectOptions, WorkerClient } from './worker-client.ts';

const ANSWER_MS = 1_000;

type LocalOptions = Omit<ConnectOptions, 'endpoint' | 'background'>;

/**
 * Connects to the worker of this machine and user, if one runs. A discovery file that a dead worker left behind counts for
 * nothing.
 * @param runtime folder of the discovery file, see `runtimeFolder`
 * @returns null when no worker answers within a second
 * @throws PixelsError `protocol-mismatch` or `key-rejected` when one does answer, but not to us
 */
export async function connectLocal(
  runtime: string,
  options: LocalOptions,
): Promise<WorkerClient | null> {
  const discovery = readDiscovery(runtime);
  if (discovery === null) return null;
  try {
    return await WorkerClient.connect({
      connectTimeoutMs: ANSWER_MS,
      ...options,
      endpoint: discovery.local,
    });
  } catch (error) {
    if (PixelsError.is(error, 'disconnected', 'timeout')) return null;
    throw error;
  }
}

/** What the running worker of this machine and user wrote about itself; null when none answers within a second. */
export async function discoverWorker(
  runtime: string,
  options: LocalOptions,
): Promise<Discovery | null> {
  const discovery = readDiscovery(runtime);
  const client = await connectLocal(runtime, options);
  if (client === null) return null;
  await client.close();
  return discovery;
}
