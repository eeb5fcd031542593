import { describe, expect, it } from 'vitest';
import { colorAt, hexOf, rgbaOf } from '../../../src/webview/stage/color.ts';
import { FIRST_STATE, readState } from '../../../src/webview/result-editor/state.ts';
import { fill } from '../../../src/webview/ui/fill.ts';

describe('the colour of a cell', () => {
  const pixels = Uint8Array.from([0, 0, 0, 0, 228, 237, 249, 255, 1, 2, 3, 128, 9, 9, 9, 255]);

  it('is what the picture holds, opacity included', () => {
    expect(colorAt(pixels, 2, 1, 0)).toEqual([228, 237, 249, 255]);
    expect(colorAt(pixels, 2, 0, 1)).toEqual([1, 2, 3, 128]);
  });

  it('is written as hex, with opacity only where there is some', () => {
    expect(hexOf([228, 237, 249, 255])).toBe('#e4edf9');
    expect(hexOf([1, 2, 3, 128])).toBe('#01020380');
  });

  it('is written so that each opacity reads differently', () => {
    const texts = new Set(Array.from({ length: 256 }, (_, alpha) => rgbaOf([0, 0, 0, alpha])));
    expect(texts.size).toBe(256);
    expect(rgbaOf([1, 2, 3, 255])).toBe('rgba(1, 2, 3, 1)');
  });
});

describe('what the result editor remembers', () => {
  it('is taken back whole', () => {
    const state = { view: { zoom: 8, centre: { x: 1.5, y: 2 } }, backdrop: 'dark', grid: true };
    expect(readState(state)).toEqual(state);
  });

  it('is taken in parts where the rest is rubbish', () => {
    expect(readState({ view: { zoom: '8' }, backdrop: 'pink', grid: 'yes' })).toEqual(FIRST_STATE);
    expect(readState({ view: { zoom: 2, centre: null }, grid: true })).toEqual({
      ...FIRST_STATE,
      grid: true,
    });
  });
});

it('words are filled in by place, and holes without a value stay', () => {
  expect(fill('{1} of {0}, {2}', 'b', 3)).toBe('3 of b, {2}');
});
