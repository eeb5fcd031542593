import { describe, expect, test } from 'vitest';
import { drawSprite } from '../../../src/worker/builtin/art/art.ts';
import { Lexicon } from '../../../src/worker/builtin/art/prompt/lexicon.ts';
import { SUBJECTS } from '../../../src/worker/builtin/art/subjects.ts';
import { colours, digest, mean, request, silhouette } from './helpers.ts';

const lexicon = new Lexicon(SUBJECTS);
const subject = (prompt: string, negative = ''): string => lexicon.read(prompt, negative).subject;

describe('the subject of a prompt', () => {
  test.each([
    ['a sword', 'sword'],
    ['pixel art, rusty iron sword, game asset, white background', 'sword'],
    ['masterpiece, 16-bit dagger, side view', 'dagger'],
    ['wizard with a staff', 'mage'],
    ['knight holding sword and shield', 'knight'],
    ['sword, shield, potion', 'sword'],
    ['crystal sword', 'sword'],
    ['blue crystal', 'gem'],
    ['treasure chest', 'chest'],
    ['treasure', 'chest'],
    ['flask of poison', 'potion'],
    ['health elixir', 'potion'],
    ['skeleton key', 'key'],
    ['knight helmet', 'helmet'],
    ['emerald key', 'key'],
    ['ruby ring', 'ring'],
    ['apple tree', 'tree'],
    ['tree stump', 'log'],
    ['gold coins', 'coin'],
    ['stone floor tile', 'floor'],
    ['brick wall', 'wall'],
    ['grass tile', 'grass'],
    ['water tile, top-down', 'water'],
    ['wolves', 'cat'],
    ['Schwert', 'sword'],
    ['炎の剣', 'sword'],
    ['🗝️', 'key'],
    ['🧙‍♂️', 'mage'],
    ['(golden:1.3) crown <lora:glow:0.8>', 'crown'],
  ])('of "%s" is %s', (prompt, name) => {
    expect(subject(prompt)).toBe(name);
  });

  test('a subject that the negative prompt forbids is passed over', () => {
    expect(subject('sword, potion', 'sword')).toBe('potion');
  });

  test('words nobody knows give a drawing of their own', () => {
    expect(['relic', 'critter']).toContain(subject('blorptastic vexomat'));
    const drawings = ['blorptastic', 'vexomat', 'ünïcödé', 'привет', '🫠', ''].map(prompt =>
      digest(drawSprite(request({ prompt }))),
    );
    expect(new Set(drawings).size).toBe(drawings.length);
  });

  test('words nobody knows still take colours', () => {
    const red = drawSprite(request({ prompt: 'blorptastic red' }));
    const blue = drawSprite(request({ prompt: 'blorptastic blue' }));
    expect(mean(red, 0)).toBeGreaterThan(mean(blue, 0));
    expect(mean(blue, 2)).toBeGreaterThan(mean(red, 2));
  });
});

describe('materials and colours', () => {
  test('colour a subject as they say', () => {
    const hue = (prompt: string): [number, number, number] => {
      const image = drawSprite(request({ prompt }));
      return [mean(image, 0), mean(image, 1), mean(image, 2)];
    };
    const [r1, , b1] = hue('red slime');
    expect(r1).toBeGreaterThan(b1 * 1.5);
    const [r2, g2] = hue('green slime');
    expect(g2).toBeGreaterThan(r2 * 1.3);
    const [r3, , b3] = hue('#2040ff slime');
    expect(b3).toBeGreaterThan(r3 * 1.5);
    const [r4, g4, b4] = hue('golden sword');
    expect(r4).toBeGreaterThan(b4 * 1.3);
    expect(g4).toBeGreaterThan(b4);
  });

  test('stick to the part they stand next to', () => {
    const { paints } = lexicon.read('silver sword with a red handle and a blue gem', '');
    expect(paints.map(paint => [paint.name, paint.part])).toEqual([
      ['silver', undefined],
      ['red', 'grip'],
      ['blue', 'gem'],
    ]);
  });

  test('are darker or paler after dark and light', () => {
    const light = (prompt: string): number => {
      const image = drawSprite(request({ prompt }));
      return mean(image, 0) + mean(image, 1) + mean(image, 2);
    };
    expect(light('dark green slime')).toBeLessThan(light('green slime'));
    expect(light('light green slime')).toBeGreaterThan(light('green slime'));
  });

  test('of the background do not colour the subject', () => {
    expect(lexicon.read('sword, white background', '').paints).toEqual([]);
  });

  test('that the negative prompt names are left out', () => {
    expect(lexicon.read('golden sword', 'gold').paints).toEqual([]);
    const plain = lexicon.read('burning magic sword', 'fire');
    expect([...plain.effects]).toEqual(['magic']);
  });
});

describe('adjectives', () => {
  test('small makes the sprite smaller', () => {
    const area = (prompt: string): number => silhouette(drawSprite(request({ prompt }))).length;
    expect(area('tiny apple')).toBeLessThan(area('apple') * 0.7);
  });

  test.each([
    'flaming',
    'rusty',
    'poisoned',
    'magic',
    'glowing',
    'frozen',
    'broken',
    'ancient',
    'mossy',
  ])('%s changes the drawing', word => {
    for (const thing of ['sword', 'shield']) {
      const plain = drawSprite(request({ prompt: `steel ${thing}` }));
      const changed = drawSprite(request({ prompt: `${word} steel ${thing}` }));
      let cells = 0;
      for (let i = 0; i < plain.data.length; i += 4) {
        const distance = [0, 1, 2, 3].reduce(
          (sum, c) => sum + Math.abs((plain.data[i + c] ?? 0) - (changed.data[i + c] ?? 0)),
          0,
        );
        if (distance > 40) cells++;
      }
      expect(cells, thing).toBeGreaterThan(6);
    }
  });
});

describe('rubbish', () => {
  test.each([
    ['nothing', ''],
    ['spaces', ' \n\t '],
    ['punctuation', '()[]{}<<>>;;,,::--'],
    ['a single emoji', '🍕'],
    ['unpaired surrogates', '\ud83d \udc00 sword'],
    ['control characters', '\u0000\u0001\u001b[31m'],
    ['object property names', '__proto__ constructor toString hasOwnProperty'],
    ['10 kB of one letter', 'a'.repeat(10_240)],
    ['10 kB of words', 'lorem ipsum '.repeat(900)],
    ['right-to-left text', 'سيف ذهبي'],
    ['a broken hex code', '#12345 #zzzzzz #ff sword'],
  ])('%s still gives a sprite', (_name, prompt) => {
    const image = drawSprite(request({ prompt, negative: prompt.slice(0, 200) }));
    expect(silhouette(image).length).toBeGreaterThan(40);
    expect(colours(image).size).toBeGreaterThanOrEqual(3);
  });
});
