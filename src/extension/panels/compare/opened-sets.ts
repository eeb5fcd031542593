import type { Memory } from '../../generate/pending-jobs.ts';

const KEY = 'dgx-pixels.compare.opened.1';
/** Comparisons that are remembered. */
const KEPT = 500;

interface Opened {
  job: string;
  /** false: every set is open. */
  blind: boolean;
  sets: readonly number[];
}

/** What this person was shown of whose work is what, by comparison: a set that was open once can never be voted on again. */
export class OpenedSets {
  readonly #memory: Memory;
  readonly #job: string;

  constructor(memory: Memory, job: string) {
    this.#memory = memory;
    this.#job = job;
  }

  /** Whether sets without a vote are kept blind. */
  get blind(): boolean {
    return this.#own().blind;
  }

  has(set: number): boolean {
    const { blind, sets } = this.#own();
    return !blind || sets.includes(set);
  }

  async open(sets: readonly number[]): Promise<void> {
    const own = this.#own();
    const all = new Set([...own.sets, ...sets]);
    if (all.size > own.sets.length) await this.#put({ ...own, sets: [...all] });
  }

  /**
   * Opens every set for good, or keeps those blind that were never open.
   * @param all places of every set
   */
  async setBlind(blind: boolean, all: readonly number[]): Promise<void> {
    const own = this.#own();
    await this.#put({ ...own, blind, sets: blind ? own.sets : [...all] });
  }

  #own(): Opened {
    const found = this.#all().find(({ job }) => job === this.#job);
    return found ?? { job: this.#job, blind: true, sets: [] };
  }

  #all(): readonly Opened[] {
    return (this.#memory.get(KEY) as Opened[] | undefined) ?? [];
  }

  async #put(own: Opened): Promise<void> {
    const others = this.#all().filter(({ job }) => job !== this.#job);
    await this.#memory.update(KEY, [...others, own].slice(-KEPT));
  }
}
