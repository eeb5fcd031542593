/** Passes on the last of many values, at most so often. */
export class Slowly<T> {
  readonly #gapMs: number;
  readonly #pass: (value: T) => void;
  #value: T | undefined;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param gapMs milliseconds from a value to when the last one since is passed on */
  constructor(gapMs: number, pass: (value: T) => void) {
    this.#gapMs = gapMs;
    this.#pass = pass;
  }

  take(value: T): void {
    this.#value = value;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#pass(this.#value as T);
    }, this.#gapMs);
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
