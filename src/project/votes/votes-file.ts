import type { VoteEvent } from './vote-event.ts';
import { VoteLines, type VotesFile } from './vote-lines.ts';

/** Where votes lie in a game's project. */
export const VOTES_FILE = '.dgx-pixels/votes.jsonl';

/**
 * Reads `votes.jsonl`. Nothing in it is fatal: a torn last line, lines of a later version and lines edited into rubbish
 * are reported and left out. Conflict markers of a merge are passed over and both sides kept, as every event stands for
 * itself. The same event twice counts once; two events that claim one id count neither, so that no line can be
 * overruled by another.
 */
export function readVotes(text: string): VotesFile {
  const lines = new VoteLines();
  lines.add(text);
  return lines.result();
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
