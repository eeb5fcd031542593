import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeZlib } from '../../src/cli/preview/zlib.ts';
import { runProgram } from '../../src/cli/program.ts';
import { createImage, equalImages, type RgbaImage } from '../../src/pixels/image.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { encodePng } from '../../src/pixels/png/encode.ts';
import { fakeContext } from '../unit/cli/fake-context.ts';
import { putOnto, spriteLike, stretch } from '../unit/pixels/lint/sprite-like.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dgxp-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs without a worker: connecting would throw. */
async function run(...argv: string[]) {
  const context = fakeContext(null, { cwd: folder });
  const code = await runProgram(argv, context);
  return { code, out: context.stdout.text, err: context.stderr.text };
}

function save(name: string, image: RgbaImage, text: Record<string, string> = {}): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, encodePng(image, nodeZlib, { text }));
  return path;
}

function load(name: string) {
  return decodePng(readFileSync(join(folder, name)), nodeZlib);
}

/** Four frames of a body side by side, the third of them three cells lower. */
function sheet(): RgbaImage {
  const image = createImage(160, 40);
  for (let frame = 0; frame < 4; frame++) {
    putOnto(image, spriteLike(24, 3), frame * 40 + 8, frame === 2 ? 11 : 8);
    image.data.set([255, frame, 255, 255], (20 * 160 + frame * 40 + 15) * 4);
    image.data.set([255, 255, frame, 255], (21 * 160 + frame * 40 + 18) * 4);
  }
  return image;
}

