import { EventLog } from './event-log.ts';
import { diskFull, isCorruption, isFull, markSuspect } from './open.ts';
import type { Database } from './sqlite.ts';

/** Transactions of the journal: the events that one records are published after it has committed, in order. */
export class Writer {
  readonly database: Database;
  readonly events: EventLog;
  readonly #data: string;
  #depth = 0;

  /** @param data the data folder, named in messages about its disk */
  constructor(database: Database, data: string) {
    this.database = database;
    this.#data = data;
    this.events = new EventLog(database);
  }

  /**
   * Runs `work` as one transaction; inner ones join the outer one.
   * @throws PixelsError `disk-full`; nothing is written then
   */
  write<T>(work: () => T): T {
    this.#depth++;
    try {
      const result = this.database.transaction(work);
      if (this.#depth === 1) this.events.committed();
      return result;
    } catch (error) {
      if (this.#depth === 1) this.events.rolledBack();
      if (this.#depth > 1) throw error;
      // The next start then looks at every page and sets a damaged journal aside.
      if (isCorruption(error)) markSuspect(this.#data);
      throw isFull(error) ? diskFull(this.#data, error) : error;
    } finally {
      this.#depth--;
    }
  }
}
