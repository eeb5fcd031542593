import { Worker } from 'node:worker_threads';
import type { BuiltinEngine, BuiltinEngineOptions } from './engine.ts';
import type { EngineThreadMessage } from './engine-thread.ts';

/** An engine that runs in a thread of this process. */
export interface EngineThread extends BuiltinEngine {
  thread: Worker;
}

/** The thread ended or could not listen. */
export class EngineStartError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.name = 'EngineStartError';
    this.code = code;
  }
}

/**
 * Starts the built-in engine in a thread, so that drawing never stands in the way of the caller.
 * @param threadFile - `engine-thread.cjs` of the build (or the source, where Node runs TypeScript)
 * @throws EngineStartError, with the code of the listen error if that was it
 */
export async function spawnBuiltinEngineThread(
  threadFile: string,
  options: BuiltinEngineOptions,
): Promise<EngineThread> {
  const thread = new Worker(threadFile, { workerData: options });
  const message = await firstMessage(thread);
  if (message.type === 'failed') {
    await thread.terminate();
    throw new EngineStartError(
      `The built-in engine could not start: ${message.message}`,
      message.code ?? 'engine_start',
    );
  }
  const { url, port } = message;
  const close = async () => {
    if (thread.threadId === -1) return;
    const ended = new Promise(resolve => thread.once('exit', resolve));
    thread.postMessage({ type: 'close' });
    await ended;
  };
  return { url, port, thread, close };
}

function firstMessage(thread: Worker): Promise<EngineThreadMessage> {
  return new Promise((resolve, reject) => {
    const ended = (code: number) =>
      reject(new EngineStartError(`The engine's thread ended (${code}).`, 'engine_start'));
    thread.once('exit', ended);
    thread.once('message', (message: EngineThreadMessage) => {
      thread.off('exit', ended);
      resolve(message);
    });
    // Stays for good: a fault in the thread ends the thread, not this process; `exit` follows.
    thread.on('error', (error: Error) =>
      reject(new EngineStartError(error.message, 'engine_start')),
    );
  });
}
