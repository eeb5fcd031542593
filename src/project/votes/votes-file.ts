import { type Vote, type VoteEvent, voteEventSchema, VOTES_VERSION } from './vote-event.ts';

/** What a votes file holds. */
export interface VotesFile {
  /** Every event once, in the order of their ids. */
  events: VoteEvent[];
  /** Lines that could not be used, with the reason; they stay in the file. */
  problems: { line: number; reason: string }[];
}

/**
 * Reads `votes.jsonl`. Nothing in it is fatal: a torn last line, conflict markers of a merge (both
 * sides are kept: every event stands for itself), the same event twice, lines of a later version and
 * lines edited into rubbish are each reported and skipped.
 */
export function readVotes(text: string): VotesFile {
  const events = new Map<string, VoteEvent>();
  const problems: VotesFile['problems'] = [];
  text.split('\n').forEach((raw, at) => {
    const line = raw.trim();
    if (line === '' || isConflictMarker(line)) return;
    const read = readLine(line);
    if (typeof read === 'string') problems.push({ line: at + 1, reason: read });
    else events.set(read.id, read);
  });
  const ordered = [...events.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { events: ordered, problems };
}

/**
 * Text to append for an event. A file whose last line was torn gets a line end first, so that the
 * new event does not end up in the torn one.
 * @param existing the file's text, or its last byte; empty for a new file
 */
export function appendText(existing: string, event: VoteEvent): string {
  const gap = existing === '' || existing.endsWith('\n') ? '' : '\n';
  return `${gap}${JSON.stringify(event)}\n`;
}

/** The votes that stand: each set's last one of each voter, without those taken back. */
export function standingVotes(events: readonly VoteEvent[]): Vote[] {
  const undone = new Set(events.flatMap(event => (event.kind === 'undo' ? [event.of] : [])));
  const standing = new Map<string, Vote>();
  for (const event of events) {
    if (event.kind !== 'vote' || undone.has(event.id)) continue;
    standing.set(`${event.job}/${event.set}/${event.mode}/${event.voter}`, event);
  }
  return [...standing.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
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
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a vote'}`;
}
