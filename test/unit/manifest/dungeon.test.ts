import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../../src/project/manifest.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'examples', 'dungeon');

describe("the example game's list of sprites", () => {
  const { sprites } = parseManifest(
    readFileSync(join(folder, 'sprites.yaml'), 'utf8'),
    'sprites.yaml',
  );

  test('is valid and names every picture that the game loads, and no other', () => {
    const game = readFileSync(join(folder, 'game.js'), 'utf8');
    const list = /const SPRITES = \[([^\]]*)\]/.exec(game)?.[1] ?? '';
    const loaded = [...list.matchAll(/'([^']+)'/g)].map(match => match[1]);
    expect(loaded.length).toBeGreaterThan(10);
    expect(sprites.map(sprite => sprite.name).toSorted()).toEqual(loaded.toSorted());
  });

  test('gives every sprite a seed, so that the game looks the same each time', () => {
    expect(sprites.filter(sprite => sprite.recipe.seed === undefined)).toEqual([]);
  });

  test('has rooms that are all of one size', () => {
    const game = readFileSync(join(folder, 'game.js'), 'utf8');
    const rows = [...game.matchAll(/^ {4}'([#.A-Za-z]+)',$/gm)].map(match => match[1] ?? '');
    expect(rows.length % 11).toBe(0);
    expect(new Set(rows.map(row => row.length))).toEqual(new Set([15]));
  });
});
