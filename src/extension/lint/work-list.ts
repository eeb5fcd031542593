/**
 * Work that is done one piece after the other, each named by a key: what is asked for again before it began is done once, and
 * what is asked for again while it runs is done anew afterwards.
 */
export class WorkList<T> {
  readonly #waiting = new Map<string, T>();
  readonly #work: (item: T) => Promise<void>;
  readonly #onIdle: () => void;
  #running = false;
  #ended = false;

  /** @param work never rejects; @param onIdle called whenever nothing is left */
  constructor(work: (item: T) => Promise<void>, onIdle: () => void) {
    this.#work = work;
    this.#onIdle = onIdle;
  }

  get busy(): boolean {
    return this.#running || this.#waiting.size > 0;
  }

  add(key: string, item: T): void {
    if (this.#ended) return;
    this.#waiting.set(key, item);
    if (!this.#running) void this.#run();
  }

  drop(key: string): void {
    this.#waiting.delete(key);
  }

  clear(): void {
    this.#waiting.clear();
  }

  end(): void {
    this.#ended = true;
    this.clear();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) break;
      this.#waiting.delete(next[0]);
      await this.#work(next[1]);
    }
    this.#running = false;
    if (!this.#ended) this.#onIdle();
  }
}
