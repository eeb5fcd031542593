import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Sheet } from '../../../../src/pixels/sheet/sheet.ts';
import { type Described, expectSameFrames } from './round-trips.ts';
import {
  exportAgain,
  exportSheet,
  type Exported,
  frame,
  heroSheet,
  mixedSheet,
  sprite,
} from './sheets.ts';

const PATH = 'hero.png.meta';

interface MetaSprite {
  name: string;
  rect: { x: number; y: number; width: number; height: number };
  alignment: number;
  pivot: { x: number; y: number };
  border: Record<'x' | 'y' | 'z' | 'w', number>;
  physicsShape: unknown[];
  spriteID: string;
  internalID: bigint;
}

interface Meta {
  guid: string;
  TextureImporter: {
    internalIDToNameTable: { first: Record<string, bigint>; second: string }[];
    spritePixelsToUnits: number;
    textureSettings: { filterMode: number };
    platformSettings: { maxTextureSize: number; textureCompression: number }[];
    spriteSheet: { sprites: MetaSprite[]; nameFileIdTable: Record<string, bigint> };
    userData: string;
  };
}

/** Ids have 64 bits, which only bigint keeps. */
function readMeta(text: string): Meta {
  const meta = parse(text, { intAsBigInt: true }) as Meta;
  const numbers = JSON.stringify(meta, (key, value: unknown) =>
    typeof value === 'bigint' && !/ID$|^213$|_\d$/.test(key)
      ? Number(value)
      : typeof value === 'bigint'
        ? `${value}n`
        : value,
  );
  return JSON.parse(numbers, (_, value: unknown) =>
    typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as Meta;
}

function describeSprites(result: Exported, sheet: Sheet): Map<string, Described> {
  const metas = result.files.filter(({ path }) => path.endsWith('.meta'));
  return new Map(
    metas.flatMap(({ path }) => {
      const page = result.png(path.replace(/\.meta$/, ''));
      const { sprites } = readMeta(result.text(path)).TextureImporter.spriteSheet;
      return sprites.map(({ name, rect: { x, y, width, height }, pivot }): [string, Described] => {
        const { image } = sheet.frames.find(({ id }) => id === name)!;
        // The pivot says where a trimmed sprite lay in its frame, whose centre it is.
        const left = image.width / 2 - pivot.x * width;
        const top = image.height / 2 - (1 - pivot.y) * height;
        return [
          name,
          {
            page,
            x,
            y: page.height - y - height,
            width,
            height,
            left: Math.round(left),
            top: Math.round(top),
            source: image,
          },
        ];
      });
    }),
  );
}

const centred = (sheet: Sheet): Sheet => ({
  ...sheet,
  frames: sheet.frames.map(one => ({ ...one, pivot: null })),
});

describe('Unity', () => {
  test.each<[string, Sheet, object]>([
    ['a grid', centred(heroSheet()), {}],
    ['trimmed frames on several pages', mixedSheet(), { trim: true, maxSize: 44 }],
    [
      'strange names',
      {
        ...mixedSheet(),
        frames: ['a "b": #c', "it's", '剣_1', '- x', '1e5', ' y'].map((id, i) =>
          frame(id, sprite(8, 8, i)),
        ),
      },
      {},
    ],
  ])('gives the frames of %s back', (_, sheet, options) => {
    expectSameFrames(sheet, describeSprites(exportSheet('unity', sheet, { options }), sheet));
  });

  test('gets point filter, no compression, pivots and borders from the bottom', () => {
    const sheet = heroSheet();
    const center = { x: 3, y: 4, width: 8, height: 10 };
    sheet.slices = [
      {
        name: 'box',
        keys: [{ frame: 4, bounds: { x: 0, y: 0, width: 16, height: 20 }, center, pivot: null }],
      },
    ];
    const { TextureImporter: importer } = readMeta(exportSheet('unity', sheet).text(PATH));
    expect(importer.textureSettings.filterMode).toBe(0);
    expect(importer.platformSettings[0]).toMatchObject({
      textureCompression: 0,
      maxTextureSize: 2048,
    });
    expect(importer.spritePixelsToUnits).toBe(16);
    const [first, , , , last] = importer.spriteSheet.sprites;
    expect(first).toMatchObject({
      alignment: 9,
      pivot: { x: 0.5, y: 0.05 },
      border: { x: 0, y: 0, z: 0, w: 0 },
    });
    expect(last!.border).toEqual({ x: 3, y: 6, z: 5, w: 4 });
  });

  test('ids follow from folder and names, and both tables hold them', () => {
    const one = readMeta(exportSheet('unity', heroSheet(), { folder: 'Assets/A' }).text(PATH));
    const same = readMeta(exportSheet('unity', heroSheet(), { folder: 'Assets/A' }).text(PATH));
    const other = readMeta(exportSheet('unity', heroSheet(), { folder: 'Assets/B' }).text(PATH));
    expect(one).toEqual(same);
    expect(one.guid).toMatch(/^[\da-f]{32}$/);
    expect(other.guid).not.toBe(one.guid);
    const { sprites, nameFileIdTable } = one.TextureImporter.spriteSheet;
    expect(new Set(sprites.map(({ internalID }) => internalID)).size).toBe(6);
    for (const { name, internalID } of sprites) {
      expect(nameFileIdTable[name]).toBe(internalID);
      expect(internalID > 0n && internalID < 1n << 63n).toBe(true);
    }
    const table = one.TextureImporter.internalIDToNameTable.map(({ first, second }) => [
      second,
      first['213'],
    ]);
    expect(table).toEqual(sprites.map(({ name, internalID }) => [name, internalID]));
  });
});

describe('a re-export to Unity', () => {
  const text = exportSheet('unity', heroSheet()).text(PATH);

  test('of the same sheet changes nothing', () => {
    expect(exportAgain('unity', heroSheet(), PATH, text).text(PATH)).toBe(text);
  });

  test('keeps guid, settings, ids, shapes and edited pivots, and takes new rectangles', () => {
    const guid = /guid: (\w+)/.exec(text)![1]!;
    const edited = text
      .replace(guid, '61234567890123456789012345678e12')
      .replace('filterMode: 0', 'filterMode: 1')
      .replace('  isReadable: 0\n', '  isReadable: 0\n  newInUnity7: {a: 1}\n')
      .replace(/(name: walk_1[\s\S]*?)pivot: \{x: 0.5, y: 0.05\}/, '$1pivot: {x: 0.25, y: 0.75}')
      .replace(
        /(name: walk_2[\s\S]*?)border: \{x: 0, y: 0, z: 0, w: 0\}/,
        '$1border: {x: 1, y: 2, z: 3, w: 4}',
      )
      .replace(
        /(name: walk_1[\s\S]*?)physicsShape: \[\]/,
        '$1physicsShape:\n      - - {x: 1, y: 2}\n        - {x: 3, y: -0.5}',
      )
      .replace(/(name: idle_0[\s\S]*?)internalID: \d+/, '$1internalID: -42')
      .replace(
        '    outline: []\n    physicsShape: []\n    nameFileIdTable',
        '    - serializedVersion: 2\n      name: mine\n      rect:\n        serializedVersion: 2\n        x: 0\n        y: 0\n        width: 4\n        height: 4\n      alignment: 0\n      pivot: {x: 0.5, y: 0.5}\n      border: {x: 0, y: 0, z: 0, w: 0}\n      internalID: 77\n    outline: []\n    physicsShape: []\n    nameFileIdTable',
      );
    const sheet = heroSheet();
    sheet.frames = [
      ...sheet.frames.slice(1),
      frame('run_0', sprite(16, 20, 50), { pivot: { x: 8, y: 10 } }),
    ];
    for (const one of sheet.frames) one.pivot ??= null;
    sheet.frames = sheet.frames.map(one => ({ ...one, pivot: { x: 8, y: 10 } }));
    sheet.tags = [];
    const again = exportAgain('unity', sheet, PATH, edited).text(PATH);
    expect(again).toContain('guid: 61234567890123456789012345678e12\n');
    expect(again).toContain('newInUnity7: {a: 1}');
    const meta = readMeta(again);
    expect(meta.TextureImporter.textureSettings.filterMode).toBe(1);
    const sprites = new Map(meta.TextureImporter.spriteSheet.sprites.map(one => [one.name, one]));
    expect([...sprites.keys()].sort()).toEqual([
      'idle_0',
      'idle_1',
      'mine',
      'run_0',
      'walk_1',
      'walk_2',
      'walk_3',
    ]);
    expect(sprites.get('walk_1')!.pivot).toEqual({ x: 0.25, y: 0.75 });
    expect(sprites.get('walk_1')!.physicsShape).toEqual([
      [
        { x: 1, y: 2 },
        { x: 3, y: -0.5 },
      ],
    ]);
    expect(sprites.get('walk_2')!.border).toEqual({ x: 1, y: 2, z: 3, w: 4 });
    // Nobody edited it, so the new pivot of the sheet holds.
    expect(sprites.get('walk_3')!.pivot).toEqual({ x: 0.5, y: 0.5 });
    expect(sprites.get('idle_0')!.internalID).toBe(-42n);
    const first = readMeta(text).TextureImporter.spriteSheet.sprites;
    for (const name of ['walk_1', 'walk_2', 'walk_3', 'idle_1']) {
      expect(sprites.get(name)!.spriteID).toBe(first.find(one => one.name === name)!.spriteID);
      expect(sprites.get(name)!.internalID).toBe(first.find(one => one.name === name)!.internalID);
    }
    expect(sprites.get('walk_1')!.rect).not.toEqual(first.find(one => one.name === 'walk_1')!.rect);
    expect(Object.keys(meta.TextureImporter.spriteSheet.nameFileIdTable)).not.toContain('walk_0');
  });

  test("keeps another tool's user data, and then every pivot", () => {
    const foreign = text.replace(/userData: .*/, 'userData: TexturePacker stuff');
    const sheet = heroSheet();
    for (const one of sheet.frames) one.pivot = { x: 0, y: 0 };
    const meta = readMeta(exportAgain('unity', sheet, PATH, foreign).text(PATH));
    expect(meta.TextureImporter.userData).toBe('TexturePacker stuff');
    expect(meta.TextureImporter.spriteSheet.sprites[0]!.pivot).toEqual({ x: 0.5, y: 0.05 });
  });

  test.each([
    ['broken YAML', 'a: [1, 2', 'unreadable'],
    [
      'the meta file of a folder',
      'fileFormatVersion: 2\nguid: 0\nDefaultImporter: {}\n',
      'foreign-file',
    ],
  ])('refuses %s', (_, broken, code) => {
    expect(() => exportAgain('unity', heroSheet(), PATH, broken)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
