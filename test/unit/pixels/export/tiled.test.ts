import { describe, expect, test } from 'vitest';
import type { TargetName } from '../../../../src/pixels/export/targets.ts';
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
  tag,
} from './sheets.ts';
import { parseTsx } from './tsx-reader.ts';

interface Tileset {
  attributes: Record<
    'tilewidth' | 'tileheight' | 'spacing' | 'margin' | 'columns' | 'tilecount',
    number
  >;
  image: { source: string; width: number; height: number };
  names: (string | null)[];
  animations: Record<string, [number, number][]>;
}

function readTsx(text: string): Tileset {
  const root = parseTsx(text);
  const numbers = Object.entries(root.attributes).map(([key, value]) => [key, Number(value)]);
  const image = root.children.find(({ name }) => name === 'image')!.attributes;
  const record = root.children.find(({ name }) => name === 'properties')!.children[0]!.attributes[
    'value'
  ]!;
  const tiles = root.children.filter(({ name }) => name === 'tile');
  const animations = tiles.flatMap(({ attributes, children }) => {
    const animation = children.find(({ name }) => name === 'animation');
    const steps = animation?.children.map(({ attributes: step }) => [
      Number(step['tileid']),
      Number(step['duration']),
    ]);
    return steps === undefined ? [] : [[attributes['id'], steps]];
  });
  return {
    attributes: Object.fromEntries(numbers) as Tileset['attributes'],
    image: {
      source: image['source']!,
      width: Number(image['width']),
      height: Number(image['height']),
    },
    names: (JSON.parse(record) as { tiles: (string | null)[] }).tiles,
    animations: Object.fromEntries(animations) as Tileset['animations'],
  };
}

interface Tsj {
  image: string;
  imagewidth: number;
  imageheight: number;
  type: string;
  properties: { value: string }[];
  tiles: { id: number; animation?: { tileid: number; duration: number }[] }[];
}

function readTsj(text: string): Tileset {
  const json = JSON.parse(text) as Tsj & Tileset['attributes'];
  expect(json.type).toBe('tileset');
  const animated = json.tiles.filter(tile => tile.animation !== undefined);
  return {
    attributes: json,
    image: { source: json.image, width: json.imagewidth, height: json.imageheight },
    names: (JSON.parse(json.properties[0]!.value) as { tiles: (string | null)[] }).tiles,
    animations: Object.fromEntries(
      animated.map(({ id, animation }) => [
        id,
        animation!.map(step => [step.tileid, step.duration] as [number, number]),
      ]),
    ),
  };
}

const FORMS: [TargetName, string, (text: string) => Tileset][] = [
  ['tiled', 'hero.tsx', readTsx],
  ['tiled-json', 'hero.tsj', readTsj],
];

function describeTiles(
  result: Exported,
  { attributes, image, names }: Tileset,
): Map<string, Described> {
  const page = result.png(image.source);
  expect([page.width, page.height]).toEqual([image.width, image.height]);
  const { tilewidth: width, tileheight: height, spacing, margin, columns } = attributes;
  return new Map(
    names.flatMap((name, id): [string, Described][] => {
      const x = margin + (id % columns) * (width + spacing);
      const y = margin + Math.floor(id / columns) * (height + spacing);
      return name === null ? [] : [[name, { page, x, y, width, height }]];
    }),
  );
}

describe.each(FORMS)('%s', (target, path, read) => {
  test.each<[string, Sheet, object]>([
    ['tiles side by side', heroSheet(), {}],
    ['extruded tiles with gaps', heroSheet(), { extrude: 1, padding: 2, columns: 4 }],
    [
      'strange names',
      heroSheet({
        tags: [],
        slices: [],
        frames: ['a"b', '<&>', '剣', "it's"].map((id, i) => frame(id, sprite(8, 8, i))),
      }),
      {},
    ],
  ])('gives %s back', (_, sheet, options) => {
    const result = exportSheet(target, sheet, { options });
    const tileset = read(result.text(path));
    expectSameFrames(sheet, describeTiles(result, tileset));
    const { columns, tilecount } = tileset.attributes;
    expect(tilecount % columns).toBe(0);
  });

  test('animates the first tile of each tag', () => {
    const sheet = heroSheet({
      tags: [tag('walk', 0, 3, { direction: 'pingpong' }), tag('idle', 4, 5)],
    });
    expect(read(exportSheet(target, sheet).text(path)).animations).toEqual({
      0: [
        [0, 100],
        [1, 100],
        [2, 150],
        [3, 100],
        [2, 150],
        [1, 100],
      ],
      4: [
        [4, 80],
        [5, 80],
      ],
    });
  });

  test('refuses tiles of different sizes, and more than one page', () => {
    expect(() => exportSheet(target, mixedSheet())).toThrow(
      expect.objectContaining({ code: 'frame-sizes' }),
    );
    expect(() => exportSheet(target, heroSheet(), { options: { maxSize: 40 } })).toThrow(
      expect.objectContaining({ code: 'one-page-only' }),
    );
  });

  test('a re-export of the same sheet changes nothing', () => {
    const text = exportSheet(target, heroSheet()).text(path);
    expect(exportAgain(target, heroSheet(), path, text).text(path)).toBe(text);
  });

  test('keeps the numbers of tiles when frames move, go and come', () => {
    const text = exportSheet(target, heroSheet({ tags: [] })).text(path);
    const sheet = heroSheet({ tags: [] });
    const fresh = frame('new', sprite(16, 20, 90));
    sheet.frames = [
      fresh,
      ...sheet.frames.filter(({ id }) => !['walk_1', 'idle_1'].includes(id)).toReversed(),
    ];
    const result = exportAgain(target, sheet, path, text);
    const tileset = read(result.text(path));
    expect(tileset.names).toEqual(['walk_0', null, 'walk_2', 'walk_3', 'idle_0', null, 'new']);
    expectSameFrames(sheet, describeTiles(result, tileset));
    // A third export does not hand the number of the frame that is gone to another.
    sheet.frames.push(frame('newer', sprite(16, 20, 91)));
    sheet.frames = sheet.frames.filter(({ id }) => id !== 'new');
    const third = exportAgain(target, sheet, path, result.text(path)).text(path);
    expect(read(third).names.slice(5)).toEqual([null, null, 'newer']);
  });
});

