import type { JournaledEvent, JournaledEventType } from '../../protocol/events.ts';
import { textOrNull } from './rows.ts';
import type { Database } from './sqlite.ts';

type BodyOf<T extends JournaledEventType> = Omit<
  Extract<JournaledEvent, { type: T }>,
  'type' | 'job' | 'seq' | 'at'
>;

/** What listeners get after a commit: the body as it travels, with its sequence number. */
export interface CommittedEvent {
  type: JournaledEventType;
  job: string | null;
  body: Record<string, unknown> & { seq: number; at: number };
}

/** Events kept for clients that catch up; older ones are dropped and such clients read the state anew. */
const KEPT_EVENTS = 200_000;

/**
 * The journal's numbered events. Events recorded within a transaction are published after it has committed, in order, so that
 * nobody hears of what did not happen.
 */
export class EventLog {
  readonly #database: Database;
  #seq: number;
  #pending: CommittedEvent[] = [];
  #sinceTrim = 0;
  #listener: (event: CommittedEvent) => void = () => undefined;

  constructor(database: Database) {
    this.#database = database;
    const last = database.get("SELECT seq FROM sqlite_sequence WHERE name = 'events'");
    this.#seq = Number(last?.['seq'] ?? 0);
  }

  /** Sequence number of the newest event. */
  get seq(): number {
    return this.#seq;
  }

  onCommitted(listener: (event: CommittedEvent) => void): void {
    this.#listener = listener;
  }

  /** Records an event; call it within a transaction. */
  record<T extends JournaledEventType>(type: T, job: string | null, body: BodyOf<T>): void {
    const at = Date.now();
    const seq = this.#database.insert(
      'INSERT INTO events (type, job, body) VALUES (?, ?, ?)',
      type,
      job,
      JSON.stringify({ at, ...body }),
    );
    this.#pending.push({ type, job, body: { seq, at, ...body } });
  }

  /** Publishes what the committed transaction recorded. */
  committed(): void {
    const events = this.#pending;
    this.#pending = [];
    for (const event of events) {
      this.#seq = Math.max(this.#seq, event.body.seq);
      this.#listener(event);
    }
    this.#sinceTrim += events.length;
    if (this.#sinceTrim > 10_000) {
      this.#sinceTrim = 0;
      this.#database.run('DELETE FROM events WHERE seq <= ?', this.#seq - KEPT_EVENTS);
    }
  }

  /** Forgets what a rolled-back transaction recorded. */
  rolledBack(): void {
    this.#pending = [];
  }

  /** Events after a sequence number; `reset` when some of them are gone or the number is from another journal. */
  since(after: number, limit: number): { events: JournaledEvent[]; seq: number; reset: boolean } {
    const oldest = Number(this.#database.get('SELECT min(seq) AS seq FROM events')?.['seq'] ?? 0);
    const reset = after > this.#seq || (this.#seq > 0 && oldest > after + 1);
    if (reset) return { events: [], seq: this.#seq, reset };
    const events = this.#database
      .all(
        'SELECT seq, type, job, body FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
        after,
        limit,
      )
      .map(row => ({
        type: String(row['type']),
        job: textOrNull(row, 'job'),
        seq: Number(row['seq']),
        ...(JSON.parse(String(row['body'])) as object),
      }));
    return { events: events as JournaledEvent[], seq: this.#seq, reset };
  }
}
