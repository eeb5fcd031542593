/** Sends in one slice of time before the rest waits a turn of the loop, so that the I/O thread keeps up. */
const BURST = 256;
const SLICE_MS = 1;
/** Waiting events beyond which lossy ones are dropped. */
const LONG = 1_000;

/**
 * Hands events to a socket in order: at once while few come, in portions while many do. When many wait, events that may be
 * lost are dropped; journaled ones never are.
 */
export class EventQueue {
  readonly #send: (frames: Uint8Array[]) => void;
  #waiting: Uint8Array[][] = [];
  #next = 0;
  #sliceStart = 0;
  #sentInSlice = 0;

  constructor(send: (frames: Uint8Array[]) => void) {
    this.#send = send;
  }

  /** Events that wait for their turn. */
  get length(): number {
    return this.#waiting.length - this.#next;
  }

  push(frames: Uint8Array[], lossy: boolean): void {
    if (this.length > 0) {
      if (!lossy || this.length < LONG) this.#waiting.push(frames);
      return;
    }
    const now = performance.now();
    if (now - this.#sliceStart > SLICE_MS) {
      this.#sliceStart = now;
      this.#sentInSlice = 0;
    }
    if (this.#sentInSlice < BURST) {
      this.#sentInSlice++;
      this.#send(frames);
      return;
    }
    this.#waiting.push(frames);
    setImmediate(() => this.#drain());
  }

  /** Sends everything that waits, for a socket that is about to close. */
  flush(): void {
    while (this.length > 0) this.#sendNext();
    this.#reset();
  }

  #drain(): void {
    for (let sent = 0; sent < BURST && this.length > 0; sent++) this.#sendNext();
    if (this.length === 0) {
      this.#reset();
      return;
    }
    this.#waiting = this.#waiting.slice(this.#next);
    this.#next = 0;
    setImmediate(() => this.#drain());
  }

  #sendNext(): void {
    const frames = this.#waiting[this.#next++];
    if (frames !== undefined) this.#send(frames);
  }

  #reset(): void {
    this.#waiting = [];
    this.#next = 0;
  }
}
