import { Worker } from 'node:worker_threads';
import type { ModelFacts, ModelKind } from './facts.ts';
import { unknownFacts } from './facts.ts';
import type { FileProblem } from './safetensors/problem.ts';
import type { ScanResult } from './safetensors/scan.ts';
import type { ThreadAnswer, ThreadTask } from './thread-messages.ts';

const IDLE_MS = 15_000;

/** Reads model files somewhere else than on the loop that owns sockets. */
export interface ModelReader {
  facts(path: string, kind: ModelKind): Promise<ModelFacts>;
  /** Reads a safetensors file whole. @returns its problem instead, when it has one or changes meanwhile */
  scan(path: string): Promise<ScanResult | { problem: FileProblem }>;
  close(): Promise<void>;
}

type Asked = { id: number; resolve: (answer: ThreadAnswer) => void };
type Question = ThreadTask extends infer Task
  ? Task extends unknown
    ? Omit<Task, 'id'>
    : never
  : never;

/** A reader in a thread that begins with the first question and ends when there are none. */
export class ThreadReader implements ModelReader {
  readonly #threadFile: string;
  readonly #asked = new Map<number, Asked>();
  #thread: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #lastId = 0;
  #closed = false;

  /** @param threadFile the bundle of `hash-thread.ts`, or that file itself */
  constructor(threadFile: string) {
    this.#threadFile = threadFile;
  }

  async facts(path: string, kind: ModelKind): Promise<ModelFacts> {
    const answer = await this.#ask({ task: 'facts', path, kind });
    if ('facts' in answer) return answer.facts;
    return unknownFacts('problem' in answer ? answer.problem : null);
  }

  async scan(path: string): Promise<ScanResult | { problem: FileProblem }> {
    const answer = await this.#ask({ task: 'scan', path });
    if ('scan' in answer) return answer.scan;
    return { problem: 'problem' in answer ? answer.problem : { kind: 'unreadable', what: '' } };
  }

  #ask(question: Question): Promise<ThreadAnswer> {
    return new Promise(resolve => {
      const id = ++this.#lastId;
      this.#asked.set(id, { id, resolve });
      if (this.#closed) {
        this.#failAll('the worker ends');
        return;
      }
      if (this.#idle !== null) clearTimeout(this.#idle);
      this.#thread ??= this.#start();
      this.#thread.postMessage({ ...question, id } satisfies ThreadTask);
    });
  }

  #start(): Worker {
    const thread = new Worker(this.#threadFile);
    // What is unfinished is begun again by the next worker; it keeps no process alive.
    thread.unref();
    thread.on('message', (answer: ThreadAnswer) => {
      const asked = this.#asked.get(answer.id);
      this.#asked.delete(answer.id);
      asked?.resolve(answer);
      if (this.#asked.size === 0) this.#rest();
    });
    const gone = (why: string): void => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      this.#failAll(why);
    };
    thread.on('error', (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      gone(`the thread that reads it failed: ${why}`);
    });
    thread.on('exit', () => {
      gone('the thread that reads it ended');
    });
    return thread;
  }

  #rest(): void {
    this.#idle = setTimeout(() => {
      const thread = this.#thread;
      this.#thread = null;
      void thread?.terminate();
    }, IDLE_MS);
    this.#idle.unref();
  }

  #failAll(why: string): void {
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const { id, resolve } of asked) {
      resolve({ id, problem: { kind: 'unreadable', what: why } });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = null;
    this.#failAll('the worker ends');
    await thread?.terminate();
  }
}
