import { describe, expect, test } from 'vitest';
import { USUAL_PIXELS } from '../../../src/protocol/pixels.ts';
import { type Manifest, manifestItems, parseManifest } from '../../../src/project/manifest.ts';
import type { ManifestIssue } from '../../../src/project/manifest-issues.ts';
import { PixelsError } from '../../../src/protocol/errors.ts';
import { generateSpecSchema } from '../../../src/protocol/jobs.ts';

function faults(text: string): { message: string; issues: ManifestIssue[] } {
  try {
    parseManifest(text, 'sprites.yaml');
  } catch (error) {
    if (PixelsError.is(error, 'invalid-params')) {
      return { message: error.message, issues: error.data?.['issues'] as ManifestIssue[] };
    }
    throw error;
  }
  throw new Error('The manifest was taken.');
}

function read(text: string): Manifest {
  return parseManifest(text, 'sprites.yaml');
}

describe('manifest', () => {
  test("fills in defaults, and a sprite's own settings win", () => {
    const { sprites } = read(`
defaults:
  size: 16
  checkpoint: sdxl/base.safetensors
  background: keep
sprites:
  - name: floor
    prompt: stone floor
  - name: knight
    prompt: a knight
    size: 32x48
    seed: 7
    count: 3
    background: alpha
`);
    expect(sprites).toEqual([
      {
        name: 'floor',
        count: 1,
        line: 7,
        recipe: {
          prompt: 'stone floor',
          size: [16, 16],
          checkpoint: 'sdxl/base.safetensors',
          pixels: { ...USUAL_PIXELS, background: 'keep' },
        },
      },
      {
        name: 'knight',
        count: 3,
        line: 9,
        recipe: {
          prompt: 'a knight',
          size: [32, 48],
          seed: 7,
          checkpoint: 'sdxl/base.safetensors',
          pixels: USUAL_PIXELS,
        },
      },
    ]);
  });

  test('reads LoRAs as text with a strength and as parts', () => {
    const { sprites } = read(`
sprites:
  - name: a
    prompt: x
    loras: [pixel, glow:0.5, {name: winter, strength: 2, clipStrength: 1}]
`);
    expect(sprites[0]?.recipe.loras).toEqual([
      { name: 'pixel', strength: 1 },
      { name: 'glow', strength: 0.5 },
      { name: 'winter', strength: 2, clipStrength: 1 },
    ]);
  });

  test('makes items that the protocol takes for a job', () => {
    const items = manifestItems(read('sprites:\n  - {name: a, prompt: x, count: 2, seed: 5}\n'));
    expect(generateSpecSchema.parse({ kind: 'generate', items }).items[0]).toMatchObject({
      name: 'a',
      count: 2,
      recipe: { prompt: 'x', seed: 5 },
    });
  });

  test('takes anchors, so that sprites can share settings', () => {
    const { sprites } = read(`
sprites:
  - &first {name: a, prompt: x, size: 24}
  - {<<: *first, name: b}
`);
    expect(sprites[1]).toMatchObject({ name: 'b', recipe: { prompt: 'x', size: [24, 24] } });
  });
});

describe('mistakes in a manifest', () => {
  test('are told with file, line and column, all at once and in order', () => {
    const { message } = faults(`sprites:
  - name: knight
    promt: a knight
    size: 0
  - name: ../up
    prompt: x
    cfg: .nan
`);
    expect(message.split('\n')).toEqual([
      'sprites.yaml:2:5: sprites[0].prompt: is missing',
      'sprites.yaml:3:5: unknown key "promt"; did you mean "prompt"?',
      expect.stringMatching(/^sprites\.yaml:4:5: sprites\[0\]\.size\[0\]: /),
      expect.stringMatching(/^sprites\.yaml:4:5: sprites\[0\]\.size\[1\]: /),
      expect.stringMatching(/^sprites\.yaml:5:5: sprites\[1\]\.name: must be a plain file name/),
      'sprites.yaml:7:5: sprites[1].cfg: must be a number',
    ]);
  });

  test.each([
    ['top level', 'sprits: []\nsprites:\n  - {name: a, prompt: x}\n', 1, 'sprits', 'sprites'],
    ['defaults', 'defaults:\n  stps: 4\nsprites:\n  - {name: a, prompt: x}\n', 2, 'stps', 'steps'],
    ['a LoRA', 'sprites:\n  - {name: a, prompt: x, loras: [{nam: b}]}\n', 2, 'nam', 'name'],
  ])(
    'an unknown key in %s is one, with the key that was meant',
    (_place, text, line, key, near) => {
      const { message } = faults(text);
      expect(message).toContain(`sprites.yaml:${line}:`);
      expect(message).toContain(`unknown key "${key}"; did you mean "${near}"?`);
    },
  );

  test('a size, seed or prompt in defaults that does not belong there is one', () => {
    expect(faults('defaults: {prompt: x}\nsprites: [{name: a, prompt: x}]').message).toContain(
      'unknown key "prompt"',
    );
  });

  test('two sprites of one name are one, even when only the case differs', () => {
    const { message, issues } = faults(
      'sprites:\n  - {name: gem, prompt: x}\n\n  - {name: Gem, prompt: y}\n',
    );
    expect(message).toContain('already taken by the sprite on line 2');
    expect(issues).toMatchObject([{ line: 4, path: 'sprites[1].name' }]);
  });

  test.each([
    ['', 'the file is empty'],
    ['# nothing\n', 'the file is empty'],
    ['sprites: 3', 'sprites: must be a list'],
    ['sprites: []', 'sprites.yaml:1:1: sprites'],
    ['- a\n', 'must be keys with values'],
    ['sprites: [', 'sprites.yaml:1:'],
    ['a: 1\na: 2', 'sprites.yaml:2:1: Map keys must be unique'],
    ['sprites: *x', 'sprites.yaml:1:'],
    ['sprites:\n  - {name: a, prompt: ""}', 'sprites[0].prompt'],
    ['sprites:\n  - {name: a, prompt: x, loras: ["a:b"]}', 'write it as name:0.8'],
  ])('%j is one', (text, part) => {
    expect(faults(text).message).toContain(part);
  });

  test('a bomb of aliases is refused, not unfolded', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(12).fill(`*l${level}`).join(', ')}]`,
    );
    const bomb = `l0: &l0 [x]\n${levels.join('\n')}\nsprites: *l12\n`;
    expect(() => read(bomb)).toThrow(PixelsError);
  });

  test('many mistakes are cut short in the message and kept in the data', () => {
    const sprites = Array.from({ length: 30 }, (_, place) => `  - {name: s${place}, prmpt: x}`);
    const { message, issues } = faults(`sprites:\n${sprites.join('\n')}\n`);
    expect(message.split('\n')).toHaveLength(11);
    expect(message).toContain('… and 50 more');
    expect(issues).toHaveLength(60);
  });
});
