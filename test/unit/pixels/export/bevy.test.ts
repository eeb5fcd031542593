import { describe, expect, test } from 'vitest';
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
import { parseRonStrictly } from './ron-reader.ts';

interface Layout {
  size: [number, number];
  textures: { min: [number, number]; max: [number, number] }[];
  names: string[];
  pivots: unknown[];
  animations: Record<
    string,
    { frames: number[]; durations_ms: number[]; repeat: boolean; mine?: unknown }
  >;
  mine?: unknown;
}

const read = (text: string) => parseRonStrictly(text) as Layout;

function describeTextures(result: Exported, { name }: Sheet): Map<string, Described> {
  const layout = read(result.text(`${name}.atlas.ron`));
  const page = result.png(`${name}.png`);
  expect(layout.size).toEqual([page.width, page.height]);
  return new Map(
    layout.textures.flatMap(({ min: [x, y], max }, i): [string, Described][] =>
      layout.names[i] === ''
        ? []
        : [[layout.names[i]!, { page, x, y, width: max[0] - x, height: max[1] - y }]],
    ),
  );
}

describe('Bevy', () => {
  test.each<[string, Sheet, object]>([
    ['a grid', heroSheet(), {}],
    ['packed frames', mixedSheet(), { padding: 2 }],
    [
      'strange names',
      {
        ...mixedSheet(),
        frames: ['a "b"', '剣', 'c\\d', '//e'].map((id, i) => frame(id, sprite(8, 8, i))),
      },
      {},
    ],
  ])('gives the frames of %s back', (_, sheet, options) => {
    expectSameFrames(sheet, describeTextures(exportSheet('bevy', sheet, { options }), sheet));
  });

  test('gets animations by index with their times, and pivots', () => {
    const { animations, pivots } = read(exportSheet('bevy', heroSheet()).text('hero.atlas.ron'));
    expect(animations).toEqual({
      walk: {
        frames: [0, 1, 2, 3, 2, 1],
        durations_ms: [100, 100, 150, 100, 150, 100],
        repeat: true,
      },
      idle: { frames: [4, 5, 4, 5], durations_ms: [80, 80, 80, 80], repeat: false },
    });
    expect(pivots[0]).toEqual({ Some: [[8, 19]] });
  });

  test('stores frames whole and on one page, and says so', () => {
    expect(exportSheet('bevy', mixedSheet(), { options: { trim: true } }).warnings).toEqual([
      expect.stringContaining('no trimmed frames'),
    ]);
    expect(() => exportSheet('bevy', mixedSheet(), { options: { maxSize: 42 } })).toThrow(
      expect.objectContaining({ code: 'one-page-only' }),
    );
  });

  test('keeps indexes, and fields and animations that somebody added', () => {
    const path = 'hero.atlas.ron';
    const text = exportSheet('bevy', heroSheet()).text(path);
    expect(exportAgain('bevy', heroSheet(), path, text).text(path)).toBe(text);
    const edited = text
      .replace(
        '(\n',
        '#![enable(implicit_some)]\n// a note\n(\n    mine: Some(Thing(r#"a"b"#, \'x\', -1.5e3, /* c */ [])),\n',
      )
      .replace(
        '"walk": (',
        '"blink": (frames: [5], durations_ms: [9], repeat: false), "walk": (mine: true, ',
      );
    const sheet = heroSheet({ tags: [tag('walk', 1, 2)] });
    sheet.frames = [
      frame('new', sprite(16, 20, 60)),
      ...sheet.frames.filter(({ id }) => id !== 'walk_1'),
    ];
    const result = exportAgain('bevy', sheet, path, edited);
    expectSameFrames(sheet, describeTextures(result, sheet));
    const again = read(result.text(path));
    expect(again.names).toEqual(['walk_0', '', 'walk_2', 'walk_3', 'idle_0', 'idle_1', 'new']);
    expect(result.text(path)).toContain('mine: Some(Thing(r#"a"b"#, \'x\', -1.5e3, []))');
    expect(Object.keys(again.animations)).toEqual(['walk', 'blink']);
    expect(again.animations['walk']).toEqual({
      mine: true,
      frames: [0, 2],
      durations_ms: [100, 150],
      repeat: true,
    });
  });

  test.each([
    ['half a file', '(size: (1, 2), textures: [', 'unreadable'],
    ['nothing', '', 'unreadable'],
    ['other RON', '(a: 1)', 'foreign-file'],
    ['two values', '(textures: []) 2', 'unreadable'],
  ])('refuses %s in its place', (_, text, code) => {
    expect(() => exportAgain('bevy', heroSheet(), 'hero.atlas.ron', text)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
