import { describe, expect, test } from 'vitest';
import { completeSettings } from '../../../src/pixels/fix/settings.ts';
import {
  FIRST_FORM,
  parseSize,
  problemsOf,
  readForm,
  settingsOf,
} from '../../../src/webview/fix/form.ts';
import { FIRST_STATE, readState } from '../../../src/webview/fix/state.ts';

describe('the controls of Fix Pixels…', () => {
  test('begin with what the fixer takes by itself', () => {
    expect(completeSettings(settingsOf(FIRST_FORM))).toEqual(completeSettings({ dither: null }));
    expect(problemsOf(FIRST_FORM)).toEqual([]);
  });

  test('take a size as one edge, two edges or nothing', () => {
    expect(parseSize('32')).toEqual([32, 32]);
    expect(parseSize(' 32 x 48 ')).toEqual([32, 48]);
    expect(parseSize('')).toBeNull();
    for (const wrong of ['32x', 'x32', '0', '1025', '3.5', '-4', 'big']) {
      expect(parseSize(wrong), wrong).toBeUndefined();
    }
  });

  test('say what makes no sense, and only where it counts', () => {
    const form = { ...FIRST_FORM, size: '32x', colors: 'many', pad: '65' };
    expect(problemsOf(form)).toEqual(['size', 'pad']);
    expect(problemsOf({ ...form, palette: 'count' })).toEqual(['size', 'colors', 'pad']);
    expect(problemsOf({ ...FIRST_FORM, palette: 'count', colors: '0' })).toEqual(['colors']);
  });

  test('ask for a palette of a file, by its colours', () => {
    const form = {
      ...FIRST_FORM,
      palette: 'file' as const,
      paletteColors: ['#000000', '#ff8040'],
      dither: 'bayer4' as const,
      strength: 25,
    };
    const settings = settingsOf(form);
    expect(settings.palette).toEqual({
      kind: 'fixed',
      colors: [
        [0, 0, 0],
        [255, 128, 64],
      ],
    });
    expect(settings.dither).toEqual({ pattern: 'bayer4', strength: 0.25 });
  });

  test('leave the colours while no palette was chosen yet', () => {
    expect(settingsOf({ ...FIRST_FORM, palette: 'file', dither: 'bayer2' })).toMatchObject({
      palette: { kind: 'keep' },
      dither: null,
    });
  });

  test('look for holes only in a background that goes', () => {
    const form = { ...FIRST_FORM, background: false, holes: true };
    expect(settingsOf(form).background).toEqual({ remove: false, holes: false });
  });

  test('draw an outline in a chosen colour or its own', () => {
    const form = { ...FIRST_FORM, outline: 'add' as const, outlineColor: '#102030' };
    expect(settingsOf(form).outline).toMatchObject({ mode: 'add', color: null });
    expect(settingsOf({ ...form, outlineOwn: false }).outline?.color).toEqual([16, 32, 48]);
  });
});

describe('what the page of Fix Pixels… remembers', () => {
  test('comes back whole', () => {
    const state = {
      file: 'file:///game/hero.png',
      form: { ...FIRST_FORM, palette: 'count' as const, colors: '8' },
      view: { zoom: 8, centre: { x: 3, y: 4 } },
      grid: true,
    };
    expect(readState(JSON.parse(JSON.stringify(state)) as object)).toEqual(state);
  });

  test('is taken from the start where it is torn or of another kind', () => {
    expect(readState({ file: 7, form: 'x', view: { zoom: 'x' }, grid: 1 })).toEqual(FIRST_STATE);
    const form = readForm({
      fit: 'explode',
      palette: 'count',
      paletteColors: ['red'],
      trim: 'yes',
    });
    expect(form).toEqual({ ...FIRST_FORM, palette: 'count' });
    expect(readForm({ outlineColor: 'url(x)' }).outlineColor).toBe('#000000');
  });
});
