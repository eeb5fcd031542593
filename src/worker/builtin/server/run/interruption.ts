import { Interrupted } from '../failures.ts';

/** What runs now, and the one interrupt flag, seen at node starts, steps and during waits. */
export class Interruption {
  /** Node that runs now and whose prompt it is, for a client that reconnects. */
  node: string | undefined;
  client: string | undefined;
  #raised = false;
  #closing = false;
  #wake: (() => void) | undefined;

  raise(): void {
    this.#raised = true;
    this.#wake?.();
  }

  /** From now on everything is interrupted. */
  close(): void {
    this.#closing = true;
    this.raise();
  }

  reset(): void {
    this.#raised = false;
  }

  /** @throws Interrupted when the prompt was interrupted; the flag is then down again */
  check(): void {
    if (!this.#raised && !this.#closing) return;
    this.#raised = false;
    throw new Interrupted();
  }

  /**
   * Waits until a time of `performance.now()`, or lets waiting input and output through once when
   * it has passed. An interrupt ends the wait.
   * @throws Interrupted
   */
  async waitUntil(time: number): Promise<void> {
    this.check();
    const delay = time - performance.now();
    await new Promise<void>(resolve => {
      if (delay < 0.5) {
        setImmediate(resolve);
        return;
      }
      const timer = setTimeout(resolve, Math.ceil(delay));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
    this.check();
  }

  static isInterrupt(error: unknown): boolean {
    return error instanceof Interrupted;
  }
}
