import { describe, expect, test } from 'vitest';
import { PixelsError } from '../../../../src/protocol/errors.ts';
import { parseProjectFile } from '../../../../src/project/project-file/parse.ts';

const FILE = `
defaults:
  checkpoint: house.safetensors
  loras: [pixel:0.8, { name: other, strength: 0.5 }]
  size: 32x48
  steps: 24
  palette: 16
  out: assets
presets:
  boss:
    description: the big ones
    size: 64
contenders:
  plain: {}
  styled:
    loras: [pixel:1:0]
`;

function issuesOf(text: string): string[] {
  try {
    parseProjectFile(text, 'project.yaml');
  } catch (error) {
    if (PixelsError.is(error, 'invalid-params')) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a project file', () => {
  test('holds defaults, presets and contenders', () => {
    expect(parseProjectFile(FILE, 'project.yaml')).toEqual({
      defaults: {
        checkpoint: 'house.safetensors',
        loras: [
          { name: 'pixel', strength: 0.8 },
          { name: 'other', strength: 0.5 },
        ],
        size: [32, 48],
        steps: 24,
        palette: 16,
        out: 'assets',
      },
      presets: { boss: { description: 'the big ones', size: [64, 64] } },
      contenders: {
        plain: {},
        styled: { loras: [{ name: 'pixel', strength: 1, clipStrength: 0 }] },
      },
    });
  });

  test.each(['', '# nothing yet\n', 'defaults:\npresets:\n'])('may say nothing: %j', text => {
    expect(parseProjectFile(text, 'project.yaml')).toEqual({});
  });

  test.each([
    [
      'defaults:\n  chekpoint: x\n',
      'project.yaml:2:3: unknown key "chekpoint"; did you mean "checkpoint"?',
    ],
    ['default:\n  steps: 3\n', 'project.yaml:1:1: unknown key "default"; did you mean "defaults"?'],
    ['presets:\n  a:\n    sise: 3\n', 'project.yaml:3:5: unknown key "sise"; did you mean "size"?'],
    ['contenders:\n  a: { seed: 3 }\n', 'project.yaml:2:8: unknown key "seed"'],
    ['defaults:\n  steps: many\n', 'project.yaml:2:3: defaults.steps: must be a number'],
    ['defaults: 3\n', 'project.yaml:1:1: defaults: must be keys with values'],
    ['- steps\n', 'project.yaml:1:1: must be keys with values'],
    ['defaults:\n  loras: [a, "b:c"]\n', 'defaults.loras[1]: "b:c" is not a LoRA with a strength'],
    ['defaults:\n  steps: 3\n  steps: 4\n', 'project.yaml:3:3: Map keys must be unique'],
    ['defaults: [', 'project.yaml:1:'],
  ])('with a mistake says where: %j', (text, issue) => {
    expect(issuesOf(text).join('\n')).toContain(issue);
  });

  test('with several mistakes tells them all', () => {
    expect(issuesOf('defaults:\n  stesp: 1\n  cfg: high\n')).toHaveLength(2);
  });

  test('takes a preset or contender with nothing below it for one that changes nothing', () => {
    const text = 'presets:\n  boss:\ncontenders:\n  house:\n  bold: { cfg: 9 }\n';
    expect(parseProjectFile(text, 'project.yaml')).toEqual({
      presets: { boss: {} },
      contenders: { house: {}, bold: { cfg: 9 } },
    });
  });

  test('says of a name that is empty or too long how long it may be', () => {
    for (const name of ['""', 'x'.repeat(61)]) {
      expect(issuesOf(`contenders:\n  ${name}: {}\n`)).toEqual([
        expect.stringMatching(/^project\.yaml:2:3: .*: a name has 1 to 60 characters$/) as string,
      ]);
    }
  });

  test('cannot be blown up by aliases', () => {
    const layers = Array.from({ length: 9 }, (_, at) =>
      at === 0
        ? 'a0: &a0 [x, x, x]'
        : `a${at}: &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(', ')}]`,
    );
    expect(issuesOf(layers.join('\n')).length).toBeGreaterThan(0);
  });
});
