import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { equalImages } from '../../../../src/pixels/image.ts';
import {
  parseAsepriteJson,
  sheetFromAseprite,
} from '../../../../src/pixels/export/aseprite/json-read.ts';
import type { TargetName } from '../../../../src/pixels/export/targets.ts';
import type { Sheet } from '../../../../src/pixels/sheet/sheet.ts';
import { checkSchema } from './json-schema.ts';
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

interface AtlasFrame {
  filename?: string;
  frame: { x: number; y: number; w: number; h: number };
  spriteSourceSize: { x: number; y: number };
  sourceSize: { w: number; h: number };
  trimmed: boolean;
  rotated: boolean;
  pivot?: { x: number; y: number };
  anchor?: { x: number; y: number };
}

interface Atlas {
  frames: Record<string, AtlasFrame> | AtlasFrame[];
  meta: { image: string; size: { w: number; h: number }; related_multi_packs?: string[] };
}

const strange: Sheet = {
  ...mixedSheet(),
  frames: ['a"b', '__proto__', 'constructor', '剣 0', 'b/c', '10', '9'].map((id, i) =>
    frame(id, sprite(8, 8, i)),
  ),
};

function describeAtlas(
  result: Exported,
  atlas: Atlas,
  image = atlas.meta.image,
): [string, Described][] {
  const page = result.png(image);
  expect(atlas.meta.size).toEqual({ w: page.width, h: page.height });
  const entries = Array.isArray(atlas.frames)
    ? atlas.frames.map(one => [one.filename!, one] as const)
    : Object.entries(atlas.frames);
  return entries.map(
    ([
      id,
      {
        frame: { x, y, w, h },
        spriteSourceSize,
        sourceSize,
        trimmed,
        rotated,
      },
    ]) => {
      expect(rotated).toBe(false);
      expect(trimmed).toBe(w !== sourceSize.w || h !== sourceSize.h);
      const source = { width: sourceSize.w, height: sourceSize.h };
      return [
        id,
        {
          page,
          x,
          y,
          width: w,
          height: h,
          left: spriteSourceSize.x,
          top: spriteSourceSize.y,
          source,
        },
      ];
    },
  );
}

