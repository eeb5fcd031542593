import type { Graph } from '../graph.ts';

/** `[number, prompt_id, graph, extra_data, outputs]`, as `/queue` and the history show it. */
export type QueueItem = [
  number: number,
  promptId: string,
  graph: Graph,
  extraData: Record<string, unknown>,
  outputs: string[],
];

/** Prompts waiting, as a binary heap by (number, prompt id), and the one that runs. */
export class PromptQueue {
  #heap: QueueItem[] = [];
  #running: QueueItem | undefined;
  readonly #changed: () => void;

  /** @param changed - called on every change that ComfyUI tells by a `status` message */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get remaining(): number {
    return this.#heap.length + (this.#running === undefined ? 0 : 1);
  }

  get running(): QueueItem | undefined {
    return this.#running;
  }

  /** In heap order, which is not the order of running. */
  get pending(): readonly QueueItem[] {
    return this.#heap;
  }

  put(item: QueueItem): void {
    this.#push(item);
    this.#changed();
  }

  /** Takes the first prompt and marks it running; undefined when none waits. */
  take(): QueueItem | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (first !== last) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    this.#running = first;
    this.#changed();
    return first;
  }

  /** The running prompt ended. The history must already hold it. */
  done(): void {
    this.#running = undefined;
    this.#changed();
  }

  clear(): void {
    this.#heap = [];
    this.#changed();
  }

  /** Removes one waiting prompt; whether there was one. */
  delete(promptId: unknown): boolean {
    const at = this.#heap.findIndex(item => item[1] === promptId);
    if (at < 0) return false;
    if (this.#heap.length === 1) this.clear();
    else {
      const rest = this.#heap.filter((_, i) => i !== at);
      this.#heap = [];
      for (const item of rest) this.#push(item);
    }
    this.#changed();
    return true;
  }

  #push(item: QueueItem): void {
    this.#heap.push(item);
    for (let at = this.#heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!before(this.#heap[at]!, this.#heap[parent]!)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    for (let at = from; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        const item = this.#heap[child];
        if (item !== undefined && before(item, this.#heap[least]!)) least = child;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    const held = this.#heap[a]!;
    this.#heap[a] = this.#heap[b]!;
    this.#heap[b] = held;
  }
}

function before(a: QueueItem, b: QueueItem): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
