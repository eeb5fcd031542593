import { describe, expect, it } from 'vitest';
import {
  BLINK_MS,
  columnsFor,
  evenCuts,
  moveCut,
  toggleChosen,
  windowsOf,
} from '../../../src/webview/compare/modes.ts';
import { boxesOf } from '../../../src/webview/compare/window-boxes.ts';

const base = { chosen: [0, 2, 3], cuts: [0.25, 0.5], blink: 0, opacity: 0.4 };

describe('a mode', () => {
  it('has a window for each picture side by side', () => {
    const windows = windowsOf({ ...base, mode: 'sideBySide' });
    expect(windows.map(({ places }) => places)).toEqual([[0], [2], [3]]);
  });

  it('wipes from each to the next', () => {
    const [window] = windowsOf({ ...base, mode: 'wipe' });
    expect(window?.layers.map(({ place, from, to }) => [place, from, to])).toEqual([
      [0, 0, 0.25],
      [2, 0.25, 0.5],
      [3, 0.5, 1],
    ]);
  });

  it('blinks through all, less than three times a second', () => {
    const shown = [0, 1, 2, 3].map(
      blink => windowsOf({ ...base, mode: 'blink', blink })[0]?.layers[0]?.place,
    );
    expect(shown).toEqual([0, 2, 3, 0]);
    expect(1000 / BLINK_MS).toBeLessThan(3);
  });

  it('lays the others over the first', () => {
    const [window] = windowsOf({ ...base, mode: 'onion' });
    expect(window?.layers.map(({ alpha }) => alpha)).toEqual([1, 0.4, 0.4]);
  });

  it('holds the others against the first', () => {
    const windows = windowsOf({ ...base, mode: 'difference' });
    expect(windows.map(({ difference }) => difference)).toEqual([
      { before: 0, after: 2 },
      { before: 0, after: 3 },
    ]);
  });
});

describe('the pictures that are shown', () => {
  it('are at least two of those that are there', () => {
    expect(toggleChosen([0, 1, 2], 1, 3)).toEqual([0, 2]);
    expect(toggleChosen([0, 2], 2, 3)).toEqual([0, 2]);
    expect(toggleChosen([0, 2], 1, 3)).toEqual([0, 1, 2]);
    expect(toggleChosen([0, 1], 3, 3)).toEqual([0, 1]);
  });
});

describe('a wipe', () => {
  it('keeps its borders in order', () => {
    expect(evenCuts(4)).toEqual([0.25, 0.5, 0.75]);
    expect(moveCut([0.25, 0.5, 0.75], 1, 0.9)).toEqual([0.25, 0.9, 0.9]);
    expect(moveCut([0.25, 0.5, 0.75], 0, -1)).toEqual([0, 0.5, 0.75]);
  });
});

describe('windows', () => {
  it('lie where each is largest', () => {
    expect(columnsFor(4, 1360, 600)).toBe(4);
    expect(columnsFor(4, 700, 560)).toBe(2);
    expect(columnsFor(2, 400, 900)).toBe(1);
    expect(columnsFor(1, 400, 900)).toBe(1);
  });

  it.each([1, 1.25, 1.5, 2])('begin and end on device pixels at a ratio of %d', ratio => {
    const bounds = { left: 0, top: 70.4, width: 1361.3, height: 640.7 };
    const { boxes, window } = boxesOf(bounds, ratio, 3, () => 3);
    expect(Number.isInteger(window.width) && Number.isInteger(window.height)).toBe(true);
    for (const { left, top, width, height, header } of boxes) {
      for (const edge of [bounds.left + left, bounds.top + top, width, height, header]) {
        expect(edge * ratio).toBeCloseTo(Math.round(edge * ratio), 6);
      }
      expect(left + width).toBeLessThanOrEqual(bounds.width + 1e-6);
      expect(top + height).toBeLessThanOrEqual(bounds.height + 1e-6);
    }
  });

  it('have no negative size where there is no room', () => {
    const { window } = boxesOf({ left: 0, top: 0, width: 0, height: 0 }, 1, 4, () => 2);
    expect(window).toEqual({ width: 0, height: 0 });
  });
});
