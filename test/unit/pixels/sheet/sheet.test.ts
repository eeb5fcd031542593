import { describe, expect, test } from 'vitest';
import { createImage, equalImages } from '../../../../src/pixels/image.ts';
import { composePage, cutFrame } from '../../../../src/pixels/sheet/compose.ts';
import { sheetOfGrid, sheetOfPictures } from '../../../../src/pixels/sheet/from-pictures.ts';
import { orderByNumber, tagsOfNames } from '../../../../src/pixels/sheet/frame-names.ts';
import { packSheet } from '../../../../src/pixels/sheet/pack.ts';
import type { LayoutOptions, PackedSheet } from '../../../../src/pixels/sheet/placement.ts';
import { playbackOf } from '../../../../src/pixels/sheet/playback.ts';
import type { Sheet } from '../../../../src/pixels/sheet/sheet.ts';
import { frame, heroSheet, mixedSheet, sprite, tag } from '../export/sheets.ts';

/** Frames are inside their page, apart by the padding, and come out as they went in. */
function expectSound(packed: PackedSheet, padding: number): void {
  const pages = packed.pages.map(page => composePage(packed, page));
  for (const place of packed.placed) {
    const { image } = place.frame;
    const cut = cutFrame(pages[place.page]!, place, place.part, image);
    expect(equalImages(cut, image), place.frame.id).toBe(true);
  }
  for (const page of packed.pages) {
    const owner = new Map<number, string>();
    for (const { frame: own, part, x, y } of page.frames) {
      const grow = packed.extrude;
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(grow);
      expect(x + part.width + grow).toBeLessThanOrEqual(page.width);
      expect(y + part.height + grow).toBeLessThanOrEqual(page.height);
      for (let row = y - grow; row < y + part.height + grow + padding; row++) {
        for (let column = x - grow; column < x + part.width + grow + padding; column++) {
          const other = owner.get(row * 100_000 + column);
          expect(other, `${own.id} over ${other}`).toBeUndefined();
          owner.set(row * 100_000 + column, own.id);
        }
      }
    }
  }
}

