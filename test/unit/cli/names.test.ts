import { describe, expect, test } from 'vitest';
import { nameOfImage, nameOfPrompt } from '../../../src/project/file-names.ts';
import { uuid7 } from '../../../src/client/uuid7.ts';
import { fileNameSchema, uuidSchema } from '../../../src/protocol/names.ts';

describe('a file name from a prompt', () => {
  test.each([
    ['rusty sword', 'rusty-sword'],
    ['A Rusty   Sword!', 'rusty-sword'],
    ['rusty sword, front view, pixel art', 'rusty-sword'],
    ['an', 'an'],
    ['Épée rouillée', 'epee-rouillee'],
    ['ржавый меч', 'ржавый-меч'],
    ['錆びた剣', '錆びた剣'],
    ['(masterpiece:1.2), knight', 'masterpiece'],
    ['🗡️', 'sprite'],
    ['', 'sprite'],
    ['../../etc/passwd', 'etc-passwd'],
    ['con', 'con-sprite'],
    ['one two three four five six seven', 'one-two-three-four-five-six'],
  ])('%j gives %s', (prompt, name) => {
    expect(nameOfPrompt(prompt)).toBe(name);
  });

  test('is a plain file name of bounded length, whatever the prompt', () => {
    for (const prompt of [
      'x'.repeat(500),
      '𝒌𝒏𝒊𝒈𝒉𝒕 '.repeat(50),
      'a\u0000b\nc',
      '...',
      'NUL',
      '-',
    ]) {
      const name = nameOfPrompt(prompt);
      expect(fileNameSchema.safeParse(name).success).toBe(true);
      expect([...name].length).toBeLessThanOrEqual(48);
    }
  });
});

describe('the file name of an image', () => {
  test('is the base alone for one image', () => {
    expect(nameOfImage('sword', { seed: 7, runs: 1, index: 0, batch: 1 })).toBe('sword');
  });

  test('tells the seed where several seeds are drawn', () => {
    expect(nameOfImage('sword', { seed: 8, runs: 4, index: 0, batch: 1 })).toBe('sword-8');
  });

  test('tells the place in a batch', () => {
    expect(nameOfImage('sword', { seed: 7, runs: 1, index: 1, batch: 2 })).toBe('sword-2');
    expect(nameOfImage('sword', { seed: 8, runs: 4, index: 0, batch: 2 })).toBe('sword-8-1');
  });
});

describe('a job id', () => {
  test('is a UUID of version 7 with the time in its first 48 bits', () => {
    const id = uuid7(0x0197_f2c4_77aa, Buffer.alloc(10, 0xff));
    expect(id).toBe('0197f2c4-77aa-7fff-bfff-ffffffffffff');
    expect(uuid7(0x0197_f2c4_77aa, Buffer.alloc(10))).toBe('0197f2c4-77aa-7000-8000-000000000000');
    expect(uuidSchema.safeParse(uuid7()).success).toBe(true);
  });

  test('is a new one each time, and a later one sorts after an earlier one', () => {
    const ids = Array.from({ length: 100 }, (_, time) => uuid7(1000 + time));
    expect(new Set(ids).size).toBe(100);
    expect(ids.toSorted()).toEqual(ids);
  });
});
