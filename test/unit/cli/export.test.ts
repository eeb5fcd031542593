import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program.ts';
import { equalImages } from '../../../src/pixels/image.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { encodePng } from '../../../src/pixels/png/encode.ts';
import { composePage } from '../../../src/pixels/sheet/compose.ts';
import { packSheet } from '../../../src/pixels/sheet/pack.ts';
import { heroSheet, sprite, zlib } from '../pixels/export/sheets.ts';
import { fakeContext } from './fake-context.ts';

describe('export', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dgxp-'));
    mkdirSync(join(folder, 'frames'));
    for (const i of [0, 1, 2, 10]) writePng(`frames/walk_${i}.png`, i + 1);
    writePng('frames/rest.png', 50);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function writePng(path: string, seed: number): void {
    writeFileSync(join(folder, path), encodePng(sprite(16, 16, seed), zlib));
  }

  const read = (path: string) => readFileSync(join(folder, path));
  const pixels = (path: string) => decodePng(read(path), zlib).image;

  async function run(...words: string[]) {
    const context = fakeContext(null, { cwd: folder });
    const code = await runProgram(['export', ...words], context);
    return { code, out: context.stdout.text, err: context.stderr.text };
  }

  const frames = [0, 1, 2].map(i => `frames/walk_${i}.png`);

  test('writes an animation of numbered files for the engine that it finds upward', async () => {
    mkdirSync(join(folder, 'game/art/hero'), { recursive: true });
    writeFileSync(join(folder, 'game/project.godot'), '');
    const { code, out, err } = await run(
      ...frames.toReversed(),
      '-o',
      'game/art/hero',
      '--duration',
      '50',
    );
    expect([code, out]).toEqual([0, 'game/art/hero/walk.png\ngame/art/hero/walk.tres\n']);
    expect(err).toContain('Godot 4 SpriteFrames');
    const text = read('game/art/hero/walk.tres').toString();
    expect(text).toContain('path="res://art/hero/walk.png"');
    expect(text).toContain('"name": &"walk",\n"speed": 20.0');
    expect(text.match(/"duration"/g)).toHaveLength(3);
  });

  test('keeps edits of the engine in a second export, and the picture as it is', async () => {
    await run(...frames, '--to', 'godot', '-o', 'out');
    const path = join(folder, 'out/walk.tres');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"speed": 10.0', '"speed": 7.0'));
    const { code, out } = await run(...frames, '--to', 'godot', '-o', 'out');
    expect([code, out]).toEqual([0, 'out/walk.png (unchanged)\nout/walk.tres (unchanged)\n']);
    writePng('frames/walk_1.png', 99);
    expect((await run(...frames, '--to', 'godot', '-o', 'out')).out).toBe(
      'out/walk.png\nout/walk.tres (unchanged)\n',
    );
    expect(
      (await run(...frames, 'frames/rest.png', '--name', 'walk', '--to', 'godot', '-o', 'out')).out,
    ).toBe('out/walk.png\nout/walk.tres (merged)\n');
    expect(readFileSync(path, 'utf8')).toContain('"speed": 7.0');
  });

  test.each([
    ['a picture that somebody drew', 'walk.png', () => encodePng(sprite(8, 8, 3), zlib), ['png']],
    ['a GIF of another program', 'walk.gif', () => Buffer.from('GIF89a'), ['gif']],
    ['a text that is no resource', 'walk.tres', () => Buffer.from('hello'), ['godot']],
    ['JSON of another kind', 'walk.json', () => Buffer.from('{"a": 1}'), ['pixi']],
  ])(
    'replaces %s only with --force, and writes nothing before',
    async (_, name, content, [target]) => {
      writeFileSync(join(folder, name), content());
      const { code, err } = await run(...frames, '--to', target!);
      expect(code).toBe(1);
      expect(err).toContain('--force');
      expect(read(name)).toEqual(Buffer.from(content()));
      expect(readdirSync(folder).filter(file => file !== 'frames')).toEqual([name]);
      const forced = await run(...frames, '--to', target!, '--force');
      expect(forced.code).toBe(0);
      expect(read(name)).not.toEqual(Buffer.from(content()));
    },
  );

  test('cuts a sheet, beside itself too, with tags, pivots and a name', async () => {
    const packed = packSheet(heroSheet(), { columns: 3 });
    writeFileSync(join(folder, 'hero.png'), encodePng(composePage(packed, packed.pages[0]!), zlib));
    const words = [
      'hero.png',
      '--frame',
      '16x20',
      '--tag',
      'walk=0-3:pingpong',
      '--tag',
      'idle=4-5:x2',
      '--pivot',
      '50%,100%',
    ];
    const { code, out } = await run(...words, '--to', 'aseprite-json');
    expect([code, out]).toEqual([0, 'hero.png (unchanged)\nhero.json\n']);
    const json = JSON.parse(read('hero.json').toString()) as {
      meta: { frameTags: object[]; slices: object[] };
    };
    expect(json.meta.frameTags).toEqual([
      { name: 'walk', from: 0, to: 3, direction: 'pingpong' },
      { name: 'idle', from: 4, to: 5, direction: 'forward', repeat: '2' },
    ]);
    expect(json.meta.slices).toMatchObject([{ name: 'pivot', keys: [{ pivot: { x: 8, y: 20 } }] }]);
    const gif = await run('hero.json', '--to', 'gif', '-o', 'films');
    expect(gif.out).toBe('films/hero-walk.gif\nfilms/hero-idle.gif\n');
  });

  test('takes a folder, but no sheet that an export wrote into it', async () => {
    const first = await run('frames', '--to', 'png', '-o', 'frames/all.png', '--json');
    const report = JSON.parse(first.out) as { frames: number; tags: string[]; files: object[] };
    expect(report).toMatchObject({ target: 'png', name: 'all', frames: 5, tags: ['walk'] });
    const second = await run('frames', '--to', 'png', '-o', 'frames/all.png');
    expect(second.err).toContain('all.png was written by an export');
    expect(second.out).toBe('frames/all.png (unchanged)\n');
    const strip = pixels('frames/all.png');
    expect([strip.width, strip.height]).toEqual([80, 16]);
  });

  test('packs, pads, extrudes and bounds as asked', async () => {
    await run(
      'frames',
      '--to',
      'png',
      '--name',
      'a',
      '--columns',
      '2',
      '--padding',
      '3',
      '--extrude',
      '1',
      '--pot',
    );
    expect([pixels('a.png').width, pixels('a.png').height]).toEqual([64, 64]);
    await run('frames', '--to', 'texturepacker', '--name', 'b', '--trim', '--max-size', '32');
    expect(readdirSync(folder).filter(name => /^b-\d\.json$/.test(name)).length).toBeGreaterThan(1);
  });

  test('copies every pixel of a frame', async () => {
    await run('frames/rest.png', '--to', 'unity');
    expect(equalImages(pixels('rest.png'), sprite(16, 16, 50))).toBe(true);
    expect(read('rest.png.meta').toString()).toContain('name: rest');
  });

  test.each<[string, string[], string]>([
    ['no engine and no format', ['frames'], 'choose a format with --to'],
    ['a file that is not there', ['nope.png', '--to', 'png'], 'Cannot read'],
    ['a folder without pictures', ['empty', '--to', 'png'], 'There are no PNG files'],
    ['a file that is no PNG', ['note.txt', '--to', 'png'], 'note.txt cannot be read'],
    ['a truncated PNG', ['torn.png', '--to', 'png'], 'torn.png cannot be read'],
    [
      'frames that do not fill the sheet',
      ['frames/rest.png', '--frame', '5', '--to', 'png'],
      'do not fill',
    ],
    ['two sheets to cut', ['frames', '--frame', '8', '--to', 'png'], 'only that file'],
    ['a tag beyond the frames', [...frames, '--tag', 'a=0-9', '--to', 'png'], 'runs from 0 to 9'],
    ['an unknown direction', [...frames, '--tag', 'a=0-1:up', '--to', 'png'], 'no direction'],
    ['half a pivot', [...frames, '--pivot', '5%,3', '--to', 'png'], 'shares such as'],
    ['an ending of another format', [...frames, '--to', 'gif', '-o', 'x.png'], 'ends in .gif'],
    ['a name with a slash', [...frames, '--to', 'gif', '--name', 'a/b'], 'cannot name files'],
    ['an unknown format', [...frames, '--to', 'flash'], 'Allowed choices'],
    ['a page too small for a frame', [...frames, '--to', 'png', '--max-size', '9'], 'does not fit'],
  ])('says what is wrong with %s', async (_, words, message) => {
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'note.txt'), 'hello');
    copyFileSync(join(folder, 'frames/rest.png'), join(folder, 'torn.png'));
    writeFileSync(join(folder, 'torn.png'), read('torn.png').subarray(0, 90));
    const before = readdirSync(folder);
    const { code, err, out } = await run(...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(readdirSync(folder)).toEqual(before);
  });
});
