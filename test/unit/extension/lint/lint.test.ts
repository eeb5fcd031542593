import { describe, expect, test } from 'vitest';
import { findingText } from '../../../../src/extension/lint/findings.ts';
import { pngPattern } from '../../../../src/extension/lint/patterns.ts';
import {
  isFixable,
  lintChoice,
  parseSize,
  rulesFor,
  severityOf,
} from '../../../../src/extension/lint/rules.ts';
import { WorkList } from '../../../../src/extension/lint/work-list.ts';
import type { Finding } from '../../../../src/pixels/lint/finding.ts';

const finding: Finding = {
  code: 'orphan-pixel',
  severity: 'info',
  message: 'A stray.',
  place: { frame: null, area: { x: 3, y: 4, width: 1, height: 1 } },
  fix: { id: 'harden-alpha', threshold: 128 },
};

describe('the folders to lint', () => {
  test.each([
    ['assets/sprites', 'assets/sprites/**/*.[pP][nN][gG]'],
    ['./assets/', 'assets/**/*.[pP][nN][gG]'],
    ['**/sprites/**', '**/sprites/**/*.[pP][nN][gG]'],
    ['art\\tiles', 'art/tiles/**/*.[pP][nN][gG]'],
    ['hero_*.png', 'hero_*.png'],
    ['.', '**/*.[pP][nN][gG]'],
  ])('may be written as %s', (entry, pattern) => {
    expect(pngPattern(entry)).toBe(pattern);
  });

  test('are none for an empty entry', () => {
    expect(pngPattern('  ')).toBeNull();
  });
});

describe('the rules of a project', () => {
  test('take what is whole of the settings', () => {
    const choice = lintChoice('32x48', 16, {
      'orphan-pixel': 'off',
      nonsense: 'error',
      upscaled: 'loud',
    });
    expect(choice).toEqual({
      size: { width: 32, height: 48 },
      maxColors: 16,
      severity: { 'orphan-pixel': 'off' },
    });
    expect(lintChoice('huge', -1, {})).toEqual({ size: null, maxColors: null, severity: {} });
    expect(parseSize('16')).toEqual({ width: 16, height: 16 });
  });

  test('leave out what is switched off', () => {
    const choice = lintChoice('', 0, { 'orphan-pixel': 'off', upscaled: 'hint' });
    expect(rulesFor(choice, null, true)).toMatchObject({ ignore: ['orphan-pixel'], tile: true });
  });

  test('show what is only worth a look as a hint, unless told otherwise', () => {
    expect(severityOf(finding, lintChoice('', 0, {}))).toBe('hint');
    expect(severityOf(finding, lintChoice('', 0, { 'orphan-pixel': 'error' }))).toBe('error');
    expect(severityOf({ ...finding, severity: 'warning' }, lintChoice('', 0, {}))).toBe('warning');
  });

  test('mend errors and warnings that have a fix', () => {
    expect(isFixable(finding)).toBe(false);
    expect(isFixable({ ...finding, severity: 'warning' })).toBe(true);
    expect(isFixable({ ...finding, severity: 'error', fix: null })).toBe(false);
  });
});

describe('a finding in words', () => {
  test('says where it is', () => {
    expect(findingText(finding)).toBe('A stray. (cell x 3, y 4)');
    const place = { frame: null, area: { x: 0, y: 1, width: 2, height: 3 } };
    expect(findingText({ ...finding, place })).toBe('A stray. (from x 0, y 1: 2 × 3 cells)');
    expect(findingText({ ...finding, place: { frame: null, area: null } })).toBe('A stray.');
  });
});

describe('a list of work', () => {
  test('does each piece once, one after the other, and anew what comes again', async () => {
    const done: string[] = [];
    let release: () => void = () => undefined;
    let idle: () => void = () => undefined;
    const gate = new Promise<void>(resolve => (release = resolve));
    const ended = new Promise<void>(resolve => (idle = resolve));
    const list = new WorkList<string>(
      async item => {
        done.push(item);
        if (item === 'a1') await gate;
      },
      () => idle(),
    );
    list.add('a', 'a1');
    list.add('b', 'b1');
    list.add('b', 'b2');
    list.add('a', 'a2');
    list.add('c', 'c1');
    list.drop('c');
    expect(list.busy).toBe(true);
    release();
    await ended;
    expect(done).toEqual(['a1', 'b2', 'a2']);
    expect(list.busy).toBe(false);
  });

  test('stops when it is ended', async () => {
    const done: string[] = [];
    const list = new WorkList<string>(
      item => {
        done.push(item);
        return Promise.resolve();
      },
      () => done.push('idle'),
    );
    list.add('a', 'a');
    list.end();
    list.add('b', 'b');
    await new Promise(resolve => setTimeout(resolve, 0));
    expect(done).toEqual(['a']);
  });
});