describe.each<TargetName>(['texturepacker', 'texturepacker-array', 'pixi'])('%s', target => {
  test.each<[string, Sheet, object]>([
    ['a grid', heroSheet(), {}],
    ['trimmed frames', mixedSheet(), { trim: true }],
    ['several pages', mixedSheet(), { maxSize: 42 }],
    ['strange names', strange, {}],
  ])('gives the frames of %s back', (_, sheet, options) => {
    const result = exportSheet(target, sheet, { options });
    const atlases = result.files
      .filter(({ path }) => path.endsWith('.json'))
      .map(({ path }) => JSON.parse(result.text(path)) as Atlas);
    expectSameFrames(sheet, new Map(atlases.flatMap(atlas => describeAtlas(result, atlas))));
    if (atlases.length > 1) {
      expect(atlases[0]!.meta.related_multi_packs).toEqual(
        atlases.slice(1).map((_a, i) => `items-${i + 1}.json`),
      );
    }
  });

  test('keeps what somebody added to the file', () => {
    const sheet = heroSheet();
    const text = exportSheet(target, sheet).text('hero.json');
    expect(exportAgain(target, sheet, 'hero.json', text).text('hero.json')).toBe(text);
    const edited = JSON.parse(text) as Atlas & { mine: number; meta: { by: string } };
    edited.mine = 7;
    edited.meta.by = 'me';
    const first = (Array.isArray(edited.frames) ? edited.frames[0] : edited.frames['walk_0'])!;
    Object.assign(first, { hitbox: [1, 2] });
    sheet.frames = sheet.frames.slice(0, 4).map(one => ({ ...one, pivot: null }));
    sheet.tags = [];
    sheet.slices = [];
    const again = JSON.parse(
      exportAgain(target, sheet, 'hero.json', JSON.stringify(edited)).text('hero.json'),
    ) as typeof edited;
    expect(again).toMatchObject({ mine: 7, meta: { by: 'me' } });
    const frames = Array.isArray(again.frames) ? again.frames : Object.values(again.frames);
    expect(frames).toHaveLength(4);
    expect(frames[0]).toMatchObject({ hitbox: [1, 2] });
    expect([frames[0]!.pivot, frames[0]!.anchor]).toEqual([undefined, undefined]);
  });

  test.each([
    ['a manifest', '{"name": "x"}', 'foreign-file'],
    ['half a file', '{"frames": {', 'unreadable'],
    ['a list', '[]', 'unreadable'],
  ])('refuses %s in its place', (_, text, code) => {
    expect(() => exportAgain(target, heroSheet(), 'hero.json', text)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('pixi', () => {
  test('plays tags whose frames lie on one page, and says which do not', () => {
    const json = JSON.parse(exportSheet('pixi', heroSheet()).text('hero.json')) as {
      animations: object;
      meta: { durations: object };
    };
    expect(json.animations).toEqual({
      walk: ['walk_0', 'walk_1', 'walk_2', 'walk_3', 'walk_2', 'walk_1'],
      idle: ['idle_0', 'idle_1', 'idle_0', 'idle_1'],
    });
    expect(json.meta.durations).toMatchObject({ walk_2: 150 });
    const paged = exportSheet('pixi', heroSheet(), { options: { maxSize: 36 } });
    expect(paged.warnings).toEqual([expect.stringContaining('"walk" lies on several pages')]);
    const last = JSON.parse(paged.text('hero-2.json')) as { animations: object };
    expect(Object.keys(last.animations)).toEqual(['idle']);
  });

  test('keeps animations that somebody added, and drops ours with their tags', () => {
    const json = JSON.parse(exportSheet('pixi', heroSheet()).text('hero.json')) as {
      animations: Record<string, string[]>;
    };
    json.animations['mine'] = ['walk_0'];
    const sheet = heroSheet({ tags: [tag('run', 0, 1)] });
    const again = JSON.parse(
      exportAgain('pixi', sheet, 'hero.json', JSON.stringify(json)).text('hero.json'),
    ) as typeof json;
    expect(again.animations).toEqual({ mine: ['walk_0'], run: ['walk_0', 'walk_1'] });
  });
});

describe('phaser', () => {
  interface MultiAtlas {
    textures: { image: string; size: { w: number; h: number }; frames: AtlasFrame[] }[];
  }

  test('gives the frames of all pages back', () => {
    const sheet = mixedSheet();
    const result = exportSheet('phaser', sheet, { options: { maxSize: 42 } });
    const { textures } = JSON.parse(result.text('items.json')) as MultiAtlas;
    expect(textures.length).toBeGreaterThan(1);
    const described = textures.flatMap(({ frames, image, size }) =>
      describeAtlas(result, { frames, meta: { image, size } }),
    );
    expectSameFrames(sheet, new Map(described));
  });

  test('keeps animations that somebody added, and drops ours with their tags', () => {
    const path = 'hero.anims.json';
    interface Anims {
      anims: { key: string; yoyo?: boolean }[];
    }
    const json = JSON.parse(exportSheet('phaser', heroSheet()).text(path)) as Anims;
    json.anims[0]!.yoyo = true;
    json.anims.push({ key: 'mine' });
    const sheet = heroSheet({ tags: [tag('walk', 0, 1)] });
    const again = JSON.parse(
      exportAgain('phaser', sheet, path, JSON.stringify(json)).text(path),
    ) as Anims;
    expect(again.anims.map(({ key }) => key)).toEqual(['walk', 'mine']);
    expect(again.anims[0]).toMatchObject({ yoyo: true, repeat: -1, duration: 200 });
  });
});

describe.each<TargetName>(['aseprite-json', 'aseprite-json-hash'])('%s', target => {
  const full = (): Sheet => {
    const sheet = heroSheet();
    const bounds = { x: 1, y: 1, width: 10, height: 10 };
    const center = { x: 2, y: 3, width: 4, height: 5 };
    sheet.slices.push({
      name: 'box',
      keys: [
        { frame: 0, bounds, center, pivot: null },
        { frame: 3, bounds, center: null, pivot: null },
      ],
    });
    return sheet;
  };

  test.each<[string, Sheet, object]>([
    ['a grid', full(), {}],
    ['trimmed frames', mixedSheet(), { trim: true }],
    [
      'pivots that move',
      {
        ...heroSheet(),
        frames: heroSheet().frames.map((one, i) => ({
          ...one,
          pivot: i < 2 ? null : { x: i, y: 2 },
        })),
      },
      {},
    ],
  ])('reads the sheet of %s as it was written', (_, sheet, options) => {
    const result = exportSheet(target, sheet, { options });
    const path = `${sheet.name}.json`;
    const read = sheetFromAseprite(
      parseAsepriteJson(result.text(path), path),
      result.png(`${sheet.name}.png`),
      sheet.name,
    );
    expect({ ...read, frames: read.frames.map(({ image: __, ...rest }) => rest) }).toEqual({
      ...sheet,
      frames: sheet.frames.map(({ image: __, ...rest }) => rest),
    });
    for (const [i, { image }] of read.frames.entries())
      expect(equalImages(image, sheet.frames[i]!.image)).toBe(true);
  });

  test('keeps every key that is not ours', () => {
    const path = 'hero.json';
    const text = exportSheet(target, full()).text(path);
    expect(exportAgain(target, full(), path, text).text(path)).toBe(text);
    const edited = text
      .replace('"meta": {', '"myKey": [1],\n"meta": {\n"note": "mine",')
      .replace('"name": "walk",', '"name": "walk", "data": "loud", "color": "#ff0000ff",')
      .replace('"name": "hit",', '"name": "hit", "data": "hurt",')
      .replace('"duration": 150', '"duration": 150, "extra": true')
      .replace('"opacity": 255', '"opacity": 100');
    const again = exportAgain(target, full(), path, edited).text(path);
    const json = JSON.parse(again) as {
      meta: { frameTags: object[]; slices: object[]; layers: object[] };
    };
    expect(json).toMatchObject({ myKey: [1], meta: { note: 'mine' } });
    expect(json.meta.frameTags[0]).toMatchObject({
      name: 'walk',
      data: 'loud',
      color: '#ff0000ff',
    });
    expect(json.meta.slices[0]).toMatchObject({ name: 'hit', data: 'hurt' });
    expect(json.meta.layers[0]).toMatchObject({ opacity: 100 });
    expect(again).toContain('"extra": true');
  });
});

describe('Aseprite JSON', () => {
  test('holds to the schema that describes what Aseprite writes', () => {
    const url = import.meta.resolve('@kayahr/aseprite');
    const file = new URL('../aseprite.schema.json', url);
    const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
    for (const target of ['aseprite-json', 'aseprite-json-hash'] as const) {
      const json: unknown = JSON.parse(exportSheet(target, heroSheet()).text('hero.json'));
      expect(checkSchema(schema, json)).toEqual([]);
    }
    expect(checkSchema(schema, { frames: [{ filename: 1 }], meta: {} })).not.toEqual([]);
  });

  test('of names that are numbers keeps their order, or refuses to lose it', () => {
    const sheet: Sheet = { ...heroSheet({ tags: [], slices: [] }) };
    sheet.frames = ['0', '2', '1'].map((id, i) => frame(id, sprite(8, 8, i)));
    expect(() => exportSheet('aseprite-json-hash', sheet)).toThrow('lose their order');
    const json = JSON.parse(exportSheet('aseprite-json', sheet).text('hero.json')) as {
      frames: { filename: string }[];
    };
    expect(json.frames.map(({ filename }) => filename)).toEqual(['0', '2', '1']);
  });

  test.each([
    ['no JSON', 'frames', 'is no JSON'],
    ['no frames', '{"meta": {}}', 'frames'],
    [
      'a frame without a size',
      '{"frames": {"a": {"frame": {"x": 0, "y": 0}}}}',
      'is no Aseprite JSON',
    ],
    [
      'an unknown direction',
      '{"frames": [], "meta": {"frameTags": [{"name": "a", "from": 0, "to": 0, "direction": "up"}]}}',
      'direction',
    ],
  ])('of %s is refused with the place', (_, text, words) => {
    expect(() => parseAsepriteJson(text, 'x.json')).toThrow(words);
  });

  test.each([
    ['outside its picture', { x: 9, y: 0, w: 8, h: 8 }, {}, 'outside its picture'],
    ['rotated', { x: 0, y: 0, w: 8, h: 8 }, { rotated: true }, 'rotated'],
  ])('with a frame %s is refused', (_, rectangle, more, words) => {
    const json = parseAsepriteJson(
      JSON.stringify({ frames: [{ filename: 'a', frame: rectangle, ...more }] }),
      'x',
    );
    expect(() => sheetFromAseprite(json, sprite(16, 16, 1), 'x')).toThrow(words);
  });
});
