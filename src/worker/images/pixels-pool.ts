import { Piscina } from 'piscina';
import { PixelsError } from '../../protocol/errors.ts';
import type { Size } from '../../protocol/recipe.ts';
import type { FixResult, FixTask, Outcome } from './pixels-thread.ts';

export interface PixelsPoolOptions {
  /** The bundle of `pixels-thread.ts`, or that file itself. */
  threadFile: string;
  maxThreads: number;
}

/** Pixel work in threads that start when needed and end when idle. */
export interface PixelsPool {
  /** @throws PixelsError `invalid-image`, `shutting-down`, `internal` */
  fix(task: FixTask): Promise<FixResult>;
  /**
   * The size of a PNG, which is decoded whole.
   * @throws PixelsError `invalid-image`, `shutting-down`, `internal`
   */
  measure(png: Uint8Array): Promise<Size>;
  /** Ends the threads at once; unfinished work is rejected as `shutting-down`. */
  close(): Promise<void>;
}

const IDLE_MS = 10_000;

/** The caller's bytes stay usable: what is handed to a thread is a copy. */
export function createPixelsPool({ threadFile, maxThreads }: PixelsPoolOptions): PixelsPool {
  const pool = new Piscina({
    filename: threadFile,
    // One stays: a thread takes a tenth of a second to start, which the first sprite would wait for.
    minThreads: 1,
    maxThreads,
    idleTimeout: IDLE_MS,
    recordTiming: false,
  });
  const unfinished = new Set<AbortController>();
  // A thread that fails before it takes work would leave that work waiting for ever.
  pool.on('error', (error: unknown) => {
    for (const controller of unfinished) controller.abort(error);
  });
  let closed = false;
  const isClosed = (): boolean => closed;

  async function run<T>(name: string, task: unknown, bytes: Uint8Array<ArrayBuffer>): Promise<T> {
    if (isClosed()) throw shuttingDown();
    const controller = new AbortController();
    const { signal } = controller;
    unfinished.add(controller);
    let outcome: Outcome<T>;
    try {
      const transferList = [bytes.buffer];
      outcome = (await pool.run(task, { name, transferList, signal })) as Outcome<T>;
    } catch (error) {
      throw isClosed() ? shuttingDown() : threadFailed(signal.aborted ? signal.reason : error);
    } finally {
      unfinished.delete(controller);
    }
    if (!outcome.ok) throw PixelsError.fromWire(outcome.error);
    return outcome.value;
  }

  return {
    fix(task) {
      const png = new Uint8Array(task.png);
      return run('fix', { ...task, png }, png);
    },
    measure(bytes) {
      const png = new Uint8Array(bytes);
      return run('measure', png, png);
    },
    async close() {
      closed = true;
      await pool.destroy();
    },
  };
}

function shuttingDown(): PixelsError {
  return new PixelsError('shutting-down', 'The worker ends; the picture was not looked at.');
}

function threadFailed(error: unknown): PixelsError {
  const message = error instanceof Error ? error.message : String(error);
  return new PixelsError('internal', `The pixel thread failed: ${message}`, undefined, {
    cause: error,
  });
}
