import { Worker } from 'node:worker_threads';
import { Disposable } from '../../dispose.ts';
import { Problem } from '../../problem.ts';
import type { TaskAnswer, TaskName, TaskParams, TaskResult } from './tasks.ts';

/** Milliseconds without work after which the thread ends. */
const IDLE_MS = 30_000;

interface Pending {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** A thread that works on pictures: started by its first task, ended when it has had none for a while. */
export class PixelsWorker extends Disposable {
  readonly #file: string;
  readonly #pending = new Map<number, Pending>();
  #thread: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;

  /** @param file the thread's bundle */
  constructor(file: string) {
    super();
    this.#file = file;
    this._register({ dispose: () => this.#end(new Error('The editor is closing.')) });
  }

  /**
   * Has a task done.
   * @throws Problem with the code and sentence of what the task threw; `thread-failed` when the thread itself broke
   */
  run<K extends TaskName>(task: K, params: TaskParams<K>): Promise<TaskResult<K>> {
    return new Promise<unknown>((resolve, reject) => {
      const id = ++this.#last;
      clearTimeout(this.#idle);
      this.#pending.set(id, { resolve, reject });
      this.#started().postMessage({ id, task, params });
    }) as Promise<TaskResult<K>>;
  }

  #started(): Worker {
    if (this.#thread !== null) return this.#thread;
    const thread = new Worker(this.#file);
    this.#thread = thread;
    thread.unref();
    thread.on('message', (answer: TaskAnswer) => this.#take(answer));
    thread.on('error', error => {
      if (this.#thread === thread) this.#end(error);
    });
    thread.on('exit', () => {
      if (this.#thread === thread) this.#end(new Error('The thread ended by itself.'));
    });
    return thread;
  }

  #take(answer: TaskAnswer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('error' in answer) pending?.reject(new Problem(answer.error.code, answer.error.message));
    else pending?.resolve(answer.result);
    if (this.#pending.size > 0) return;
    this.#idle = setTimeout(() => this.#end(new Error('Nothing was asked.')), IDLE_MS);
    this.#idle.unref();
  }

  #end(error: unknown): void {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = null;
    void thread?.terminate();
    const message = error instanceof Error ? error.message : String(error);
    for (const { reject } of this.#pending.values()) reject(new Problem('thread-failed', message));
    this.#pending.clear();
  }
}
