import {
  existsSync,
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
import { nodeZlib } from '../../src/cli/preview/zlib.ts';
import { runProgram } from '../../src/cli/program.ts';
import { createImage, type RgbaImage } from '../../src/pixels/image.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { encodePng } from '../../src/pixels/png/encode.ts';
import { drawSprite } from '../../src/worker/builtin/art/art.ts';
import { type Imperfections, renderLarge } from '../../src/worker/builtin/art/render.ts';
import { builtinTruth, rightShare } from '../helpers/builtin-truth.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import { fakeContext } from '../unit/cli/fake-context.ts';

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
  const code = await runProgram(['fix', ...argv], context);
  return { code, out: context.stdout.text, err: context.stderr.text };
}

const drawing = (prompt: string, cells: number) => ({
  ...{ prompt, negative: '', seed: 11, index: 0, width: cells, height: cells },
  ...{ checkpoint: 'builtin/arcade.safetensors', loras: [] },
  ...{ steps: 24, cfg: 7, sampler: 'euler', scheduler: 'normal' },
});

/** A picture as a model would draw it. */
function large(
  prompt: string,
  cells: number,
  faults: Imperfections = { blur: 1, noise: 6, jpeg: 90 },
) {
  const edge = 512;
  const sprite = drawSprite({ ...drawing(prompt, cells), background: 'flat' });
  const imperfections = { pitch: edge / cells, ...faults };
  return renderLarge(sprite, { width: edge, height: edge, seed: 3, imperfections });
}

function save(name: string, image: RgbaImage): void {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, encodePng(image, nodeZlib, { level: 1 }));
}

const load = (name: string) => decodePng(readFileSync(join(folder, name)), nodeZlib).image;

function colorsOf({ data }: RgbaImage): Set<string> {
  const colors = new Set<string>();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] !== 0) colors.add(Buffer.from(data.subarray(at, at + 3)).toString('hex'));
  }
  return colors;
}

