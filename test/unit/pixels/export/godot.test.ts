import { describe, expect, test } from 'vitest';
import { playbackOf } from '../../../../src/pixels/sheet/playback.ts';
import type { Sheet } from '../../../../src/pixels/sheet/sheet.ts';
import { expectSameFrames } from './round-trips.ts';
import { exportAgain, exportSheet, frame, heroSheet, mixedSheet, sprite, tag } from './sheets.ts';
import { parseTres, type Tres } from './tres-reader.ts';

const PATH = 'hero.tres';

/** Frame ids by sub-resource, from the record that the file carries. */
function idsOf({ resource }: Tres): Map<string, string> {
  const record = JSON.parse(String(resource['metadata/dgx_pixels'])) as {
    frames: Record<string, string>;
  };
  return new Map(Object.entries(record.frames).map(([id, sub]) => [sub, id]));
}

interface PlayedAnimation {
  name: string;
  loop: boolean;
  speed: number;
  frames: { texture: { args: [string] }; duration: number }[];
}

function animationsOf(text: string) {
  const tres = parseTres(text);
  const ids = idsOf(tres);
  return (tres.resource['animations'] as PlayedAnimation[]).map(
    ({ name, loop, speed, frames }) => ({
      name,
      loop,
      speed,
      ids: frames.map(step => ids.get(step.texture.args[0]) ?? step.texture.args[0]),
      ms: frames.map(step => Math.round((step.duration / speed) * 1000)),
    }),
  );
}

function describeFrames(
  text: string,
  png: (path: string) => ReturnType<typeof sprite>,
  base: string,
) {
  const tres = parseTres(text);
  const ids = idsOf(tres);
  return new Map(
    tres.internal.map(({ attributes, properties }) => {
      expect(attributes['type']).toBe('AtlasTexture');
      const [pageId] = (properties['atlas'] as { args: [string] }).args;
      const external = tres.external.find(other => other.attributes['id'] === pageId)!;
      const path = String(external.attributes['path']);
      expect(path.startsWith(base)).toBe(true);
      const [x, y, width, height] = (properties['region'] as { args: number[] }).args as [
        number,
        number,
        number,
        number,
      ];
      const margin = (properties['margin'] as { args: number[] } | undefined)?.args ?? [0, 0, 0, 0];
      const [left, top, w, h] = margin as [number, number, number, number];
      const source = { width: width + w, height: height + h };
      const page = png(path.slice(base.length));
      return [
        ids.get(String(attributes['id']))!,
        { page, x, y, width, height, left, top, source },
      ] as const;
    }),
  );
}

describe('SpriteFrames', () => {
  test.each<[string, Sheet, object]>([
    ['a grid', heroSheet(), {}],
    ['packed frames', mixedSheet(), {}],
    ['trimmed frames', mixedSheet(), { trim: true }],
    ['several pages', mixedSheet(), { maxSize: 42 }],
    [
      'strange names',
      {
        ...mixedSheet(),
        frames: ['a "b" c', 'лук 0', '剣_1', 'x\\y'].map((id, i) => frame(id, sprite(8, 8, i))),
      },
      {},
    ],
  ])('of %s give the frames back', (_, sheet, options) => {
    const result = exportSheet('godot', sheet, { options, folder: 'art/units' });
    const text = result.text(`${sheet.name}.tres`);
    expectSameFrames(sheet, describeFrames(text, result.png, 'res://art/units/'));
    const { header, external, internal } = parseTres(text);
    expect(header).toMatchObject({
      type: 'SpriteFrames',
      format: 3,
      load_steps: external.length + internal.length + 1,
    });
  });

  test('play every tag with its times, written out', () => {
    const sheet = heroSheet();
    const animations = animationsOf(exportSheet('godot', sheet).text(PATH));
    expect(animations).toEqual(
      sheet.tags.map(one => {
        const { name, frames, loop } = playbackOf(one);
        return {
          name,
          loop,
          speed: name === 'walk' ? 10 : 12.5,
          ids: frames.map(i => sheet.frames[i]!.id),
          ms: frames.map(i => sheet.frames[i]!.durationMs),
        };
      }),
    );
  });

  test('without tags are one loop named default', () => {
    const [animation] = animationsOf(exportSheet('godot', heroSheet({ tags: [] })).text(PATH));
    expect(animation).toMatchObject({ name: 'default', loop: true });
    expect(animation!.ids).toHaveLength(6);
  });
});

