import { describe, expect, test } from 'vitest';
import { execFileSync } from 'node:child_process';
import { recipeCommand } from '../../../src/extension/recipe/command-line.ts';
import { type PixelSettings, USUAL_PIXELS } from '../../../src/protocol/pixels.ts';
import type { Recipe } from '../../../src/protocol/recipe.ts';

const RECIPE: Recipe = {
  workflow: 'sprite-sdxl',
  graph: 'a'.repeat(64),
  prompt: 'a knight\'s "sword" $HOME',
  negative: '',
  size: [16, 24],
  renderSize: [512, 768],
  seed: 7,
  steps: 20,
  cfg: 6.5,
  sampler: 'euler',
  scheduler: 'normal',
  checkpoint: 'none',
  vae: null,
  loras: [{ name: 'pixel art.safetensors', strength: 0.8, clipStrength: 0.4 }],
  init: null,
  batch: 1,
  pixels: USUAL_PIXELS,
};

describe('a recipe as a command line', () => {
  test('is read back by a shell word by word', () => {
    const command = recipeCommand(RECIPE, null, false);
    const script = `print() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${command.replace(/^dgx-pixels/, 'print')}`;
    const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(words.slice(0, 2)).toEqual(['generate', RECIPE.prompt]);
    const valueOf = (option: string) => words[words.indexOf(`--${option}`) + 1];
    expect(valueOf('size')).toBe('16x24');
    expect(valueOf('render-size')).toBe('512x768');
    expect(valueOf('seed')).toBe('7');
    expect(valueOf('lora')).toBe('pixel art.safetensors:0.8:0.4');
    expect(words).not.toContain('--checkpoint');
    expect(words).not.toContain('--no-fix');
  });

  test('says everything that differs from a plain drawing', () => {
    const command = recipeCommand(
      {
        ...RECIPE,
        prompt: 'x',
        negative: 'blur',
        checkpoint: 'c.safetensors',
        vae: 'v',
        init: { image: 'b'.repeat(64), denoise: 0.5 },
        batch: 4,
        batchIndex: 2,
        pixels: { ...USUAL_PIXELS, fix: 'none', background: 'keep' },
      },
      null,
      false,
    );
    expect(command).toMatch(
      / --checkpoint c\.safetensors --vae v .* --negative blur --init IMAGE\.png --denoise 0\.5 --batch 4 --batch-index 2 --no-fix --keep-background$/,
    );
  });

  test('says the pixel settings that are not the usual ones', () => {
    const words = (change: Partial<PixelSettings>) =>
      recipeCommand({ ...RECIPE, pixels: { ...USUAL_PIXELS, ...change } }, null, false);
    expect(words({})).not.toMatch(/--(fit|palette|dither|outline|no-)/);
    expect(words({ fit: 'keep', palette: 12, dither: 'bayer2', cleanup: false })).toMatch(
      / --fit keep --palette 12 --dither bayer2 --no-cleanup$/,
    );
    expect(words({ palette: ['#ff0000'], outline: 'add', outlineColor: '#000000' })).toMatch(
      / --palette PALETTE\.hex --outline add --outline-color '#000000'$/,
    );
    expect(words({ palette: 'off', holes: true, trim: true, pad: 2, align: 'bottom' })).toMatch(
      / --no-palette --holes --trim --pad 2 --align bottom$/,
    );
  });

  test('keeps a prompt that begins as an option does from being one', () => {
    expect(recipeCommand({ ...RECIPE, prompt: '--help' }, null, false)).toMatch(
      /^dgx-pixels generate --workflow .* -- --help$/,
    );
  });

  test('doubles quotes for PowerShell, which makes lists and variables of bare words', () => {
    expect(recipeCommand({ ...RECIPE, prompt: 'sword,axe' }, null, true)).toMatch(
      /^dgx-pixels generate 'sword,axe' /,
    );
    expect(recipeCommand({ ...RECIPE, prompt: '@sword' }, null, true)).toMatch(
      /^dgx-pixels generate '@sword' /,
    );
    expect(recipeCommand({ ...RECIPE, prompt: "it's" }, null, true)).toMatch(
      /^dgx-pixels generate 'it''s' /,
    );
  });
});
