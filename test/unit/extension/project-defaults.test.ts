import { describe, expect, it } from 'vitest';
import { LastChoice } from '../../../src/extension/generate/last-choice.ts';
import type { SpriteItem } from '../../../src/extension/generate/request.ts';
import { recipeInProject } from '../../../src/extension/project/items-in-project.ts';
import { projectText } from '../../../src/extension/project/project-text.ts';
import { parseProjectFile } from '../../../src/project/project-file/parse.ts';

const file = parseProjectFile(
  `defaults:
  checkpoint: sdxl.safetensors
  loras: [pixel:0.8]
  steps: 30
  size: 24
presets:
  tiles: { size: 16, loras: [], negative: people }
`,
  'project.yaml',
);
const item: SpriteItem = { prompt: 'rusty sword', name: 'rusty-sword', count: 1 };
const roles = ['checkpoint', 'lora', 'steps', 'cfg', 'negative', 'size'];
const workflows = [
  { name: 'sprite-sdxl', roles },
  { name: 'plain', roles: ['positive'] },
];
const recipe = (said: Partial<SpriteItem>, init: string | null = null) =>
  recipeInProject(file, { ...item, ...said }, init, workflows);

describe('a sprite of a game with a project file', () => {
  it('is drawn by the project’s defaults where nobody says otherwise', () => {
    expect(recipe({})).toEqual({
      prompt: 'rusty sword',
      checkpoint: 'sdxl.safetensors',
      loras: [{ name: 'pixel', strength: 0.8 }],
      steps: 30,
      size: [24, 24],
    });
  });

  it('takes what is said before its preset, and the preset before the defaults', () => {
    expect(recipe({ preset: 'tiles', size: [8, 8], seed: 7 })).toMatchObject({
      size: [8, 8],
      seed: 7,
      loras: [],
      negative: 'people',
      checkpoint: 'sdxl.safetensors',
    });
    expect(recipe({ loras: [] }).loras).toEqual([]);
  });

  it('leaves out what the workflow has no place for, unless somebody said it', () => {
    expect(recipe({ workflow: 'plain' })).toEqual({
      prompt: 'rusty sword',
      workflow: 'plain',
      size: [24, 24],
    });
    expect(recipe({ workflow: 'plain', checkpoint: 'own' })).toMatchObject({ checkpoint: 'own' });
  });

  it('names the presets there are when one is not there', () => {
    expect(() => recipe({ preset: 'tile' })).toThrow(/no preset "tile".*tiles/);
  });

  it('starts from a picture where it is told to', () => {
    expect(recipe({ denoise: 0.3 }, 'a'.repeat(64)).init).toEqual({
      image: 'a'.repeat(64),
      denoise: 0.3,
    });
  });

  it('says what the project chooses, before anything is drawn', () => {
    expect(projectText(file, null)).toEqual({
      checkpoint: 'sdxl, by the project',
      loras: 'pixel 0.8, by the project',
    });
    expect(projectText(file, 'tiles')).toEqual({ checkpoint: 'sdxl, by the project' });
    expect(projectText(null, null)).toEqual({});
  });
});

describe('a choice of the last time', () => {
  it('is left to the project when somebody makes a contender its default', async () => {
    const kept = new Map<string, unknown>();
    const last = new LastChoice({
      get: key => kept.get(key),
      update: (key, value) => Promise.resolve(void kept.set(key, value)),
    });
    await last.leaveToProject();
    expect(last.made).toBe(false);
    await last.set({ ...last.get(), checkpoint: 'old', count: 4 });
    await last.leaveToProject();
    expect(last.get()).toMatchObject({ checkpoint: null, count: 4 });
  });
});