describe('a re-export to Godot', () => {
  const sheet = heroSheet();
  const text = exportSheet('godot', sheet).text(PATH);

  test('of the same sheet changes nothing', () => {
    expect(exportAgain('godot', sheet, PATH, text).text(PATH)).toBe(text);
  });

  /** What a person did in Godot's editor, as Godot would save it. */
  const edited = text
    .replace(
      '[gd_resource type="SpriteFrames" ',
      '[gd_resource type="SpriteFrames" script_class="Hero" ',
    )
    .replace(' format=3]', ' format=3 uid="uid://dhero"]')
    .replace('[ext_resource type="Texture2D" ', '[ext_resource type="Texture2D" uid="uid://dpng" ')
    .replace('"speed": 10.0', '"speed": 14.0')
    .replace('"loop": false', '"loop": true')
    .replace('"duration": 1.5', '"duration": 3.0')
    .replace(
      '\n[resource]\n',
      '\n[ext_resource type="Script" path="res://hero.gd" id="9"]\n\n[sub_resource type="GradientTexture1D" id="G_1"]\nwidth = 8\n\n[resource]\nscript = ExtResource("9")\n',
    )
    .replace(
      'animations = [{',
      `animations = [{\n"frames": [{\n"duration": 2.0,\n"texture": ${/SubResource\("[^"]+"\)/.exec(text)![0]}\n}, {\n"duration": 1.0,\n"texture": SubResource("G_1")\n}],\n"loop": false,\n"name": &"mine",\n"speed": 5.0\n}, {`,
    )
    .replace('filter_clip = true', 'filter_clip = false');

  test('keeps what was edited there and takes the new pictures', () => {
    const next = heroSheet();
    next.frames.unshift(frame('new', sprite(16, 20, 77)));
    next.tags = [
      tag('walk', 1, 4, { direction: 'pingpong' }),
      tag('idle', 5, 6, { repeat: 2 }),
      tag('hit', 0, 0),
    ];
    const result = exportAgain('godot', next, PATH, edited);
    const again = result.text(PATH);
    const tres = parseTres(again);
    expect(tres.header).toMatchObject({ uid: 'uid://dhero', script_class: 'Hero' });
    expect(tres.external.map(({ attributes }) => attributes['uid'] ?? attributes['path'])).toEqual([
      'uid://dpng',
      'res://hero.gd',
    ]);
    expect(tres.resource['script']).toEqual({ call: 'ExtResource', args: ['9'] });
    expect(tres.internal.some(({ attributes }) => attributes['id'] === 'G_1')).toBe(true);
    expect(again).toContain('filter_clip = false');
    const animations = new Map(animationsOf(again).map(one => [one.name, one]));
    expect([...animations.keys()]).toEqual(['mine', 'walk', 'idle', 'hit']);
    expect(animations.get('mine')).toMatchObject({ speed: 5, ids: ['walk_0', 'G_1'] });
    expect(animations.get('walk')).toMatchObject({
      speed: 14,
      loop: true,
      ids: ['walk_0', 'walk_1', 'walk_2', 'walk_3', 'walk_2', 'walk_1'],
    });
    expect(animations.get('walk')!.ms.map(ms => Math.round((ms * 14) / 100) / 10)).toEqual([
      1, 1, 3, 1, 1.5, 1,
    ]);
    expect(animations.get('idle')!.loop).toBe(true);
    expect(result.warnings).toEqual([]);
  });

  test('keeps ids of frames that move, and takes those away that are gone', () => {
    const next = heroSheet();
    next.frames = next.frames.filter(({ id }) => id !== 'walk_0').toReversed();
    next.tags = [tag('idle', 0, 1)];
    const again = exportAgain('godot', next, PATH, edited);
    const before = idsOf(parseTres(text));
    const now = idsOf(parseTres(again.text(PATH)));
    for (const [sub, id] of now) expect(before.get(sub)).toBe(id);
    const animations = new Map(animationsOf(again.text(PATH)).map(one => [one.name, one.ids]));
    expect([...animations]).toEqual([
      ['mine', ['G_1']],
      ['idle', ['idle_1', 'idle_0']],
    ]);
    expect(again.warnings).toEqual([expect.stringContaining('"mine" loses 1 frames')]);
    expect(again.text(PATH)).not.toContain([...before].find(([, id]) => id === 'walk_0')![0]);
  });

  test('takes a new speed and order where nobody edited them', () => {
    const next = heroSheet();
    for (const one of next.frames) one.durationMs = 50;
    next.tags = [tag('walk', 0, 3, { direction: 'reverse' }), tag('idle', 4, 5)];
    const [walk, idle] = animationsOf(exportAgain('godot', next, PATH, text).text(PATH));
    expect(walk).toMatchObject({ speed: 20, ids: ['walk_3', 'walk_2', 'walk_1', 'walk_0'] });
    expect(idle).toMatchObject({ loop: true, speed: 20 });
  });

  test('keeps frames that were rearranged there, and says so', () => {
    const moved = text.replace(/("frames": \[)(\{[^}]*\}), (\{[^}]*\})/, '$1$3, $2');
    expect(moved).not.toBe(text);
    const result = exportAgain('godot', sheet, PATH, moved);
    expect(animationsOf(result.text(PATH))[0]!.ids.slice(0, 3)).toEqual([
      'walk_1',
      'walk_0',
      'walk_2',
    ]);
    expect(result.warnings).toEqual(['Animation "walk" keeps the frames that were set in Godot.']);
  });

  test.each([
    ['half a file', text.slice(0, 900), 'unreadable'],
    ['something else', 'hello', 'unreadable'],
    ['another resource', text.replace('"SpriteFrames"', '"Theme"'), 'foreign-file'],
  ])('refuses %s', (_, broken, code) => {
    expect(() => exportAgain('godot', sheet, PATH, broken)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('AtlasTexture files', () => {
  test('give each frame back and keep their uid', () => {
    const sheet = mixedSheet();
    const result = exportSheet('godot-atlas', sheet, { options: { trim: true } });
    const path = 'item 2.tres';
    const text = result.text(path).replace('format=3]', 'format=3 uid="uid://x"]');
    const again = exportAgain('godot-atlas', sheet, path, text).text(path);
    expect(parseTres(again).header['uid']).toBe('uid://x');
    const { args } = parseTres(result.text(path)).resource['region'] as { args: number[] };
    expect(args.slice(2)).toEqual([29, 5]);
    expect(parseTres(result.text(path)).resource['margin']).toEqual({
      call: 'Rect2',
      args: [1, 1, 2, 2],
    });
  });

  test('of names that make one file are refused', () => {
    const frames = [frame('A', sprite(8, 8, 1)), frame('a', sprite(8, 8, 2))];
    expect(() => exportSheet('godot-atlas', { ...mixedSheet(), frames })).toThrow(
      expect.objectContaining({ code: 'name-clash' }),
    );
  });
});
