import type { Ends } from '../../dispose.ts';

/** Runs something at most so often: at once where nothing ran lately, else when its time has come, once for all who asked. */
export class Throttle implements Ends {
  readonly #run: () => void;
  #last = -Infinity;
  #timer: NodeJS.Timeout | null = null;
  #due = Infinity;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** @param gapMs milliseconds that must lie between the last run and the next; the shortest that was asked for counts */
  ask(gapMs: number): void {
    const now = performance.now();
    const due = Math.max(now, this.#last + gapMs);
    if (due >= this.#due) return;
    this.#due = due;
    if (this.#timer !== null) clearTimeout(this.#timer);
    // Never within the caller: several changes of one event are one.
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#due = Infinity;
      this.#last = performance.now();
      this.#run();
    }, due - now);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
