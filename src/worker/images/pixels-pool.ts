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
  /** @throws PixelsError `invalid-image`, `too-many-cells`, `shutting-down`, `internal` */
  fix(task: FixTask): Promise<FixResult>;
  /**
   * The size of a PNG, which is decoded whole.
   * @throws PixelsError `invalid-image`, `shutting-down`, `internal`
   */
  measure(png: Uint8Array): Promise<Size>;
  /** Rejects unfinished work as `shutting-down` at once; resolves when the threads have ended. */
  close(): Promise<void>;
}

const IDLE_MS = 10_000;

/** Work that waits for a thread or is in one. */
interface Work {
  begin(): Promise<void>;
  reject(error: PixelsError): void;
}

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
  const waiting: Work[] = [];
  const running = new Map<Work, Promise<void>>();
  let closed = false;

  // A thread that fails before it takes work would leave that work waiting for ever.
  pool.on('error', (error: unknown) => {
    if (pool.threads.length > 0) return;
    for (const work of [...running.keys(), ...waiting.splice(0)]) work.reject(threadFailed(error));
    running.clear();
  });

  function beginNext(): void {
    while (running.size < maxThreads) {
      const work = waiting.shift();
      if (work === undefined) return;
      running.set(
        work,
        work.begin().then(() => {
          running.delete(work);
          beginNext();
        }),
      );
    }
  }

  function run<T>(name: string, task: unknown, bytes?: Uint8Array<ArrayBuffer>): Promise<T> {
    if (closed) return Promise.reject(shuttingDown());
    return new Promise<T>((resolve, reject) => {
      waiting.push({
        reject,
        async begin() {
          try {
            const transferList = bytes === undefined ? [] : [bytes.buffer];
            const outcome = (await pool.run(task, { name, transferList })) as Outcome<T>;
            if (outcome.ok) resolve(outcome.value);
            else reject(PixelsError.fromWire(outcome.error));
          } catch (error) {
            reject(threadFailed(error));
          }
        },
      });
      beginNext();
    });
  }

  return {
    fix(task) {
      if (!(task.picture instanceof Uint8Array)) return run('fix', task);
      const picture = new Uint8Array(task.picture);
      return run('fix', { ...task, picture }, picture);
    },
    measure(bytes) {
      const png = new Uint8Array(bytes);
      return run('measure', png, png);
    },
    async close() {
      closed = true;
      for (const work of [...running.keys(), ...waiting.splice(0)]) work.reject(shuttingDown());
      // Never under way: Node aborts the process when a thread is ended that is just opening a zlib stream
      // (node_zlib.cc, "close before init"). Piscina's own `close` does not wait for the last of several.
      await Promise.all(running.values());
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
