import { canonicalJson } from '../canonical-json.ts';
import { type VoteEvent, voteEventSchema, VOTES_VERSION } from './vote-event.ts';

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

/**
 * Reads `votes.jsonl`. Nothing in it is fatal: a torn last line, lines of a later version and lines edited into rubbish
 * are reported and left out. Conflict markers of a merge are passed over and both sides kept, as every event stands for
 * itself. The same event twice counts once; two events that claim one id count neither, so that no line can be
 * overruled by another.
 */
export function readVotes(text: string): VotesFile {
  const events = new Map<string, { event: VoteEvent; line: number }>();
  const contested = new Set<string>();
  const problems: LineProblem[] = [];
  text.split('\n').forEach((raw, at) => {
    // Also takes a byte order mark and the carriage returns of Windows away.
    const source = raw.trim();
    const line = at + 1;
    if (source === '' || isConflictMarker(source)) return;
    const event = readLine(source);
    if (typeof event === 'string') {
      problems.push({ line, reason: event });
      return;
    }
    const earlier = events.get(event.id);
    if (earlier === undefined) events.set(event.id, { event, line });
    else if (canonicalJson(earlier.event) !== canonicalJson(event)) {
      const neither = (other: number) =>
        `has the id of line ${other} but says something else, so neither counts`;
      if (!contested.has(event.id)) {
        problems.push({ line: earlier.line, reason: neither(line) });
      }
      problems.push({ line, reason: neither(earlier.line) });
      contested.add(event.id);
    }
  });
  for (const id of contested) events.delete(id);
  return {
    events: [...events.values()].map(({ event }) => event).sort(byId),
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

/**
 * Text to append for an event. A file whose last line was torn gets a line end first, so that the
 * new event does not end up in the torn one.
 * @param existing the file's text, or its last character; empty for a new file
 */
export function appendText(existing: string, event: VoteEvent): string {
  const gap = existing === '' || existing.endsWith('\n') ? '' : '\n';
  return `${gap}${JSON.stringify(event)}\n`;
}

/** Order of events: that of their ids, which is that of their time. */
export function byId(a: { id: string }, b: { id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function isConflictMarker(line: string): boolean {
  return /^(<{7}|\|{7}|={7}|>{7})( |$)/.test(line);
}

function readLine(line: string): VoteEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not a whole line of JSON';
  }
  const version = (value as { v?: unknown } | null)?.v;
  if (typeof version === 'number' && version > VOTES_VERSION) {
    return `written by a later version (${version})`;
  }
  const parsed = voteEventSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  return `${where === '' ? '' : `${where}: `}${issue?.message ?? 'not a vote'}`;
}
