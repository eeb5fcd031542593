import type { Ends } from './dispose.ts';

/** Subscribes a listener. Has the form of `vscode.Event`, so that either can be handed to the other's users. */
export type Listen<T> = (
  listener: (value: T) => unknown,
  thisArgument?: unknown,
  disposables?: Ends[],
) => Ends;

/** Tells listeners of something, without `vscode`: models that use it are tested outside an editor. */
export class Emitter<T> implements Ends {
  readonly #listeners = new Set<{ call: (value: T) => unknown }>();
  readonly #onError: (error: unknown) => void;

  /** @param onError told what a listener threw; the others still hear */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  readonly event: Listen<T> = (listener, thisArgument, disposables) => {
    const entry = {
      call: thisArgument === undefined ? listener : listener.bind(thisArgument),
    };
    this.#listeners.add(entry);
    const end = { dispose: () => this.#listeners.delete(entry) };
    disposables?.push(end);
    return end;
  };

  fire(value: T): void {
    for (const { call } of [...this.#listeners]) {
      try {
        call(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
