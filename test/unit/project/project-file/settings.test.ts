import { describe, expect, test } from 'vitest';
import { fitToRoles } from '../../../../src/project/project-file/fit-roles.ts';
import { parseProjectFile } from '../../../../src/project/project-file/parse.ts';
import { recipeOfSettings, settingsFor } from '../../../../src/project/project-file/settings.ts';
import { recipeRequestSchema } from '../../../../src/protocol/recipe.ts';

const FILE = parseProjectFile(
  `
defaults: { checkpoint: house, loras: [pixel:0.8], steps: 24, cfg: 6, size: 32, out: assets }
presets:
  boss: { size: 64, loras: [big] }
  quick: { workflow: draft-sdxl }
`,
  'project.yaml',
);

describe('settings of a drawing', () => {
  test("are the project's where nothing nearer is said", () => {
    expect(settingsFor(FILE, null)).toEqual(FILE.defaults);
  });

  test('take the preset before the defaults, lists whole', () => {
    expect(settingsFor(FILE, 'boss')).toEqual({
      ...FILE.defaults,
      size: [64, 64],
      loras: [{ name: 'big', strength: 1 }],
    });
  });

  test('take what the person says before the preset', () => {
    const said = { size: [8, 8] as [number, number], steps: undefined, loras: [] };
    expect(settingsFor(FILE, 'boss', said)).toEqual({ ...FILE.defaults, size: [8, 8], loras: [] });
  });

  test('leave steps and guidance that were meant for another workflow', () => {
    expect(settingsFor(FILE, 'quick')).toEqual({
      checkpoint: 'house',
      loras: [{ name: 'pixel', strength: 0.8 }],
      size: [32, 32],
      out: 'assets',
      workflow: 'draft-sdxl',
    });
    expect(settingsFor(FILE, 'quick', { workflow: 'draft-sdxl', cfg: 2 })).toMatchObject({
      cfg: 2,
    });
    expect(settingsFor(FILE, null, { workflow: 'sprite-sdxl' })).toMatchObject({ steps: 24 });
  });

  test('of a drawing that starts from an image leave a workflow that starts from a prompt', () => {
    const file = parseProjectFile('defaults: { workflow: mine, steps: 9, size: 16 }', 'p');
    expect(settingsFor(file, null, {}, true)).toEqual({
      workflow: 'image-to-image-sdxl',
      size: [16, 16],
    });
    expect(settingsFor(file, null, { workflow: 'theirs' }, true).workflow).toBe('theirs');
  });

  test('of a preset that is not there name the near ones', () => {
    expect(() => settingsFor(FILE, 'bos')).toThrow(
      'There is no preset "bos". Did you mean "boss"?',
    );
    expect(() => settingsFor({}, 'bos')).toThrow('The project has none');
    expect(() => settingsFor(FILE, 'toString')).toThrow('There is no preset');
  });

  test('become a recipe that the worker takes', () => {
    const file = parseProjectFile('defaults: { steps: 9, background: keep, out: x }', 'p');
    const recipe = { prompt: 'knight', ...recipeOfSettings(settingsFor(file, null)) };
    expect(recipeRequestSchema.parse(recipe)).toEqual(recipe);
    expect(recipe).toMatchObject({ steps: 9, pixels: { background: 'keep' } });
    expect(recipeOfSettings({ steps: 9 })).toEqual({ steps: 9 });
  });

  test('leave what the workflow has no place for, unless the person says it', () => {
    const settings = settingsFor(FILE, null, { cfg: 3 });
    expect(fitToRoles(settings, { cfg: 3 }, ['init', 'save'])).toEqual({
      cfg: 3,
      size: [32, 32],
      out: 'assets',
    });
    const all = ['checkpoint', 'lora', 'steps', 'cfg'];
    expect(fitToRoles(settings, {}, all)).toEqual(settings);
  });
});
