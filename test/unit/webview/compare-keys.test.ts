import { describe, expect, it } from 'vitest';
import { compareWords } from '../../../src/extension/panels/compare/words.ts';
import {
  type Focus,
  intentOf,
  KEYS,
  type Screen,
  type Stroke,
} from '../../../src/webview/compare/keys.ts';

function stroke(key: string, more: Partial<Stroke> = {}): Stroke {
  const code = /^[0-9]$/.test(key) ? `Digit${key}` : '';
  return { key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more };
}

const meaning = (key: Stroke, screen: Screen = 'set', focus: Focus = 'page') =>
  intentOf(key, screen, focus)?.name ?? null;

describe('a key of the panel', () => {
  it.each([
    ['=', 'tie'],
    ['0', 'noneGood'],
    ['u', 'undo'],
    ['k', 'skip'],
    ['n', 'note'],
    [' ', 'nextToVote'],
    ['+', 'zoomIn'],
    ['-', 'zoomOut'],
    ['r', 'raw'],
    ['b', 'blink'],
    ['w', 'wipe'],
    ['d', 'difference'],
    ['o', 'onion'],
    ['s', 'sideBySide'],
    ['g', 'grid'],
    ['x', 'backdrop'],
    ['l', 'loupe'],
    ['f', 'fit'],
    ['t', 'trueSize'],
    ['p', 'play'],
    [',', 'frameBack'],
    ['.', 'frameOn'],
    ['?', 'help'],
    ['Escape', 'leave'],
    ['Enter', 'confirm'],
    ['PageUp', 'previous'],
    ['ArrowRight', 'next'],
  ])('%s means %s', (key, name) => expect(meaning(stroke(key))).toBe(name));

  it('is a vote for each of four places, and with Shift the choice of what is shown', () => {
    for (const place of [0, 1, 2, 3]) {
      const digit = String(place + 1);
      expect(intentOf(stroke(digit), 'set', 'page')).toEqual({ name: 'pick', place });
      const shifted = stroke('!', { code: `Digit${digit}`, shiftKey: true });
      expect(intentOf(shifted, 'set', 'page')).toEqual({ name: 'choose', place });
    }
    expect(meaning(stroke('5'))).toBeNull();
    expect(intentOf(stroke('2', { code: 'Numpad2' }), 'set', 'page')).toEqual({
      name: 'pick',
      place: 1,
    });
  });

  it('is a tie wherever the layout has its sign', () => {
    expect(meaning(stroke('=', { code: 'Digit0', shiftKey: true }))).toBe('tie');
    expect(meaning(stroke('+', { code: 'Equal', shiftKey: true }))).toBe('zoomIn');
  });

  it('is nothing of ours with Ctrl, Alt or Meta, or while somebody types', () => {
    for (const { keys } of KEYS) {
      for (const key of keys) {
        for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) {
          expect(meaning(stroke(key, { [held]: true }))).toBeNull();
        }
        expect(meaning(stroke(key), 'set', 'field')).toBeNull();
      }
    }
  });

  it('stays with what has the focus: arrows with a picture or a slider, Enter and Space with a button', () => {
    for (const focus of ['stage', 'slider'] as const) {
      expect(meaning(stroke('ArrowLeft'), 'set', focus)).toBeNull();
    }
    expect(meaning(stroke('PageDown'), 'set', 'stage')).toBe('next');
    expect(meaning(stroke('PageDown'), 'set', 'slider')).toBeNull();
    expect(meaning(stroke(' '), 'set', 'button')).toBeNull();
    expect(meaning(stroke('Enter'), 'set', 'button')).toBeNull();
    expect(meaning(stroke('2'), 'set', 'button')).toBe('pick');
  });

  it('votes for nothing in the overview', () => {
    for (const key of ['1', '=', '0', 'u', 'k', 'Enter', 'Escape', 'ArrowLeft']) {
      expect(meaning(stroke(key), 'overview')).toBeNull();
    }
    expect(meaning(stroke(' '), 'overview')).toBe('nextToVote');
  });

  it('means one thing on each screen', () => {
    for (const screen of ['set', 'overview'] as const) {
      const heard = KEYS.filter(
        row => !('local' in row) && (row.on as readonly Screen[]).includes(screen),
      );
      const keys = heard.flatMap(row => [...row.keys]);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('is explained in the help', () => {
    const words: Record<string, string> = compareWords();
    for (const { name } of KEYS) {
      expect(words[`means${name.charAt(0).toUpperCase()}${name.slice(1)}`], name).toBeTruthy();
    }
  });
});
