import { describe, expect, it } from 'vitest';
import { appendText, readVotes } from '../../../../src/project/votes/votes-file.ts';
import { contender, idOf, skip, undo, vote } from './events.ts';

const first = vote(1, ['a', 'b'], ['a']);
const second = vote(2, ['a', 'b'], ['b']);
const lines = (...events: unknown[]) => events.map(event => `${JSON.stringify(event)}\n`).join('');

describe('a votes file', () => {
  it('gives back what was appended, in the order of the ids', () => {
    const text = [second, skip(3, 9), first, undo(4, 1)].reduce(
      (before, event) => before + appendText(before, event),
      '',
    );
    const { events, problems } = readVotes(text);
    expect(events).toEqual([first, second, skip(3, 9), undo(4, 1)]);
    expect(problems).toEqual([]);
  });

  it('loses only its torn last line, and the next event does not end up in it', () => {
    const torn = lines(first) + JSON.stringify(second).slice(0, 80);
    expect(readVotes(torn)).toEqual({
      events: [first],
      problems: [{ line: 2, reason: 'not a whole line of JSON' }],
    });
    const third = vote(3, ['a', 'b'], ['a']);
    expect(readVotes(torn + appendText(torn, third)).events).toEqual([first, third]);
  });

  it('keeps both sides of a merge conflict', () => {
    const text = `<<<<<<< HEAD\n${lines(first)}||||||| base\n=======\n${lines(second)}>>>>>>> theirs\n`;
    expect(readVotes(text)).toEqual({ events: [first, second], problems: [] });
  });

  it('reads what Windows made of it: a byte order mark and carriage returns', () => {
    const text = `\uFEFF${lines(first, second).replaceAll('\n', '\r\n')}`;
    expect(readVotes(text)).toEqual({ events: [first, second], problems: [] });
  });

  it('counts an event once that is in it twice', () => {
    expect(readVotes(lines(first, second, first))).toEqual({
      events: [first, second],
      problems: [],
    });
  });

  it('counts neither of two events that claim one id, whichever comes first', () => {
    const forged = { ...second, id: first.id };
    for (const text of [lines(first, forged), lines(forged, first)]) {
      const { events, problems } = readVotes(text);
      expect(events).toEqual([]);
      expect(problems.map(({ line }) => line)).toEqual([1, 2]);
      expect(problems[0]?.reason).toContain('line 2');
    }
  });

  it('leaves lines of a later version alone and says so', () => {
    expect(readVotes(lines({ ...first, v: 2, id: idOf(9), more: true }, first))).toEqual({
      events: [first],
      problems: [{ line: 1, reason: 'written by a later version (2)' }],
    });
  });

  const edits: [what: string, line: unknown, reason: string][] = [
    ['an unknown category', { ...first, category: 'hero' }, 'category'],
    ['a best that was not shown', { ...first, best: ['d'.repeat(64)] }, 'was not shown'],
    ['a best named twice', { ...first, best: [...first.best, ...first.best] }, 'twice'],
    [
      'the same contender twice',
      { ...first, contenders: [contender('a'), contender('a')] },
      'the same contender',
    ],
    ['one contender', { ...first, contenders: [contender('a')] }, 'contenders'],
    ['no id', { ...first, id: undefined }, 'id'],
    ['a number', 7, 'object'],
    ['null', null, 'object'],
    ['an old version', { ...first, v: 0 }, 'v'],
  ];
  for (const [what, line, reason] of edits) {
    it(`tells of a line that was edited to ${what}, and uses the rest`, () => {
      const { events, problems } = readVotes(lines(line, second));
      expect(events).toEqual([second]);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.line).toBe(1);
      expect(problems[0]?.reason).toContain(reason);
    });
  }

  it('is empty before the first vote', () => {
    expect(readVotes('')).toEqual({ events: [], problems: [] });
  });
});
