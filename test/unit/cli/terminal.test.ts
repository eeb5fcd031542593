import { describe, expect, test } from 'vitest';
import { table } from '../../../src/cli/terminal/table.ts';
import { displayWidth, fit, pad, printable } from '../../../src/cli/terminal/text.ts';
import { age, bytes, duration } from '../../../src/cli/terminal/units.ts';

describe('text for a terminal', () => {
  test('counts the columns of wide and combining characters', () => {
    expect(displayWidth('abc')).toBe(3);
    expect(displayWidth('剣と盾')).toBe(6);
    expect(displayWidth('🗡️a')).toBe(2);
    expect(displayWidth('e\u0301')).toBe(1);
  });

  test('is cut to a number of columns, never through a wide character', () => {
    expect(fit('rusty sword', 11)).toBe('rusty sword');
    expect(fit('rusty sword', 6)).toBe('rusty…');
    expect(fit('剣と盾', 4)).toBe('剣…');
    expect(fit('abc', 0)).toBe('');
    expect(pad('剣', 4)).toBe('剣  ');
    expect(pad('7', 3, 'right')).toBe('  7');
  });

  test('from outside can steer nothing', () => {
    expect(printable('a\u001b[31mb\u0007\r\nc\u009bd\u202ee')).toBe('a [31mb c d e');
  });
});

describe('a table', () => {
  const columns = [
    { title: 'ID' },
    { title: 'N', align: 'right' },
    { title: 'TITLE', shrinks: true },
  ] as const;

  test('lines up its columns and leaves no blanks at line ends', () => {
    expect(
      table(columns, [
        ['a', '1', 'x'],
        ['bcd', '20', ''],
      ]).split('\n'),
    ).toEqual(['ID    N  TITLE', 'a     1  x', 'bcd  20']);
  });

  test('shortens the column that gives way, to the width of the terminal', () => {
    const lines = table(columns, [['abc', '1', 'a very long title indeed']], 20).split('\n');
    expect(lines[1]).toBe('abc  1  a very long…');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(20);
  });

  test('cannot be broken by control characters in a cell', () => {
    expect(table(columns, [['a', '1', 'x\ny\u001b[2J']]).split('\n')).toHaveLength(2);
  });
});

test.each([
  [0, '0 ms'],
  [42, '42 ms'],
  [400, '0.4 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [59_600, '1 min 00 s'],
  [200_000, '3 min 20 s'],
  [3_599_999, '1 h 00 min'],
  [7_500_000, '2 h 05 min'],
  [-5, '0 ms'],
])('%d ms last %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

test.each([
  [500, 'now'],
  [40_000, '40 s'],
  [300_000, '5 min'],
  [10_800_000, '3 h'],
  [1_036_800_000, '12 d'],
  [-100, 'now'],
])('%d ms ago is %s', (milliseconds, text) => {
  expect(age(milliseconds)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1_500_000, '1.5 MB'],
  [999_600, '1.0 MB'],
  [118_400_000_000, '118 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (count, text) => {
  expect(bytes(count)).toBe(text);
});
