import { describe, expect, it } from 'vitest';
import { FIX_VERSION } from '../../../src/pixels/fix/report.ts';
import { digestOfValue, drawDigest, recipeDigest } from '../../../src/project/digest.ts';
import { fixInputOf } from '../../../src/project/pixels/fix-input.ts';
import { splitPixels } from '../../../src/project/pixels/said.ts';
import {
  type PixelSettings,
  pixelSettingsSchema,
  USUAL_PIXELS,
} from '../../../src/protocol/pixels.ts';
import { addJob, openMemoryJournal } from '../../helpers/journals.ts';
import { someRecipe } from '../../helpers/recipes.ts';

describe('pixel settings', () => {
  it('of older versions are read as those of today, from files, the wire and the journal', () => {
    const old = { fix: 'basic', background: 'keep' };
    const read = { ...USUAL_PIXELS, background: 'keep' };
    expect(pixelSettingsSchema.parse(old)).toEqual(read);
    const { journal, database } = openMemoryJournal();
    const id = addJob(journal);
    const recipe = { ...someRecipe(), pixels: old };
    database.run('UPDATE runs SET recipe = ? WHERE job = ?', JSON.stringify(recipe), id);
    expect(journal.runs.record(id, 0)?.run.recipe.pixels).toEqual(read);
  });

  it('write a colour in one way, so that equal palettes have equal digests', () => {
    const palette = ['#FF8800', '00aaff'];
    expect(pixelSettingsSchema.parse({ palette }).palette).toEqual(['#ff8800', '#00aaff']);
    for (const wrong of ['red', '#fff', '#12345g', 0, 257, 1.5, []]) {
      expect(pixelSettingsSchema.safeParse({ palette: wrong }).success, String(wrong)).toBe(false);
    }
  });

  it('each change the digest of the sprite and never that of the drawing', () => {
    const changes: Partial<PixelSettings>[] = [
      ...([{ fix: 'none' }, { fit: 'keep' }, { background: 'keep' }, { holes: true }] as const),
      ...[{ palette: 8 }, { palette: ['#ff0000'] }, { palette: ['#00ff00'] }],
      ...([{ dither: 'bayer2' }, { cleanup: false }, { outline: 'add' }] as const),
      ...[{ outlineColor: '#000000' }, { trim: true }, { pad: 1 }],
      { align: 'top' },
    ];
    const recipes = changes.map(change => someRecipe({ pixels: { ...USUAL_PIXELS, ...change } }));
    const all = [someRecipe(), ...recipes];
    expect(new Set(all.map(recipeDigest)).size).toBe(all.length);
    expect(new Set(all.map(drawDigest)).size).toBe(1);
  });

  it('count with the version of the stage, and not at all where there is no stage', () => {
    const recipe = someRecipe();
    const { pixels } = recipe;
    const draw = drawDigest(recipe);
    const digest = (version: number) =>
      digestOfValue({ recipe: 1, draw, pixels, pixelStage: version });
    expect(recipeDigest(recipe)).toBe(digest(FIX_VERSION));
    expect(recipeDigest(recipe)).not.toBe(digest(FIX_VERSION + 1));
    const none = (change: Partial<PixelSettings>) =>
      recipeDigest(someRecipe({ pixels: { ...USUAL_PIXELS, fix: 'none', ...change } }));
    expect(none({ palette: 3, holes: true })).toBe(none({}));
  });

  it('are taken out of other settings and completed, or left to the workflow', () => {
    expect(splitPixels({ steps: 4, palette: 8 as const, fix: undefined })).toEqual({
      pixels: { ...USUAL_PIXELS, palette: 8 },
      rest: { steps: 4 },
    });
    expect(splitPixels({ steps: 4, fit: undefined })).toEqual({ pixels: null, rest: { steps: 4 } });
  });

  it('ask the fix for what they say', () => {
    const asked = fixInputOf(
      pixelSettingsSchema.parse({
        ...{ palette: ['#010203'], dither: 'checker', background: 'keep', cleanup: false },
        ...{ outline: 'add', outlineColor: '#ff0080', align: 'bottom-left', pad: 3, trim: true },
      }),
      [32, 48],
    );
    expect(asked).toEqual({
      size: [32, 48],
      fit: 'reduce',
      palette: { kind: 'fixed', colors: [[1, 2, 3]] },
      dither: { pattern: 'checker', strength: 1 },
      background: { remove: false, holes: false },
      cleanup: { orphans: false, jaggies: false },
      outline: { mode: 'add', color: [255, 0, 128] },
      canvas: { trim: true, pad: 3, horizontal: 'left', vertical: 'bottom' },
    });
    const right = fixInputOf({ ...USUAL_PIXELS, align: 'top-right', palette: 'off' }, null);
    expect(right).toMatchObject({
      ...{ size: null, palette: { kind: 'keep' }, dither: null },
      canvas: { horizontal: 'right', vertical: 'top' },
    });
  });
});
