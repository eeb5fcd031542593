const LONGEST_MS = 30_000;

/** Waiting times that double, so that a worker that is away is not asked all the time. */
export class Backoff {
  readonly #firstMs: number;
  #waits = 0;

  constructor(firstMs = 1_000) {
    this.#firstMs = firstMs;
  }

  /** Milliseconds to wait now. */
  next(): number {
    return Math.min(LONGEST_MS, this.#firstMs * 2 ** this.#waits++);
  }

  reset(): void {
    this.#waits = 0;
  }
}
