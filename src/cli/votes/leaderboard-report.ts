import type { Leaderboard } from '../../project/votes/leaderboard.ts';
import { rulingText } from '../../project/votes/ruling-text.ts';
import { table } from '../terminal/table.ts';
import { plural } from '../terminal/units.ts';

/** A leaderboard for a person: a table with intervals, what was not rated, and the verdict. */
export function leaderboardText(board: Leaderboard, width: number): string {
  const { standings, rated, noneGood, skipped } = board;
  const times = (log: number) => Math.exp(log).toFixed(2);
  const rows = standings.map(({ name, strength, low, high, appearances, picks, ties }, at) => [
    String(at + 1),
    name,
    times(strength),
    `${times(low)} - ${times(high)}`,
    String(picks),
    String(ties),
    String(appearances),
  ]);
  const right = 'right' as const;
  const columns = [
    { title: '', align: right },
    { title: 'CONTENDER', shrinks: true },
    { title: 'STRENGTH', align: right },
    { title: '90 %', align: right },
    { title: 'PICKED', align: right },
    { title: 'TIED', align: right },
    { title: 'SHOWN', align: right },
  ];
  const counts = [
    `${plural(rated, 'vote')} rated`,
    ...(noneGood > 0 ? [`${noneGood} found none good`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return [
    ...(rows.length === 0 ? [] : [table(columns, rows, width), '']),
    `${counts.join(', ')}.`,
    rulingText(board),
  ].join('\n');
}

/** The same for a program; strengths are natural logarithms. */
export function leaderboardJson(
  board: Leaderboard,
  problems: readonly { line: number; reason: string }[],
): string {
  const { standings, headToHead, rated, noneGood, skipped, ruling, slices } = board;
  const record = { rated, noneGood, skipped, standings, headToHead, ruling, slices };
  return JSON.stringify({ ...record, verdict: rulingText(board), problems }, null, 2);
}
