import type { History } from '../queue/history.ts';
import type { PromptQueue } from '../queue/prompt-queue.ts';
import { execute, type ExecutorParts } from './executor.ts';

/** What the run loop needs beside the executor's parts. */
export interface LoopParts extends ExecutorParts {
  queue: PromptQueue;
  history: History;
  free: { unload: boolean; cache: boolean };
}

/** Runs prompts one after another, in queue order, until stopped. */
export class RunLoop {
  readonly #parts: LoopParts;
  #idle: (() => void) | undefined;
  #stopped = false;
  #finished: Promise<void> | undefined;

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#finished = this.#run();
  }

  /** Tells the loop that there may be something to do. */
  wake(): void {
    this.#idle?.();
  }

  /** Interrupts what runs and ends once it has. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#parts.interruption.close();
    this.wake();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { queue, history, sockets, interruption } = this.#parts;
    while (!this.#stopped) {
      this.#freeMemory();
      const item = queue.take();
      if (item === undefined) {
        await new Promise<void>(resolve => (this.#idle = resolve));
        this.#idle = undefined;
        // The answer to the POST goes out before the first message of the run.
        await new Promise<void>(resolve => setImmediate(resolve));
        continue;
      }
      const [, promptId, , extraData] = item;
      const client = extraData['client_id'];
      interruption.client = typeof client === 'string' ? client : undefined;
      const result = await execute(this.#parts, item);
      interruption.node = undefined;
      history.add(promptId, { prompt: item, ...result });
      queue.done();
      if (typeof client === 'string') {
        sockets.send('executing', { node: null, prompt_id: promptId }, client);
      }
    }
  }

  #freeMemory(): void {
    const { free, host, cache } = this.#parts;
    if (free.unload) host.resident.clear();
    if (free.cache) cache.clear();
    free.unload = false;
    free.cache = false;
  }
}
