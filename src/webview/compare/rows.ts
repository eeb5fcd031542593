import type { CellState, Comparison, SetState } from '../../extension/panels/messages/compare.ts';

/** How a person stands to a set. */
export type Standing = 'drawing' | 'toVote' | 'skipped' | 'voted' | 'broken' | 'shown';

/** `shown`: open without a vote of this person. */
export function standingOf(set: SetState): Standing {
  if (set.best !== null) return 'voted';
  switch (set.phase) {
    case 'votable':
      return set.skipped ? 'skipped' : 'toVote';
    case 'voted':
      return 'voted';
    case 'open':
      return 'shown';
    default:
      return set.phase;
  }
}

/**
 * The cells of a row with their places: as they are placed, or once everything is open by contender, so that a column is a
 * contender. Null where an open set lacks one.
 */
export function columnsOf(
  comparison: Comparison,
  set: SetState,
): { place: number; cell: CellState }[] {
  const placed = set.cells.map((cell, place) => ({ place, cell }));
  if (comparison.names === null) return placed;
  const order = ({ cell }: { cell: CellState }): number => cell.open?.contender ?? 0;
  return placed.sort((a, b) => order(a) - order(b));
}

/** The rows of which something is seen, and some beside them, as a range. */
export function visibleRows(
  scrolled: number,
  height: number,
  rowHeight: number,
  rows: number,
): { from: number; to: number } {
  const beside = 3;
  const from = Math.max(0, Math.floor(scrolled / rowHeight) - beside);
  const to = Math.min(rows, Math.ceil((scrolled + height) / rowHeight) + beside);
  return { from: Math.min(from, to), to };
}

/**
 * Where "next to vote" leads: what the host holds for the most telling set unless that is the one that is left, else the next
 * votable one after it, around the end; null when there is none.
 */
export function nextToVote(comparison: Comparison, from: number | null): number | null {
  const { next, sets } = comparison;
  if (next !== null && next !== from && sets[next]?.phase === 'votable') return next;
  const start = from ?? -1;
  for (let step = 1; step <= sets.length; step++) {
    const at = (start + step + sets.length) % sets.length;
    const set = sets[at];
    if (at !== from && set?.phase === 'votable' && set.best === null && !set.skipped) return at;
  }
  return null;
}

/** How far it is: sets to vote on, and those that were. */
export function tally({ sets }: Comparison): { toVote: number; voted: number } {
  const standings = sets.map(standingOf);
  const count = (...which: Standing[]): number =>
    standings.filter(each => which.includes(each)).length;
  return { toVote: count('toVote', 'skipped'), voted: count('voted') };
}
