import { describe, expect, test } from 'vitest';
import { parseProjectFile } from '../../../../src/project/project-file/parse.ts';
import { setDefault } from '../../../../src/project/project-file/set-default.ts';

const FILE = `# My game

defaults:
    checkpoint: "base.safetensors" # the house model
    loras: [pixel:0.8, other] # style
    size: 32
    # steps matter
    steps: 24

presets:
    boss: {size: 64, description: 'big ones, whose description is far longer than any line that people like to read'}

contenders:
    house:
        loras:
            - pixel:0.8
`;

describe('making a contender the default', () => {
  test('changes its settings and nothing else', () => {
    const loras = [{ name: 'knights', strength: 1 }];
    expect(
      setDefault(FILE, { name: 'x', checkpoint: 'new.safetensors', loras, steps: 8, cfg: 4 }),
    ).toBe(
      FILE.replace('"base.safetensors"', '"new.safetensors"')
        .replace('[pixel:0.8, other]', '[knights]')
        .replace('steps: 24', 'steps: 8\n    cfg: 4'),
    );
  });

  test('leaves what it does not say', () => {
    expect(setDefault(FILE, { name: 'x' })).toBe(FILE);
  });

  test('writes what is read back as it was', () => {
    const contender = {
      checkpoint: 'a #c.safetensors',
      loras: [
        { name: 'p', strength: 0.8, clipStrength: 0 },
        { name: 'q', strength: -1 },
      ],
      negative: 'yes',
      sampler: '1e3',
    };
    const text = setDefault(FILE, contender);
    expect(parseProjectFile(text, 'p').defaults).toMatchObject(contender);
    expect(setDefault(text, contender)).toBe(text);
  });

  test.each(['', '\n', '# my notes\n', 'presets:\n  a: {}\n', 'defaults:\n'])(
    'makes the section where there is none: %j',
    text => {
      const written = setDefault(text, { checkpoint: 'c', loras: [] });
      expect(parseProjectFile(written, 'p').defaults).toEqual({ checkpoint: 'c', loras: [] });
      for (const line of text.split('\n')) expect(written).toContain(line);
    },
  );

  test('keeps lists that are not indented', () => {
    const text = 'contenders:\n  house:\n    loras:\n    - pixel:0.8\ndefaults:\n  loras:\n  - a\n';
    expect(setDefault(text, { loras: [{ name: 'b', strength: 1 }] })).toBe(
      text.replace('- a', '- b'),
    );
  });

  test('keeps the line ends of Windows', () => {
    const text = setDefault('defaults:\r\n  steps: 3\r\n', { steps: 4, cfg: 2 });
    expect(text).toBe('defaults:\r\n  steps: 4\r\n  cfg: 2\r\n');
  });

  test('refuses a file with mistakes instead of writing over it', () => {
    expect(() => setDefault('defaults: [', { steps: 3 }, 'mine.yaml')).toThrow('mine.yaml:1');
    expect(() => setDefault('defalts: {}', { steps: 3 })).toThrow('unknown key');
  });
});
