import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../../src/project/manifest.ts';

function roomsOf(game: string): string[][] {
  const rows = [...game.matchAll(/^ {4}'([#.A-Za-z]+)',$/gm)].map(match => match[1] ?? '');
  return Array.from({ length: rows.length / 11 }, (_, room) =>
    rows.slice(room * 11, room * 11 + 11),
  );
}

/** Marks of the cells that can be walked to or touched from the knight's. */
function reachable(room: readonly string[], solid: string): string[] {
  const row = room.findIndex(line => line.includes('K'));
  const open = [[row, room[row]?.indexOf('K') ?? 0] as const];
  const seen = new Map<string, string>();
  for (const [y, x] of open) {
    const mark = room[y]?.[x];
    if (mark === undefined || seen.has(`${y} ${x}`)) continue;
    seen.set(`${y} ${x}`, mark);
    if (solid.includes(mark)) continue;
    open.push([y + 1, x], [y - 1, x], [y, x + 1], [y, x - 1]);
  }
  return [...seen.values()];
}

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

  test('is a game that can be won: in each room key and door can be reached, the mage only by the last door', () => {
    const rooms = roomsOf(readFileSync(join(folder, 'game.js'), 'utf8'));
    expect(rooms).toHaveLength(3);
    for (const room of rooms) {
      expect(room).toHaveLength(11);
      expect(new Set(room.map(row => row.length))).toEqual(new Set([15]));
      const seen = reachable(room, '#TDCtM');
      expect(seen).toContain('C');
      expect(seen).toContain('D');
      expect(seen).not.toContain('M');
    }
    const whole = rooms.map(room => [...reachable(room, '#TtM')].join('')).join('');
    expect(whole).toContain('M');
    const things = (text: string) => [...text].filter(mark => 'oPWH'.includes(mark)).length;
    expect(things(whole)).toBe(things(rooms.flat().join('')));
  });
});
