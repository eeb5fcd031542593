import { afterEach, describe, expect, it } from 'vitest';
import { fillIn, useTranslations } from '../../../../src/extension/l10n.ts';
import { BoardMaker } from '../../../../src/extension/panels/leaderboard/board-maker.ts';
import { standingOf } from '../../../../src/extension/panels/compare/standing.ts';
import { ALL_VOTES } from '../../../../src/extension/panels/messages/leaderboard.ts';
import { rulingWords } from '../../../../src/extension/votes/ruling-words.ts';
import { leaderboardOf } from '../../../../src/project/votes/leaderboard.ts';
import { rulingText } from '../../../../src/project/votes/ruling-text.ts';
import type { VoteEvent } from '../../../../src/project/votes/vote-event.ts';
import { contender, vote } from '../../project/votes/events.ts';

const wins = (from: number, count: number, shown: string[], best: string[]): VoteEvent[] =>
  Array.from({ length: count }, (_, at) => vote(from + at, shown, best));

const four = ['a', 'b', 'c', 'd'];
const CASES: Record<string, VoteEvent[]> = {
  'no votes': [],
  'none good': wins(1, 3, ['a', 'b'], []),
  'ties of all': wins(1, 3, ['a', 'b'], ['a', 'b']),
  'too few': wins(1, 5, ['a', 'b'], ['a']),
  'one to go': wins(1, 8, ['a', 'b'], ['a']).slice(0, 7),
  equals: [...wins(1, 20, ['a', 'b'], ['a']), ...wins(50, 20, ['a', 'b'], ['b'])],
  decided: [...wins(1, 20, ['a', 'b'], ['a']), ...wins(50, 2, ['a', 'b'], ['b'])],
  unlinked: [
    ...wins(1, 20, ['a', 'b'], ['a']),
    ...wins(50, 2, ['c', 'd'], ['c']),
    ...wins(60, 2, ['e', 'f'], ['e']),
  ],
  'not told apart': [
    ...wins(1, 12, four, ['a']),
    ...wins(100, 4, four, ['b']),
    ...wins(200, 3, four, ['c']),
    ...wins(300, 3, four, ['d']),
  ],
};

afterEach(() => useTranslations(fillIn));

describe('the ruling in the editor', () => {
  it.each(Object.entries(CASES))('says in English what the command line says: %s', (_, events) => {
    const board = leaderboardOf(events);
    expect(rulingWords(board)).toBe(rulingText(board));
  });

  it.each(Object.entries(CASES))('is translated wherever it is told: %s', (_, events) => {
    useTranslations((_message, ...values) => `(${values.join('|')})`);
    const told = [
      rulingWords(leaderboardOf(events)),
      new BoardMaker(String).make(events, [], ALL_VOTES).verdict,
      standingOf(
        events,
        ['a', 'b', 'c', 'd', 'e', 'f'].map(name => contender(name).digest),
      ).told,
    ];
    for (const text of told) expect(text).not.toMatch(/verdict|ahead|better|voted|needed|and /i);
  });
});
