import { canonicalJson } from '../canonical-json.ts';
import { VoteReader } from './vote-reader.ts';
import type { VoteEvent } from './vote-event.ts';

/** A line that could not be used; it stays in the file. */
export interface LineProblem {
  /** Counted from 1. */
  line: number;
  reason: string;
}

/** What a votes file holds. */
export interface VotesFile {
  /** Every event once, in the order of their ids. */
  events: VoteEvent[];
  /** In the order of their lines. */
  problems: LineProblem[];
}

/** The lines of a votes file, taken one after another as they are read; see `readVotes` for what becomes of each. */
export class VoteLines {
  readonly #reader = new VoteReader();
  readonly #events = new Map<string, { event: VoteEvent; line: number }>();
  /** The same in the order of their lines. */
  readonly #list: VoteEvent[] = [];
  readonly #contested = new Set<string>();
  readonly #problems: LineProblem[] = [];
  #line = 0;
  /** Whether the lines so far came in the order of their ids, as they do unless two people's were merged. */
  #ordered = true;
  #last = '';

  /** @param text whole lines; an end behind the last one is not needed */
  add(text: string): void {
    for (let from = 0; from < text.length;) {
      const end = text.indexOf('\n', from);
      const to = end === -1 ? text.length : end;
      this.#take(text.slice(from, to));
      from = to + 1;
    }
  }

  /** What the lines so far say. */
  result(): VotesFile {
    const events =
      this.#contested.size === 0
        ? this.#list.slice()
        : this.#list.filter(({ id }) => !this.#contested.has(id));
    return {
      events: this.#ordered ? events : events.sort(byId),
      problems: this.#problems.toSorted((a, b) => a.line - b.line),
    };
  }

  #take(raw: string): void {
    this.#line += 1;
    // Also takes a byte order mark and the carriage returns of Windows away.
    const source = raw.trim();
    const line = this.#line;
    if (source === '' || isConflictMarker(source)) return;
    const event = this.#reader.read(source);
    if (typeof event === 'string') {
      this.#problems.push({ line, reason: event });
      return;
    }
    const earlier = this.#events.get(event.id);
    if (earlier === undefined) {
      this.#events.set(event.id, { event, line });
      this.#list.push(event);
      this.#ordered &&= event.id > this.#last;
      this.#last = event.id;
    } else if (canonicalJson(earlier.event) !== canonicalJson(event)) {
      const neither = (other: number) =>
        `has the id of line ${other} but says something else, so neither counts`;
      if (!this.#contested.has(event.id)) {
        this.#problems.push({ line: earlier.line, reason: neither(line) });
      }
      this.#problems.push({ line, reason: neither(earlier.line) });
      this.#contested.add(event.id);
    }
  }
}

/** Order of events: that of their ids, which is that of their time. */
export function byId(a: { id: string }, b: { id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function isConflictMarker(line: string): boolean {
  return /^(<{7}|\|{7}|={7}|>{7})( |$)/.test(line);
}
