import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PixelsError } from '../../protocol/errors.ts';
import type { Context, Environment } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { type StartedWorker, startWorker } from '../../local/start-worker.ts';

const START_TIMEOUT_MS = 30_000;
const END_TIMEOUT_MS = 8_000;
/** Should this process be killed, its worker notices the missing client. */
const IDLE_EXIT_S = 20;

/** A worker of one command, with a data folder of its own. */
export interface PrivateWorker {
  connection: WorkerConnection;
  /** Folder of its journal, images and log. */
  data: string;
  /** Rejects when it ends by itself. */
  died: Promise<never>;
  /** Ends it and, unless they are to be kept, removes its files. */
  close(keep: boolean): Promise<void>;
}

function failure(what: string, worker: StartedWorker): PixelsError {
  const said = worker.lastLines();
  return new PixelsError(
    'disconnected',
    `${what}${said === '' ? '.' : `. It said last:\n${said}`}`,
  );
}

/**
 * Starts a worker in a temporary folder and connects to it.
 * @throws PixelsError `disconnected` with the end of its log when it does not answer
 */
export async function startPrivateWorker(
  context: Context,
  connect: (environment: Environment) => Promise<WorkerConnection | null>,
): Promise<PrivateWorker> {
  const folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-demo-'));
  const data = join(folder, 'data');
  const environment = {
    ...context.environment,
    DGX_PIXELS_DATA: data,
    DGX_PIXELS_RUNTIME: join(folder, 'run'),
  };
  const worker = startWorker(context.program, data, {
    environment,
    arguments: ['--idle-exit', String(IDLE_EXIT_S)],
  });
  const { child } = worker;
  // This one is waited for.
  child.ref();
  const exited = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let closing = false;
  // Nobody may be left behind, however this process ends.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const leave = (code: number) => () => {
    kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    process.exit(code);
  };
  const onTerminate = leave(143);
  // Until a job runs, which asks what Ctrl-C means.
  const onInterrupt = leave(EXIT.cancelled);
  context.signals.on('SIGTERM', onTerminate);
  context.signals.on('SIGINT', onInterrupt);

  const close = async (connection: WorkerConnection | null, keep: boolean) => {
    closing = true;
    await connection?.request('worker.shutdown', {}, { retry: false }).catch(() => undefined);
    await connection?.close();
    const late = sleep(END_TIMEOUT_MS, 'late' as const, { ref: false });
    if (!worker.ended() && (await Promise.race([exited, late])) === 'late') {
      kill();
      await exited;
    }
    process.off('exit', kill);
    context.signals.off('SIGTERM', onTerminate);
    context.signals.off('SIGINT', onInterrupt);
    if (!keep) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };

  const deadline = performance.now() + START_TIMEOUT_MS;
  try {
    for (;;) {
      const connection = await connect(environment);
      if (connection !== null) {
        const died = exited.then(() =>
          closing
            ? new Promise<never>(() => undefined)
            : Promise.reject(failure('The worker of the demo ended', worker)),
        );
        died.catch(() => undefined);
        context.signals.off('SIGINT', onInterrupt);
        return { connection, data, died, close: keep => close(connection, keep) };
      }
      if (worker.ended()) throw failure('The worker of the demo did not start', worker);
      if (performance.now() > deadline) {
        const seconds = START_TIMEOUT_MS / 1000;
        throw failure(`The worker of the demo did not answer within ${seconds} s`, worker);
      }
      await sleep(50);
    }
  } catch (error) {
    await close(null, false);
    throw error;
  }
}
