/** A complete state and its place among all that the host has told; a state is never a change to an earlier one. */
export interface Snapshot<T> {
  version: number;
  value: T;
}

/** Numbers the states that a host tells, in the order in which they were true, whichever way they travel. */
export class Versions {
  #last = 0;

  of<T>(value: T): Snapshot<T> {
    return { version: ++this.#last, value };
  }
}

/** Keeps the newest state: an answer that was on its way while a newer notice came does not overwrite it. */
export class Newest {
  #version = 0;

  /** Calls `apply` unless something newer was applied before. @returns whether it was applied */
  take<T>(snapshot: Snapshot<T>, apply: (value: T) => void): boolean {
    if (snapshot.version <= this.#version) return false;
    this.#version = snapshot.version;
    apply(snapshot.value);
    return true;
  }
}

/** Runs one piece of asynchronous work at a time: starting another aborts the one before, whose result is dropped. */
export class LatestOnly {
  #controller: AbortController | null = null;

  /** @returns whether `apply` was called; errors of superseded work are dropped like its results */
  async run<T>(
    work: (signal: AbortSignal) => Promise<T>,
    apply: (result: T) => void,
  ): Promise<boolean> {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const result = await work(controller.signal);
      if (this.#controller !== controller) return false;
      apply(result);
      return true;
    } catch (error) {
      if (this.#controller !== controller) return false;
      throw error;
    } finally {
      if (this.#controller === controller) this.#controller = null;
    }
  }

  cancel(): void {
    this.#controller?.abort();
    this.#controller = null;
  }
}