describe('packing', () => {
  test.each<[string, Sheet, LayoutOptions, number]>([
    ['a grid', heroSheet(), {}, 0],
    ['a padded, extruded grid', heroSheet(), { padding: 2, extrude: 1 }, 2],
    ['a grid of powers of two', heroSheet(), { powerOfTwo: true, columns: 4 }, 0],
    ['frames of different sizes', mixedSheet(), {}, 1],
    ['extruded frames of different sizes', mixedSheet(), { extrude: 2, padding: 0 }, 0],
    ['trimmed frames', mixedSheet(), { trim: true, padding: 3 }, 3],
    ['several pages', mixedSheet(), { maxSize: 42 }, 1],
    ['several pages of a grid', heroSheet(), { maxSize: 40 }, 0],
  ])('%s keeps every pixel and lets nothing touch', (_, sheet, options, padding) => {
    const packed = packSheet(sheet, options);
    expectSound(packed, padding);
    const limit = options.maxSize ?? 4096;
    for (const { width, height } of packed.pages) {
      expect(Math.max(width, height)).toBeLessThanOrEqual(limit);
      if (options.powerOfTwo === true)
        expect([width & (width - 1), height & (height - 1)]).toEqual([0, 0]);
    }
    if (options.maxSize !== undefined) expect(packed.pages.length).toBeGreaterThan(1);
  });

  test('gives a frame the same place in whatever order frames come', () => {
    const sheet = mixedSheet();
    const place = (s: Sheet) =>
      new Map(packSheet(s).placed.map(({ frame: { id }, x, y }) => [id, `${x},${y}`]));
    const other = place({ ...sheet, frames: sheet.frames.toReversed() });
    expect(other.size).toBe(6);
    for (const [id, at] of place(sheet)) expect(other.get(id)).toBe(at);
  });

  test('repeats the edge of a frame around it', () => {
    const sheet: Sheet = { ...mixedSheet(), frames: [frame('a', sprite(4, 4, 1, 0))] };
    const packed = packSheet(sheet, { extrude: 2 });
    const page = composePage(packed, packed.pages[0]!);
    expect([page.width, page.height]).toEqual([8, 8]);
    const at = (x: number, y: number) => page.data.subarray((y * 8 + x) * 4, (y * 8 + x) * 4 + 4);
    expect(at(0, 0)).toEqual(at(2, 2));
    expect(at(7, 1)).toEqual(at(5, 2));
    expect(at(6, 7)).toEqual(at(5, 5));
    expect(at(0, 4)).toEqual(at(2, 4));
  });

  test('keeps the cells of an earlier grid and puts new frames behind them', () => {
    const sheet = heroSheet({ tags: [] });
    const cells = {
      of: new Map([
        ['walk_0', 3],
        ['idle_1', 0],
      ]),
      count: 5,
    };
    const { placed, grid } = packSheet(sheet, { cells, columns: 3 });
    const cellOf = placed.map(({ x, y }) => (y / grid!.cellHeight) * 3 + x / grid!.cellWidth);
    expect(cellOf).toEqual([3, 5, 6, 7, 8, 0]);
  });

  test('places ten thousand frames of different sizes', () => {
    const frames = Array.from({ length: 10_000 }, (_, i) =>
      frame(`f${i}`, createImage(4 + (i % 13), 4 + (i % 7))),
    );
    const packed = packSheet({ name: 'many', frames, tags: [], slices: [] }, { padding: 1 });
    expect(packed.placed.filter(Boolean)).toHaveLength(10_000);
    const used = frames.reduce((sum, { image }) => sum + image.width * image.height, 0);
    const area = packed.pages.reduce((sum, page) => sum + page.width * page.height, 0);
    expect(used / area).toBeGreaterThan(0.7);
    expectSound(
      packSheet({ name: 'many', frames: frames.slice(0, 2200), tags: [], slices: [] }),
      1,
    );
  });

  test.each<[string, Partial<Sheet>, LayoutOptions, string]>([
    ['no frames', { frames: [] }, {}, 'no-frames'],
    [
      'two frames of one name',
      { frames: [frame('a', sprite(4, 4, 1)), frame('a', sprite(4, 4, 2))] },
      {},
      'name-clash',
    ],
    ['a frame larger than a page', {}, { maxSize: 12 }, 'too-large'],
    [
      'a frame beyond 16384 pixels',
      { frames: [frame('a', createImage(16_385, 1))] },
      {},
      'too-large',
    ],
    ['more columns than a page holds', {}, { columns: 400 }, 'too-large'],
    [
      'different sizes in a grid',
      { frames: mixedSheet().frames },
      { layout: 'grid' },
      'frame-sizes',
    ],
    ['a tag beyond the frames', { tags: [tag('walk', 2, 6)] }, {}, 'invalid-tag'],
    ['a tag that runs backwards', { tags: [tag('walk', 3, 2)] }, {}, 'invalid-tag'],
    [
      'a time of nothing',
      { frames: [frame('a', sprite(4, 4, 1), { durationMs: 0 })] },
      {},
      'invalid-frame',
    ],
    ['a name with a slash', { name: '../hero' }, {}, 'invalid-name'],
    [
      'a name with a control character',
      { frames: [frame('a\nb', sprite(4, 4, 1))] },
      {},
      'invalid-name',
    ],
  ])('refuses %s', (_, changes, options, code) => {
    expect(() => packSheet(heroSheet({ tags: [], slices: [], ...changes }), options)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('playing a tag', () => {
  test.each([
    ['forward', 0, [2, 3, 4], true],
    ['reverse', 0, [4, 3, 2], true],
    ['pingpong', 0, [2, 3, 4, 3], true],
    ['pingpong_reverse', 0, [4, 3, 2, 3], true],
    ['forward', 2, [2, 3, 4, 2, 3, 4], false],
    ['pingpong', 1, [2, 3, 4], false],
    ['pingpong', 3, [2, 3, 4, 3, 2, 3, 4], false],
    ['pingpong_reverse', 2, [4, 3, 2, 3, 4], false],
  ] as const)('%s, %i times, shows %j', (direction, repeat, frames, loop) => {
    expect(playbackOf(tag('t', 2, 4, { direction, repeat }))).toEqual({ name: 't', frames, loop });
  });

  test('of one frame shows it once a round, and an endless list is refused', () => {
    expect(playbackOf(tag('t', 1, 1, { direction: 'pingpong' })).frames).toEqual([1]);
    expect(() => playbackOf(tag('t', 0, 99, { repeat: 60_000 }))).toThrow('too long');
  });
});

describe('frames from pictures', () => {
  test('are an animation when their names count up from 0 or 1', () => {
    expect(
      tagsOfNames(['walk_0', 'walk_1', 'walk_2', 'sword-7', 'sword-8', 'jump 1', 'jump 2']),
    ).toEqual([tag('walk', 0, 2), tag('jump', 5, 6)]);
    expect(tagsOfNames(['a_0', 'b', 'c_3', 'c_4'])).toEqual([]);
  });

  test('come in the order of their numbers, not of their letters', () => {
    const names = ['b', 'walk_10', 'walk_2', 'a', 'walk_1'];
    expect(orderByNumber(names).map(i => names[i])).toEqual([
      'b',
      'walk_1',
      'walk_2',
      'walk_10',
      'a',
    ]);
  });

  test('carry their folder where two are alike', () => {
    const image = sprite(4, 4, 1);
    const sheet = sheetOfPictures([
      { name: 'walk_0', folder: 'hero', image },
      { name: 'walk_0', folder: 'orc', image },
      { name: 'sky', folder: 'orc', image },
    ]);
    expect(sheet.frames.map(({ id }) => id)).toEqual(['hero/walk_0', 'orc/walk_0', 'sky']);
  });

  test('are cut from a sheet up to its last cell that is not blank', () => {
    const packed = packSheet(heroSheet({ tags: [], slices: [] }), { columns: 4 });
    const image = composePage(packed, packed.pages[0]!);
    const picture = { name: 'hero', folder: 'x', image };
    const { sheet, columns } = sheetOfGrid(picture, { width: 16, height: 20 });
    expect(columns).toBe(4);
    expect(sheet.frames.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5].map(i => `hero_${i}`));
    expect(equalImages(sheet.frames[5]!.image, heroSheet().frames[5]!.image)).toBe(true);
    expect(() => sheetOfGrid(picture, { width: 15, height: 20 })).toThrow('do not fill');
  });
});
