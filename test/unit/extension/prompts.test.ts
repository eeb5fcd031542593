import { describe, expect, test } from 'vitest';
import { promptProblem } from '../../../src/extension/prompts/check-prompt.ts';
import { parsePromptLine, parsePromptList } from '../../../src/extension/prompts/prompt-line.ts';
import { isOffered, parseSize, sizeText } from '../../../src/extension/prompts/size.ts';
import { parseSpriteComments } from '../../../src/extension/prompts/sprite-comments.ts';

describe('a line of a prompt list', () => {
  test.each([
    ['rusty sword', { prompt: 'rusty sword' }],
    ['rusty sword 32x32', { prompt: 'rusty sword', size: [32, 32] }],
    ['rusty sword, 32×48', { prompt: 'rusty sword', size: [32, 48] }],
    ['rusty sword 24x24px', { prompt: 'rusty sword', size: [24, 24] }],
    ['rusty sword x4', { prompt: 'rusty sword', count: 4 }],
    ['rusty sword (32x32)', { prompt: 'rusty sword', size: [32, 32] }],
    ['rusty sword 32*48.', { prompt: 'rusty sword', size: [32, 48] }],
    ['rusty sword, 24px', { prompt: 'rusty sword', size: [24, 24] }],
    ['sword 32x32 x4 seed 7', { prompt: 'sword', size: [32, 32], count: 4, seed: 7 }],
    ['sword seed:7 x4 16x16', { prompt: 'sword', size: [16, 16], count: 4, seed: 7 }],
    ['🐉', { prompt: '🐉' }],
  ])('%s', (text, expected) => {
    expect(parsePromptLine(text)).toEqual(expected);
  });

  test('keeps what only looks like a size or stands within the prompt', () => {
    expect(parsePromptLine('tile of 9999x2')).toEqual({ prompt: 'tile of 9999x2' });
    expect(parsePromptLine('32x32')).toEqual({ prompt: '32x32' });
    expect(parsePromptLine('map 8x8 of stone')).toEqual({ prompt: 'map 8x8 of stone' });
    expect(parsePromptLine('sword x0')).toEqual({ prompt: 'sword x0' });
  });

  test('takes the last of two sizes and leaves the other in the prompt', () => {
    expect(parsePromptLine('sign 16x16 32x32')).toEqual({ prompt: 'sign 16x16', size: [32, 32] });
  });

  test('of a list skips empty lines, comments and bullets', () => {
    const list = parsePromptList('# items\r\n\r\n- apple\r\n* pear 16x16\n  # no\nplum');
    expect(list).toEqual([
      { prompt: 'apple' },
      { prompt: 'pear', size: [16, 16] },
      { prompt: 'plum' },
    ]);
  });
});

describe('a sprite comment', () => {
  test.each([
    '// sprite: rusty sword 32x32',
    "load('a.png'); // sprite: rusty sword 32x32",
    '# sprite: rusty sword 32x32',
    '-- Sprite: rusty sword 32x32',
    '/* sprite: rusty sword 32x32 */',
    '<!-- sprite: rusty sword 32x32 -->',
    '; sprite: rusty sword 32x32',
    ' * sprite: rusty sword 32x32',
    '//sprite:rusty sword 32x32',
    '--[[ sprite: rusty sword 32x32 ]]',
    '--[==[sprite: rusty sword 32x32]==]',
    '(* sprite: rusty sword 32x32 *)',
    '{# sprite: rusty sword 32x32 #}',
    '<p>{/* sprite: rusty sword 32x32 */}</p>',
    '/* sprite: rusty sword 32x32 */ draw(sword);',
    '<!-- sprite: rusty sword 32x32 --><img>',
    '// sprite：rusty sword 32x32',
  ])('is read in %s', line => {
    expect(parseSpriteComments(line, false)).toEqual([{ prompt: 'rusty sword', size: [32, 32] }]);
  });

  test('is one entry per line', () => {
    const text = '// sprite: apple\nconst a = 1;\n// sprite: pear x2';
    expect(parseSpriteComments(text, true)).toEqual([
      { prompt: 'apple' },
      { prompt: 'pear', count: 2 },
    ]);
  });

  test('is not seen in code that only has the word', () => {
    expect(parseSpriteComments('const sprite = 4;', false)).toEqual([]);
    expect(parseSpriteComments('mysprite: 3', false)).toEqual([]);
    expect(parseSpriteComments('// sprite:', false)).toEqual([]);
  });

  test('may be left out of a selection, whose words are then the prompt', () => {
    expect(parseSpriteComments('// a brave\n// knight 32x48', true)).toEqual([
      { prompt: 'a brave knight', size: [32, 48] },
    ]);
    for (const comment of [
      '/*\n * a brave\n * knight 32x48\n */',
      '--[[\n a brave\n knight 32x48\n]]',
      '<!--\n a brave knight 32x48\n-->',
    ]) {
      expect(parseSpriteComments(comment, true)).toEqual([
        { prompt: 'a brave knight', size: [32, 48] },
      ]);
    }
    expect(parseSpriteComments('  \n ', true)).toEqual([]);
  });
});

describe('a size', () => {
  test('is one number or two from 1 to 512', () => {
    expect(parseSize('32')).toEqual([32, 32]);
    expect(parseSize(' 16 x 24 ')).toEqual([16, 24]);
    expect(parseSize('0')).toBeNull();
    expect(parseSize('513')).toBeNull();
    expect(parseSize('-4')).toBeNull();
    expect(parseSize('32.5')).toBeNull();
    expect(sizeText([16, 24])).toBe('16×24');
  });

  test('is offered by a workflow that draws a pixel for every cell', () => {
    expect(isOffered([64, 32], [[64, 64]])).toBe(true);
    expect(isOffered([65, 32], [[64, 64]])).toBe(false);
    expect(
      isOffered(
        [65, 32],
        [
          [64, 64],
          [128, 64],
        ],
      ),
    ).toBe(true);
    expect(isOffered([500, 500], [])).toBe(true);
  });
});

describe('a prompt', () => {
  test('of one emoji is fine, of nothing or more than the worker takes is not', () => {
    expect(promptProblem('🐉')).toBeNull();
    expect(promptProblem('a'.repeat(10_000))).toBeNull();
    expect(promptProblem(' \n')).toMatch(/Say what to draw/);
    expect(promptProblem('a'.repeat(10_001))).toMatch(/10001 characters; at most 10000/);
  });
});