describe('a re-export to Tiled', () => {
  const sheet = heroSheet({ tags: [tag('walk', 0, 3), tag('idle', 4, 5)] });
  const text = exportSheet('tiled', sheet).text('hero.tsx');
  const wangsets =
    ' <wangsets>\n  <wangset name="Grass &amp; <!--x-->" type="corner" tile="-1">\n   <wangcolor name="" color="#ff0000" tile="-1" probability="1"/>\n  </wangset>\n </wangsets>\n'.replace(
      '<!--x-->',
      'co',
    );
  const edited = text
    .replace('name="hero"', 'name="My tiles" objectalignment="bottom"')
    .replace(' <properties>', ' <tileoffset x="0" y="4"/>\n <properties>')
    .replace('</properties>', ' <property name="biome" type="int" value="3"/>\n </properties>')
    .replace('<frame tileid="4" duration="80"/>', '<frame tileid="4" duration="300"/>')
    .replace(
      '</tileset>',
      ` <tile id="9" type="wall">\n  <properties>\n   <property name="note">two\nlines</property>\n  </properties>\n  <animation>\n   <frame tileid="9" duration="50"/>\n   <frame tileid="0" duration="50"/>\n  </animation>\n </tile>\n${wangsets}</tileset>`,
    );

  test('keeps properties, classes, wang sets and animations that were made or changed there', () => {
    const next = heroSheet({ tags: [tag('walk', 0, 2), tag('idle', 4, 5)] });
    const again = exportAgain('tiled', next, 'hero.tsx', edited).text('hero.tsx');
    expect(again).toContain(wangsets);
    expect(again).toContain('name="My tiles"');
    expect(again).toContain('objectalignment="bottom"');
    expect(again).toContain('<property name="biome" type="int" value="3"/>');
    expect(again).toContain('<property name="note">two\nlines</property>');
    expect(again).toContain('<tile id="9" type="wall">');
    const { animations } = readTsx(again);
    expect(animations['0']).toEqual([
      [0, 100],
      [1, 100],
      [2, 150],
    ]);
    expect(animations['4']).toEqual([
      [4, 300],
      [5, 80],
    ]);
    expect(animations['9']).toEqual([
      [9, 50],
      [0, 50],
    ]);
  });

  test('takes an animation away with its tag, but not one that was changed there', () => {
    const { animations } = readTsx(
      exportAgain('tiled', heroSheet({ tags: [] }), 'hero.tsx', edited).text('hero.tsx'),
    );
    expect(Object.keys(animations)).toEqual(['4', '9']);
  });

  test('does not bring an animation back that was deleted there', () => {
    const deleted = text.replace(/ <tile id="0">[\s\S]*?<\/tile>\n/, '');
    const again = exportAgain('tiled', sheet, 'hero.tsx', deleted).text('hero.tsx');
    expect(Object.keys(readTsx(again).animations)).toEqual(['4']);
  });

  test.each([
    ['tiled', 'hero.tsx', '<tileset><image></tileset>', 'unreadable'],
    ['tiled', 'hero.tsx', '<map version="1.10"/>', 'foreign-file'],
    ['tiled-json', 'hero.tsj', '{"tilewidth": ', 'unreadable'],
    ['tiled-json', 'hero.tsj', '{"name": "x"}', 'foreign-file'],
  ] as const)('refuses what is no tileset (%s %s %s)', (target, path, broken, code) => {
    expect(() => exportAgain(target, sheet, path, broken)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
