import type { FixSettingsInput } from '../../pixels/fix/settings.ts';
import type { Fixed, FromWorker, ToWorker } from './worker-messages.ts';

/** The part of a `Worker` that is needed. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  onmessage: ((event: { data: FromWorker }) => void) | null;
  onerror: ((event: { message: string }) => void) | null;
  terminate(): void;
}

export interface FixerEvents {
  onFixed: (fixed: Fixed) => void;
  /** A sentence: the settings do not fit the picture, or the worker broke. */
  onFault: (message: string) => void;
  /** Whether something is being fixed. */
  onBusy: (busy: boolean) => void;
}

interface Wanted {
  picture: { width: number; height: number; pixels: Uint8Array };
  settings: FixSettingsInput;
}

/**
 * Has pictures fixed in a worker, one at a time. What is wanted while it works replaces what was wanted before, and only the
 * newest outcome is told; a picture goes over once.
 */
export class Fixer {
  readonly #start: () => WorkerLike;
  readonly #events: FixerEvents;
  #worker: WorkerLike | null = null;
  #sent: Wanted['picture'] | null = null;
  #picture = 0;
  #last = 0;
  #running = 0;
  #next: Wanted | null = null;

  constructor(start: () => WorkerLike, events: FixerEvents) {
    this.#start = start;
    this.#events = events;
  }

  fix(wanted: Wanted): void {
    this.#next = wanted;
    if (this.#running === 0) this.#go();
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#next = null;
    this.#running = 0;
  }

  #go(): void {
    const wanted = this.#next;
    if (wanted === null) {
      this.#events.onBusy(false);
      return;
    }
    this.#next = null;
    this.#running = ++this.#last;
    this.#events.onBusy(true);
    const worker = this.#started();
    if (wanted.picture !== this.#sent) {
      this.#sent = wanted.picture;
      worker.postMessage({ kind: 'picture', picture: ++this.#picture, ...wanted.picture });
    }
    const { settings } = wanted;
    worker.postMessage({ kind: 'fix', id: this.#running, picture: this.#picture, settings });
  }

  #started(): WorkerLike {
    if (this.#worker !== null) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    this.#sent = null;
    worker.onmessage = ({ data }) => this.#take(data);
    worker.onerror = ({ message }) => {
      this.end();
      this.#events.onFault(message);
      this.#events.onBusy(false);
    };
    return worker;
  }

  #take(answer: FromWorker): void {
    if (answer.id !== this.#running) return;
    this.#running = 0;
    if (this.#next === null) {
      if ('fixed' in answer) this.#events.onFixed(answer.fixed);
      else this.#events.onFault(answer.message);
    }
    this.#go();
  }
}