describe('fix', () => {
  test('makes true pixels of smeared pictures in folders, and tells what it found', async () => {
    save('drawn/sword.png', large('rusty sword', 32));
    save('drawn/deep/potion.png', large('health potion', 32));
    const { code, out, err } = await run('drawn', '-o', 'assets', '--size', '32');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^FILE +PITCH +SURE +SPRITE +COLOURS +FIT$/m);
    expect(out).toMatch(/^assets\/deep\/potion\.png +16 +\d+ % +32x32 +\d+→\d+$/m);
    expect(out).toContain('2 pictures fixed.');
    for (const [name, prompt] of [
      ['assets/sword.png', 'rusty sword'],
      ['assets/deep/potion.png', 'health potion'],
    ] as const) {
      expect(rightShare(load(name), builtinTruth(drawing(prompt, 32)), 16)).toBeGreaterThan(0.99);
    }
  });

  test('reduces, keeps or refuses more cells than wanted, and says which', async () => {
    save('knight.png', large('wizard with staff', 64));
    const reduced = await run('knight.png', '-o', 'r.png', '--size', '32');
    expect(reduced.out).toContain('reduced 64→32');
    expect(load('r.png')).toMatchObject({ width: 32, height: 32 });
    const kept = await run('knight.png', '-o', 'k.png', '--size', '32', '--fit', 'keep');
    expect(kept.err).toMatch(/^warning: knight\.png: The sprite is 64x64, not the 32x32 wanted/m);
    expect(load('k.png').width).toBe(64);
    const failed = await run('knight.png', '-o', 'f.png', '--size', '32', '--fit', 'fail');
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.err).toMatch(
      /^error: knight\.png: The picture holds .* more than the 32x32 wanted/m,
    );
    expect(existsSync(join(folder, 'f.png'))).toBe(false);
  });

  test('takes colours of a file, as many as are wanted, or all of them', async () => {
    save('a.png', large('red dragon', 32));
    writeFileSync(join(folder, 'four.hex'), '1a1c2c\nb13e53\nef7d57\nf4f4f4\n');
    await run('a.png', '-o', 'file.png', '--palette', 'four.hex');
    const four = ['1a1c2c', 'b13e53', 'ef7d57', 'f4f4f4'];
    expect(four).toEqual(expect.arrayContaining([...colorsOf(load('file.png'))]));
    await run('a.png', '-o', 'five.png', '--palette', '5', '--dither', 'checker');
    expect(colorsOf(load('five.png')).size).toBeLessThanOrEqual(5);
    await run('a.png', '-o', 'all.png', '--no-palette', '--no-cleanup', '--no-background');
    expect(colorsOf(load('all.png')).size).toBeGreaterThan(40);
    expect(load('all.png').data[3]).toBe(255);
    await run('a.png', '-o', 'framed.png', '--outline', 'add', '--outline-color', '#00ff00');
    expect(colorsOf(load('framed.png'))).toContain('00ff00');
  });

  test('shares grid and canvas over frames', async () => {
    save('walk/0.png', large('skeleton warrior', 32));
    save('walk/1.png', large('skeleton warrior', 32, { noise: 20, blur: 2 }));
    const { code, out } = await run('walk', '--frames', '-o', 'out', '--size', '32', '--json');
    expect(code).toBe(0);
    const { files } = JSON.parse(out) as { files: { grid: unknown; size: number[] }[] };
    expect(files).toHaveLength(2);
    expect(files[0]!.grid).toEqual(files[1]!.grid);
    save('walk/2.png', createImage(64, 64));
    const uneven = await run('walk', '--frames', '-o', 'other');
    expect(uneven).toMatchObject({ code: 1 });
    expect(uneven.err).toContain('must be of one size');
    expect(existsSync(join(folder, 'other'))).toBe(false);
  });

  test('writes nothing without --out, and never over another file by itself', async () => {
    save('a.png', large('golden ring', 16));
    const before = readFileSync(join(folder, 'a.png'));
    expect((await run('a.png')).out).toContain('1 picture looked at, nothing written.');
    expect(readdirSync(folder)).toEqual(['a.png']);
    for (const out of ['a.png', '.']) {
      const refused = await run('a.png', '-o', out);
      expect(refused.code).toBe(1);
      expect(refused.err).toContain('would replace its own picture');
      expect(readFileSync(join(folder, 'a.png'))).toEqual(before);
    }
    expect((await run('a.png', '-o', 'b.png')).code).toBe(0);
    expect((await run('a.png', '-o', 'b.png')).code).toBe(0);
    expect((await run('a.png', '-o', 'b.png', '--palette', '2')).err).toContain('--force');
    expect((await run('a.png', '-o', 'b.png', '--palette', '2', '--force')).code).toBe(0);
    expect((await run('a.png', '-o', 'a.png', '--force')).code).toBe(0);
    expect(load('a.png')).toMatchObject({ width: 16, height: 16 });
  });

  test('does not take its own results for pictures, nor write two of one name to one place', async () => {
    save('a/x.png', large('golden ring', 16));
    save('b/x.png', large('oak tree', 16));
    const both = await run('a/x.png', 'b/x.png', '-o', 'out');
    expect(both.code).toBe(1);
    expect(both.err).toContain('was written there just now');
    await run('.', '-o', 'fixed');
    const again = await run('.', '-o', 'fixed', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ summary: { files: 3, failed: 0 } });
    expect((await run('a', 'b', '-o', 'one.png')).code).toBe(2);
  });

  test('fails on doubtful cells only when it is to be strict, and says so either way', async () => {
    const noise = createImage(200, 200);
    let state = 1;
    for (let at = 0; at < noise.data.length; at++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      noise.data[at] = at % 4 === 3 ? 255 : state >>> 24;
    }
    save('noise.png', noise);
    const lax = await run('noise.png', '--size', '16');
    expect(lax.code).toBe(0);
    expect(lax.out).toContain('1 of them with little certainty');
    expect(lax.err).toMatch(/^warning: noise\.png: /m);
    expect((await run('noise.png', '--size', '16', '--strict')).code).toBe(1);
  });
});

