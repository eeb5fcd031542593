import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { playbackOf } from '../../../../src/pixels/sheet/playback.ts';
import { requireOrSkip } from '../../../helpers/suite.ts';
import { type Described, expectSameFrames } from './round-trips.ts';
import { exportSheet, type Exported, heroSheet, mixedSheet } from './sheets.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'loaders');
const modules = join(folder, 'node_modules');
const require = createRequire(import.meta.url);

function probe(name: string): () => string | undefined {
  return () =>
    existsSync(join(modules, name)) ? undefined : 'run `npm ci` in test/loaders to install it';
}

interface PhaserFrame {
  cutX: number;
  cutY: number;
  cutWidth: number;
  cutHeight: number;
  x: number;
  y: number;
  realWidth: number;
  realHeight: number;
  pivotX: number;
  pivotY: number;
  customPivot: boolean;
  sourceIndex: number;
}

interface PhaserTexture {
  frames: Record<string, PhaserFrame>;
  get: (name: string) => PhaserFrame;
  getFrameNames: () => string[];
}

interface PhaserAnimation {
  key: string;
  repeat: number;
  msPerFrame: number;
  frames: { textureFrame: string; duration: number }[];
}

interface Phaser {
  parse: (
    kind: 'JSONArray' | 'JSONHash',
    texture: PhaserTexture,
    page: number,
    json: unknown,
  ) => void;
  texture: (pages: { width: number; height: number }[]) => PhaserTexture;
  animations: (json: unknown, texture: PhaserTexture) => PhaserAnimation[];
}

/** Phaser's own parsers, textures and animations; no renderer, no browser. */
function loadPhaser(): Phaser {
  const source = (path: string): unknown => require(join(modules, 'phaser', 'src', path));
  const Texture = source('textures/Texture.js') as { prototype: object };
  const Manager = source('animations/AnimationManager.js') as new (game: object) => {
    textureManager: object;
    fromJSON: (json: unknown) => PhaserAnimation[];
  };
  return {
    parse: (kind, texture, page, json) => {
      (source(`textures/parsers/${kind}.js`) as (...args: unknown[]) => void)(texture, page, json);
    },
    texture: pages =>
      Object.assign(Object.create(Texture.prototype) as PhaserTexture, {
        key: 'hero',
        source: pages,
        frames: {},
        customData: {},
        firstFrame: '__BASE',
        frameTotal: 0,
      }),
    animations: (json, texture) => {
      const events = { once: () => undefined, on: () => undefined };
      const manager = new Manager({ events });
      manager.textureManager = {
        exists: (key: string) => key === 'hero',
        get: () => texture,
        getFrame: (_: string, name: string) => texture.get(name),
      };
      return manager.fromJSON(json);
    },
  };
}

function describePhaser(
  texture: PhaserTexture,
  pages: Described['page'][],
): Map<string, Described> {
  return new Map(
    texture.getFrameNames().map((name): [string, Described] => {
      const one = texture.get(name);
      const source = { width: one.realWidth, height: one.realHeight };
      return [
        name,
        {
          page: pages[one.sourceIndex]!,
          x: one.cutX,
          y: one.cutY,
          width: one.cutWidth,
          height: one.cutHeight,
          left: one.x,
          top: one.y,
          source,
        },
      ];
    }),
  );
}

