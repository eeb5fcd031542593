/** Whatever has an end. `vscode.Disposable` is one; so files that keep things need no `vscode`. */
export interface Ends {
  dispose(): unknown;
}

/** Base of what owns things that end with it. */
export abstract class Disposable implements Ends {
  readonly #owned: Ends[] = [];
  #disposed = false;

  protected get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Makes a thing end with this one; at once, when this one has ended already. @returns the thing */
  protected _register<T extends Ends>(thing: T): T {
    if (this.#disposed) thing.dispose();
    else this.#owned.push(thing);
    return thing;
  }

  /** Ends what it owns, the newest first. A second call does nothing. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const thing of this.#owned.splice(0).reverse()) thing.dispose();
  }
}

/** Holds one thing at a time: a new one ends the one before. */
export class Holder<T extends Ends> implements Ends {
  #value: T | null = null;

  get value(): T | null {
    return this.#value;
  }

  set(value: T | null): void {
    if (value === this.#value) return;
    this.#value?.dispose();
    this.#value = value;
  }

  dispose(): void {
    this.set(null);
  }
}
