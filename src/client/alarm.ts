/**
 * One timer for many deadlines: it goes off at the earliest that it was told of. Cheaper than a timer per request, most of
 * which are answered long before.
 */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = Infinity;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Makes sure that it rings at this time (`performance.now()`) or earlier. */
  by(at: number): void {
    if (at >= this.#at) return;
    this.clear();
    this.#at = at;
    this.#timer = setTimeout(() => this.#due(), Math.max(1, at - performance.now()));
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#at = Infinity;
  }

  #due(): void {
    this.#timer = undefined;
    // After a stall of our own loop the answer may lie in the socket already: let it be read first.
    setImmediate(() => {
      this.#at = Infinity;
      this.#ring();
    });
  }
}