describe('bad input of fix', () => {
  const text = (name: string, content: string) => writeFileSync(join(folder, name), content);

  test('pictures that are tiny, clear, or smaller than the sprite give one with a warning or fit', async () => {
    save('one.png', createImage(1, 1));
    save('clear.png', createImage(64, 64));
    const dot = createImage(1, 1);
    dot.data.fill(255);
    save('dot.png', dot);
    const { code, out, err } = await run('.', '-o', 'out', '--size', '32');
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: one\.png: The picture is wholly transparent\.$/m);
    expect(err).toMatch(/^warning: clear\.png: The picture is wholly transparent\.$/m);
    expect(out).toMatch(/^out\/dot\.png .*32x32/m);
    for (const name of ['one', 'clear', 'dot']) {
      expect(load(`out/${name}.png`)).toMatchObject({ width: 32, height: 32 });
    }
  });

  test('files that are no whole PNG fail one by one, the others are fixed', async () => {
    save('good.png', large('golden ring', 16));
    text('text.png', 'hello');
    text('empty.png', '');
    writeFileSync(
      join(folder, 'torn.png'),
      readFileSync(join(folder, 'good.png')).subarray(0, 900),
    );
    const { code, err, out } = await run('.', '-o', 'out');
    expect(code).toBe(1);
    expect(err).toMatch(/^error: text\.png: The file is not a PNG\.$/m);
    expect(err).toMatch(/^error: empty\.png: The file is not a PNG\.$/m);
    expect(err).toMatch(/^error: torn\.png: The PNG ends too early/m);
    expect(out).toContain('1 picture fixed; 3 failed.');
    expect(readdirSync(join(folder, 'out'))).toEqual(['good.png']);
    expect((await run('nothere.png')).code).toBe(2);
  });

  test('palettes of 0, 300 or malformed colours are refused with the place to mend', async () => {
    save('a.png', large('golden ring', 16));
    text('none.hex', '');
    text('bad.gpl', 'GIMP Palette\nName: x\n1 2\n');
    text(
      'many.hex',
      Array.from({ length: 300 }, (_, n) => n.toString(16).padStart(6, '0')).join('\n'),
    );
    text('one.hex', 'ff0000\n');
    const cases: [string, RegExp][] = [
      ['none.hex', /none\.hex: The palette has no colours/],
      ['bad.gpl', /bad\.gpl: Line 3:/],
      ['many.hex', /many\.hex: the palette has 300 colours; a sprite takes at most 256/],
      ['0', /takes 1 to 256 colours.*given 0/],
      ['300', /takes 1 to 256 colours.*given 300/],
      ['absent.hex', /absent\.hex/],
    ];
    for (const [palette, message] of cases) {
      const { code, err } = await run('a.png', '-o', 'b.png', '--palette', palette);
      expect(code, palette).toBe(2);
      expect(err).toMatch(message);
    }
    expect((await run('a.png', '-o', 'red.png', '--palette', 'one.hex')).code).toBe(0);
    expect(colorsOf(load('red.png'))).toEqual(new Set(['ff0000']));
  });
});

const sharp = await import('sharp').then(
  module => module.default,
  () => null,
);

requireOrSkip('fix on other kinds of files', () =>
  sharp === null ? 'sharp is not installed' : undefined,
)('fix on other kinds of files', () => {
  const raw = (image: RgbaImage) =>
    sharp!(image.data, { raw: { width: image.width, height: image.height, channels: 4 } });

  test('reads 16 bits, grey, indexed and interlaced PNG, and passes JPEG and the like over', async () => {
    const picture = large('red dragon', 32, {});
    const path = (name: string) => join(folder, name);
    await raw(picture).toColourspace('rgb16').png().toFile(path('sixteen.png'));
    await raw(picture).greyscale().png().toFile(path('grey.png'));
    await raw(picture).png({ palette: true, colours: 64 }).toFile(path('indexed.png'));
    await raw(picture).png({ progressive: true }).toFile(path('interlaced.png'));
    await raw(picture).toColourspace('cmyk').jpeg().toFile(path('cmyk.jpg'));
    const { code, out, err } = await run('.', '--size', '32', '-o', 'out');
    expect(code).toBe(0);
    expect(err).toMatch(/^note: passed over 1 picture in other formats than PNG$/m);
    expect(out.match(/ 16 +100 % +32x32/g)).toHaveLength(4);
    const refused = await run('cmyk.jpg');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('It is a JPEG file; only PNG is read here.');
  });

  test('copes with a picture of 8192x8192', async () => {
    const picture = large('rusty sword', 32, {});
    await raw(picture)
      .resize(8192, 8192, { kernel: 'nearest' })
      .png({ compressionLevel: 1 })
      .toFile(join(folder, 'huge.png'));
    const { code, out } = await run(...'huge.png --size 32 -o small.png'.split(' '));
    expect(code).toBe(0);
    expect(out).toMatch(/256 +100 % +32x32/);
    expect(rightShare(load('small.png'), builtinTruth(drawing('rusty sword', 32)), 16)).toBe(1);
  });

  test('says so where there are no PNG files', async () => {
    mkdirSync(join(folder, 'empty'));
    const { code, err } = await run('empty');
    expect(code).toBe(0);
    expect(err).toContain('note: there are no PNG files');
  });
});
