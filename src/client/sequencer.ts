import type { JournaledEvent } from '../protocol/events.ts';
import { parseListedEvent } from '../protocol/event-frames.ts';
import type { MethodResult } from '../protocol/methods.ts';

export interface SequencerOptions {
  /** A page of `events.since`. */
  since: (after: number) => Promise<MethodResult<'events.since'>>;
  deliver: (event: JournaledEvent) => void;
  /** Events are missing for good; `seq` is where it goes on. */
  reset: (seq: number) => void;
  log: (message: string, error?: unknown) => void;
}

/**
 * Puts journaled events in order: each once, none left out. What did not come over the socket is asked for with
 * `events.since`; until it is here, newer events wait (they are in the pages as well, so none is kept).
 */
export class Sequencer {
  readonly #options: SequencerOptions;
  /** Newest event delivered; null before the first `start`. */
  #last: number | null = null;
  /** Newest event known to exist. */
  #known = 0;
  #catchingUp = false;
  #epoch = 0;

  constructor(options: SequencerOptions) {
    this.#options = options;
  }

  get last(): number | null {
    return this.#last;
  }

  /** Begins behind event `seq`, forgetting everything before it. */
  start(seq: number): void {
    this.#epoch++;
    this.#last = seq;
    this.#known = seq;
  }

  /** An event that came over the socket. */
  accept(event: JournaledEvent): void {
    if (this.#last === null || event.seq <= this.#last) return;
    if (event.seq === this.#last + 1 && !this.#catchingUp) {
      this.#last = event.seq;
      this.#options.deliver(event);
      return;
    }
    this.notice(event.seq);
  }

  /** The worker said that events up to `seq` exist. */
  notice(seq: number): void {
    if (this.#last === null) return;
    this.#known = Math.max(this.#known, seq);
    if (this.#known > this.#last && !this.#catchingUp) void this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    const { since, log } = this.#options;
    this.#catchingUp = true;
    try {
      while (this.#last !== null && this.#last < this.#known) {
        const epoch = this.#epoch;
        const page = await since(this.#last);
        if (epoch === this.#epoch && !this.#take(page)) break;
      }
    } catch (error) {
      // The next event or sign of life tries again.
      log('cannot catch up with events', error);
    }
    this.#catchingUp = false;
  }

  /** @returns false when the page brought nothing, although it should have */
  #take(page: MethodResult<'events.since'>): boolean {
    const before = this.#last ?? 0;
    if (page.reset) {
      this.start(page.seq);
      this.#options.reset(page.seq);
      return true;
    }
    for (const listed of page.events) {
      if (this.#last === null || listed.seq <= this.#last) continue;
      this.#last = listed.seq;
      const event = parseListedEvent(listed);
      if (event !== null) this.#options.deliver(event);
    }
    if (this.#last !== null && this.#last > before) return true;
    // The worker knows of fewer than it announced: what it announced was never written.
    this.#known = Math.max(before, page.seq);
    return false;
  }
}
