import { once } from 'node:events';
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
    const ended = once(thread, 'exit');
    if (thread.threadId === -1) return;
    thread.postMessage({ type: 'close' });
    await ended;
  };
  return { url, port, thread, close };
}

function firstMessage(thread: Worker): Promise<EngineThreadMessage> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => () => {
      thread.removeAllListeners();
      act();
    };
    thread.once('message', (message: EngineThreadMessage) => settle(() => resolve(message))());
    thread.once('error', (error: Error) =>
      settle(() => reject(new EngineStartError(error.message, 'engine_start')))(),
    );
    thread.once('exit', code =>
      settle(() =>
        reject(new EngineStartError(`The engine's thread ended (${code}).`, 'engine_start')),
      )(),
    );
  });
}