describe('dgx-pixels lint', () => {
  test('says nothing of good sprites and ends with 0', async () => {
    save('assets/a.png', spriteLike(32, 1));
    save('assets/deep/b.png', spriteLike(16, 2));
    const { code, out, err } = await run(
      'lint',
      'assets',
      '--size',
      '32',
      '--ignore',
      'wrong-size',
    );
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe('2 files: nothing found.\n');
  });

  test('tells file, cell, severity and code in a table; errors end with 1, warnings with 0 unless --strict', async () => {
    const image = spriteLike(32, 1);
    image.data.set([1, 2, 3, 255], (7 * 32 + 12) * 4);
    save('hero.png', image);
    save('large.png', stretch(spriteLike(24, 1), 48, 48));
    writeFileSync(join(folder, 'p.hex'), '201828\n783038\nc86040\nf4be6e\n3c785a\n');
    const { code, out } = await run('lint', 'hero.png', 'large.png', '--palette', 'p.hex');
    expect(code).toBe(1);
    expect(out.split('\n')[1]).toMatch(/^hero\.png:12,7 +error +off-palette +1 cell has a colour/);
    expect(out.split('\n')[2]).toMatch(/^large\.png +warning +upscaled +Its pixels are 2x2/);
    expect(out).toContain('2 files: 1 error, 1 warning, 0 notes. --fix can mend 2.');
    expect((await run('lint', 'large.png')).code).toBe(0);
    expect((await run('lint', 'large.png', '--strict')).code).toBe(1);
  });

  test('goes on after files it cannot read, with one sentence for each', async () => {
    const good = save('good.png', spriteLike(32, 1));
    writeFileSync(join(folder, 'cut.png'), readFileSync(good).subarray(0, 150));
    writeFileSync(join(folder, 'photo.png'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
    writeFileSync(join(folder, 'empty.png'), '');
    writeFileSync(join(folder, 'art.gif'), 'GIF89a');
    const { code, out, err } = await run('lint', '.');
    expect(code).toBe(1);
    expect(err.split('\n').sort()).toEqual([
      '',
      'error: cut.png: The PNG ends too early: it was not written or sent whole.',
      expect.stringMatching(/^error: empty\.png: .+\.$/),
      'error: photo.png: It is a JPEG file; only PNG is read here.',
      'note: passed over 1 picture in other formats than PNG',
    ]);
    expect(out).toBe('1 file: nothing found. 3 files could not be read.\n');
    const missing = await run('lint', 'good.png', 'nowhere');
    expect([missing.code, missing.err]).toEqual([
      2,
      'error: nowhere: There is no such file or folder.\n',
    ]);
    expect(missing.out).toContain('1 file: nothing found.');
  });

  test('prints everything for programs with --json', async () => {
    save('large.png', stretch(spriteLike(24, 1), 48, 48));
    const { code, out, err } = await run('lint', 'large.png', 'no.png', '--json');
    expect([code, err]).toEqual([2, '']);
    expect(JSON.parse(out)).toMatchObject({
      files: [
        {
          path: join(folder, 'large.png'),
          width: 48,
          findings: [
            {
              code: 'upscaled',
              severity: 'warning',
              place: { frame: null, area: null },
              fix: { id: 'resample' },
            },
          ],
        },
      ],
      failed: [{ path: 'no.png', code: 'not-found' }],
      summary: { files: 1, warning: 1, fixable: 1, failed: 1 },
    });
  });

  test('mends in place with --fix and keeps the texts of the file', async () => {
    const sprite = spriteLike(24, 4);
    save('hero.png', stretch(sprite, 72, 72), { 'dgx-pixels': 'abc' });
    const untouched = save('good.png', sprite);
    const before = readFileSync(untouched);
    const { code, out } = await run('lint', 'hero.png', 'good.png', '--fix');
    expect([code, out]).toEqual([0, '2 files: nothing found. Mended 1.\n']);
    const { image, text } = load('hero.png');
    expect(equalImages(image, sprite)).toBe(true);
    expect(text).toEqual({ 'dgx-pixels': 'abc' });
    expect(readFileSync(untouched)).toEqual(before);
  });

  test('writes mended copies of all files with --out and leaves the files alone', async () => {
    const path = save('in/x/hero.png', stretch(spriteLike(24, 4), 72, 72));
    save('in/good.png', spriteLike(24, 5));
    const before = readFileSync(path);
    expect((await run('lint', 'in', '--fix', '--out', 'out')).code).toBe(0);
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(join(folder, 'out'), { recursive: true }).sort()).toEqual(
      ['good.png', 'x', join('x', 'hero.png')].sort(),
    );
    expect(load('out/x/hero.png').image.width).toBe(24);
  });

  test('cuts sheets by grid or frame size, names the frame, and mends it in its place', async () => {
    save('walk.png', sheet());
    const { out } = await run('lint', 'walk.png', '--sheet', '4x1');
    expect(out).toMatch(
      /^walk\.png#2:\S+ \S+ +warning +baseline-jitter +Frame 2 stands 3 cells lower/m,
    );
    expect((await run('lint', 'walk.png', '--frame-size', '40')).out).toBe(out);
    await run('lint', 'walk.png', '--sheet', '4x1', '--fix');
    expect((await run('lint', 'walk.png', '--sheet', '4x1')).out).not.toContain('jitter');
    expect(load('walk.png').image).toMatchObject({ width: 160, height: 40 });
    const uneven = await run('lint', 'walk.png', '--sheet', '3x1');
    expect([uneven.code, uneven.err]).toEqual([
      1,
      'error: walk.png: The sheet is 160x40, which does not divide into 3 columns and 1 rows.\n',
    ]);
  });

  test('takes files as frames of one animation with --frames', async () => {
    for (const name of ['a', 'b', 'c']) save(`${name}.png`, spriteLike(32, 1));
    const { code, out } = await run('lint', 'a.png', 'b.png', 'c.png', '--frames');
    expect(code).toBe(0);
    expect(out).toMatch(/^b\.png +info +duplicate-frame +Frame 1 is the same as frame 0/m);
    expect(out).toMatch(/^c\.png +info +duplicate-frame/m);
  });

  test.each([
    [['--out', 'x'], '--out is for mended copies: add --fix.'],
    [['--frames', '--sheet', '2x1'], '--frames takes each file as one frame'],
    [['--ignore', 'typo'], 'It is one of: near-blank,'],
    [['--sheet', '4'], 'Write columns and rows, such as 8x1.'],
    [['--sheet', '4x1', '--frame-size', '8'], 'cannot be used with'],
    [['--max-colors', '0'], 'at least 1'],
    [['--palette', 'bad.gpl'], 'bad.gpl: Line 2: "x" is not a number.'],
    [['--palette', 'none.hex'], 'Cannot read'],
  ])('refuses %j with 2', async (options, message) => {
    save('a.png', spriteLike(32, 1));
    writeFileSync(join(folder, 'bad.gpl'), 'GIMP Palette\n1 2 x\n');
    const { code, err } = await run('lint', 'a.png', ...options);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('dgx-pixels diff', () => {
  test('ends with 0 for pictures that look the same and with 1 for others', async () => {
    const sprite = spriteLike(32, 1);
    save('a.png', sprite);
    save('b.png', sprite);
    expect(await run('diff', 'a.png', 'b.png')).toEqual({
      code: 0,
      out: 'a.png and b.png look the same.\n',
      err: '',
    });
    sprite.data.set([9, 8, 7, 255], (16 * 32 + 16) * 4);
    save('b.png', sprite);
    const { code, out } = await run('diff', 'a.png', 'b.png');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^b\.png: 1 cell of 1024 differ \(1 changed, 0 added, 0 removed\), all in 16,16 1x1\.$/m,
    );
    expect(out).toMatch(/^#090807 +added +0 +1$/m);
  });

  test('paints the differences and finds a translation', async () => {
    save('a.png', spriteLike(24, 1));
    save('b.png', putOnto(createImage(32, 32), spriteLike(24, 1), 5, 3));
    const { code, out } = await run('diff', 'a.png', 'b.png', '--align', 'best', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      diffs: [{ box: null, before: { x: 5, y: 3 }, identical: false }],
    });
    expect((await run('diff', 'a.png', 'b.png', '--out', 'new/mask.png', '--mask-only')).code).toBe(
      1,
    );
    expect(load('new/mask.png').image).toMatchObject({ width: 32, height: 32 });
  });

  test('refuses what is missing, no PNG, or contradicts itself with 2', async () => {
    save('a.png', spriteLike(24, 1));
    writeFileSync(join(folder, 'b.png'), 'text');
    for (const [argv, message] of [
      [['a.png', 'c.png'], 'Cannot read'],
      [['a.png', 'b.png'], 'b.png: The file is not a PNG.'],
      [['a.png', 'a.png', '--mask-only'], 'add --out'],
      [['a.png', 'a.png', 'a.png', '--out', 'x.png'], 'name two pictures'],
    ] as const) {
      const { code, err } = await run('diff', ...argv);
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

test('lint says so where there are no PNG files', async () => {
  mkdirSync(join(folder, 'empty'));
  const { code, err } = await run('lint', 'empty');
  expect(code).toBe(0);
  expect(err).toContain('note: there are no PNG files');
});
