/** Ends what it was returned for; calling it again does nothing. */
export type Disposer = () => void;

/** Functions that are told of something, in the order they came. One that throws keeps no other from hearing. */
export class Listeners<T> {
  readonly #listeners = new Set<{ call: (value: T) => void }>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  add(call: (value: T) => void): Disposer {
    const entry = { call };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  tell(value: T): void {
    for (const { call } of this.#listeners) {
      try {
        call(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
