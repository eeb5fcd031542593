import type { Comparison } from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { fill } from '../ui/fill.ts';

/** A sentence about what changed by itself between two states, for who does not see it; empty when nothing is worth one. */
export function newsOf(
  words: CompareWords,
  before: Comparison,
  now: Comparison,
  at: number | null,
): string {
  const was = at === null ? undefined : before.sets[at];
  const is = at === null ? undefined : now.sets[at];
  if (was !== undefined && is !== undefined) {
    if (is.phase === 'open' && was.phase !== 'open') {
      const names = is.cells.map(({ open }, place) => `${place + 1}: ${open?.name ?? ''}`);
      return fill(words.saidOpen, names.join(', '));
    }
    if (is.phase === 'votable' && was.phase === 'drawing') return words.saidVotable;
    if (is.phase === 'voted' && was.phase !== 'voted') return words.saidVoted;
    if (is.phase === 'broken' && was.phase === 'drawing') return words.standingBroken;
  }
  return before.drawing && !now.drawing ? words.saidAllDrawn : '';
}
