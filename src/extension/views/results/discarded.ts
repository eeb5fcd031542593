import type { Memory } from '../../generate/pending-jobs.ts';

const KEY = 'dgx-pixels.discarded.1';
/** Keys that are remembered; the worker prunes what is older long before that. */
const KEPT = 5_000;

/** Pictures that a person does not want to see any more. The worker still has them until it needs the room. */
export class Discarded {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** A look-up of many at once. */
  all(): ReadonlySet<string> {
    return new Set(this.#all());
  }

  async add(key: string): Promise<void> {
    await this.#memory.update(KEY, [...this.#all().filter(each => each !== key), key].slice(-KEPT));
  }

  async remove(key: string): Promise<void> {
    await this.#memory.update(
      KEY,
      this.#all().filter(each => each !== key),
    );
  }

  #all(): readonly string[] {
    return (this.#memory.get(KEY) as string[] | undefined) ?? [];
  }
}
