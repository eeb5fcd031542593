import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerClient } from '../../client/worker-client.ts';
import { isAlive } from '../../local/find-worker.ts';
import { PixelsError } from '../../protocol/errors.ts';

const DRAIN_MS = 30_000;
const END_MS = 8_000;
const LOOK_MS = 100;

async function untilEnded(pid: number, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(LOOK_MS, undefined, { signal });
  }
  return true;
}

async function shutDown(client: WorkerClient, drain: boolean): Promise<void> {
  try {
    await client.request('worker.shutdown', { drain }, { retry: false });
  } catch (error) {
    // One that ends at once may not get its answer out.
    if (!PixelsError.is(error, 'disconnected', 'timeout', 'shutting-down')) throw error;
  }
}

function stubborn(pid: number): PixelsError {
  return new PixelsError(
    'conflict',
    `The older local worker (process ${pid}) does not end; end that process and try again.`,
    { pid },
  );
}

/**
 * Ends a worker whose place a newer one takes: what executes is finished within half a minute, else the newer one takes it over.
 * Jobs are kept.
 * @throws PixelsError `conflict` when it does not end
 */
export async function drainWorker(client: WorkerClient, signal: AbortSignal): Promise<void> {
  const pid = client.worker?.worker.pid;
  await shutDown(client, true);
  if (pid !== undefined && !(await untilEnded(pid, DRAIN_MS, signal))) {
    await shutDown(client, false);
    if (!(await untilEnded(pid, END_MS, signal))) throw stubborn(pid);
  }
  await client.close();
}

/**
 * Ends a worker that does not understand our requests. A signal makes it end as a request would; on Windows it is killed, and its
 * journal is made for that.
 * @throws PixelsError `conflict` when it does not end
 */
export async function endWorkerProcess(pid: number, signal: AbortSignal): Promise<void> {
  process.kill(pid, 'SIGTERM');
  if (!(await untilEnded(pid, END_MS, signal))) throw stubborn(pid);
}