requireOrSkip("Phaser's loaders", probe('phaser'))("Phaser's loaders", () => {
  test('read multi-atlases of several pages, trimmed frames and pivots', () => {
    const phaser = loadPhaser();
    for (const [sheet, options] of [
      [heroSheet(), {}],
      [mixedSheet(), { maxSize: 42 }],
      [mixedSheet(), { trim: true }],
    ] as const) {
      const result = exportSheet('phaser', sheet, { options });
      const { textures } = JSON.parse(result.text(`${sheet.name}.json`)) as {
        textures: { image: string }[];
      };
      const pages = textures.map(({ image }) => result.png(image));
      const texture = phaser.texture(pages);
      for (const [page, json] of textures.entries()) phaser.parse('JSONArray', texture, page, json);
      expectSameFrames(sheet, describePhaser(texture, pages));
      if (sheet.name !== 'hero') continue;
      const { pivotX, pivotY, customPivot } = texture.get('walk_1');
      expect([customPivot, pivotX, pivotY]).toEqual([true, 0.5, 0.95]);
    }
  });

  test.each([
    ['texturepacker', 'JSONHash'],
    ['texturepacker-array', 'JSONArray'],
    ['aseprite-json', 'JSONArray'],
    ['aseprite-json-hash', 'JSONHash'],
  ] as const)('read %s', (target, kind) => {
    const phaser = loadPhaser();
    const sheet = mixedSheet();
    const result = exportSheet(target, sheet, { options: { trim: true } });
    const page = result.png('items.png');
    const texture = phaser.texture([page]);
    phaser.parse(kind, texture, 0, JSON.parse(result.text('items.json')));
    expectSameFrames(sheet, describePhaser(texture, [page]));
  });

  test('play the animations with their times', () => {
    const phaser = loadPhaser();
    const sheet = heroSheet();
    const result = exportSheet('phaser', sheet);
    const { textures } = JSON.parse(result.text('hero.json')) as { textures: unknown[] };
    const texture = phaser.texture([result.png('hero.png')]);
    phaser.parse('JSONArray', texture, 0, textures[0]);
    const animations = phaser.animations(JSON.parse(result.text('hero.anims.json')), texture);
    expect(animations.map(({ key, repeat }) => [key, repeat])).toEqual([
      ['walk', -1],
      ['idle', 0],
    ]);
    for (const [i, { frames }] of animations.entries()) {
      const steps = playbackOf(sheet.tags[i]!).frames.map(f => sheet.frames[f]!);
      expect(frames.map(({ textureFrame, duration }) => [textureFrame, duration])).toEqual(
        steps.map(({ id, durationMs }) => [id, durationMs]),
      );
    }
  });
});

interface PixiTexture {
  frame: { x: number; y: number; width: number; height: number };
  orig: { width: number; height: number };
  trim: { x: number; y: number } | null;
  defaultAnchor?: { x: number; y: number };
  defaultBorders?: Record<string, number>;
  label: string;
}

interface Pixi {
  TextureSource: new (size: { width: number; height: number }) => object;
  Texture: new (options: { source: object }) => object;
  Spritesheet: new (
    texture: object,
    data: unknown,
  ) => {
    parse: () => Promise<Record<string, PixiTexture>>;
    animations: Record<string, PixiTexture[]>;
  };
}

async function loadPixi(result: Exported, path: string) {
  const entry = createRequire(join(folder, 'package.json')).resolve('pixi.js');
  const pixi = (await import(pathToFileURL(entry).href)) as Pixi;
  const data = JSON.parse(result.text(path)) as { meta: { image: string } };
  const page = result.png(data.meta.image);
  const source = new pixi.TextureSource({ width: page.width, height: page.height });
  const sheet = new pixi.Spritesheet(new pixi.Texture({ source }), data);
  return { page, textures: await sheet.parse(), animations: sheet.animations };
}

requireOrSkip("PixiJS' Spritesheet", probe('pixi.js'))("PixiJS' Spritesheet", () => {
  test('reads frames, trimmed ones too', async () => {
    for (const options of [{}, { trim: true }]) {
      const sheet = mixedSheet();
      const { page, textures } = await loadPixi(
        exportSheet('pixi', sheet, { options }),
        'items.json',
      );
      const described = Object.entries(textures).map(
        ([name, { frame: at, orig, trim }]): [string, Described] => [
          name,
          {
            page,
            x: at.x,
            y: at.y,
            width: at.width,
            height: at.height,
            left: trim?.x ?? 0,
            top: trim?.y ?? 0,
            source: { width: orig.width, height: orig.height },
          },
        ],
      );
      expectSameFrames(sheet, new Map(described));
    }
  });

  test('reads anchors, borders and animations', async () => {
    const sheet = heroSheet();
    const center = { x: 3, y: 4, width: 8, height: 10 };
    const bounds = { x: 0, y: 0, width: 16, height: 20 };
    sheet.slices = [{ name: 'box', keys: [{ frame: 4, bounds, center, pivot: null }] }];
    const { textures, animations } = await loadPixi(exportSheet('pixi', sheet), 'hero.json');
    expect(textures['walk_0']!.defaultAnchor).toEqual({ x: 0.5, y: 0.95 });
    expect(textures['walk_0']!.defaultBorders).toBeUndefined();
    expect(textures['idle_0']!.defaultBorders).toEqual({ left: 3, top: 4, right: 5, bottom: 6 });
    for (const tag of sheet.tags) {
      const ids = playbackOf(tag).frames.map(f => sheet.frames[f]!.id);
      expect(animations[tag.name]!.map(({ label }) => label)).toEqual(ids);
    }
  });
});
