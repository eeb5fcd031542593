/** Draws the extension's icons and the walkthrough's pictures: `node scripts/make-media.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { createImage, type RgbaImage } from '../src/pixels/image.ts';
import { encodePng } from '../src/pixels/png/encode.ts';
import { BUILTIN_CHECKPOINTS, drawSprite } from '../src/worker/builtin/art/art.ts';

const zlib = {
  inflate: (bytes: Uint8Array) => inflateSync(bytes),
  deflate: (bytes: Uint8Array, level: number) => deflateSync(bytes, { level }),
};

const NIGHT = 0x2b2d3aff;
const CARD = 0x3e4152ff;
const LINE = 0x5b607aff;
const FAINT = 0x8c91a8ff;
const BRIGHT = 0xdee0e8ff;
const GREEN = 0x2fc79aff;

/** A flask, the product's sign: a letter a cell. */
const FLASK = `
................
......kkkk......
......kcCk......
......kcCk......
.....kkkkkk.....
......kgGk......
......kgGk......
.....kgggGk.....
....kgwggGGk....
...kgwllllLGk...
..kglwllllLLDk..
..kllllpllLLDk..
..klllllllLLDk..
..kLllplLLLDDk..
...kLLLLLDDDk...
....kkkkkkkk....`.trim();

const INKS: Readonly<Record<string, number>> = {
  k: 0x15162aff,
  c: 0xd9a05bff,
  C: 0x9b6534ff,
  g: 0xd8eef7ff,
  G: 0x8fb5c9ff,
  w: 0xffffffff,
  l: 0x7cf0c4ff,
  L: GREEN,
  D: 0x15806fff,
  p: 0xe9fff7ff,
};

class Canvas {
  readonly image: RgbaImage;

  constructor(width: number, height: number) {
    this.image = createImage(width, height);
  }

  fill(left: number, top: number, width: number, height: number, color: number): void {
    const { image } = this;
    const bytes = [color >>> 24, (color >>> 16) & 255, (color >>> 8) & 255, color & 255];
    for (let y = Math.max(0, top); y < Math.min(image.height, top + height); y++) {
      for (let x = Math.max(0, left); x < Math.min(image.width, left + width); x++) {
        image.data.set(bytes, (y * image.width + x) * 4);
      }
    }
  }

  /** A filled box whose corners lack steps of `cut` pixels. */
  box(left: number, top: number, width: number, height: number, color: number, cut = 4): void {
    this.fill(left + 2 * cut, top, width - 4 * cut, height, color);
    this.fill(left + cut, top + cut, width - 2 * cut, height - 2 * cut, color);
    this.fill(left, top + 2 * cut, width, height - 4 * cut, color);
  }

  paste(picture: RgbaImage, left: number, top: number, scale: number): void {
    for (let y = 0; y < picture.height; y++) {
      for (let x = 0; x < picture.width; x++) {
        const at = (y * picture.width + x) * 4;
        const [r = 0, g = 0, b = 0, a = 0] = picture.data.subarray(at, at + 4);
        if (a === 0) continue;
        const color = ((r << 24) | (g << 16) | (b << 8) | a) >>> 0;
        this.fill(left + x * scale, top + y * scale, scale, scale, color);
      }
    }
  }

  flask(left: number, top: number, scale: number): void {
    for (const [y, row] of FLASK.split('\n').entries()) {
      for (const [x, letter] of Array.from(row).entries()) {
        const ink = INKS[letter];
        if (ink !== undefined) this.fill(left + x * scale, top + y * scale, scale, scale, ink);
      }
    }
  }

  checker(left: number, top: number, width: number, height: number, side: number): void {
    for (let y = 0; y < height; y += side) {
      for (let x = 0; x < width; x += side) {
        const color = ((x + y) / side) % 2 === 0 ? CARD : NIGHT;
        this.fill(left + x, top + y, Math.min(side, width - x), Math.min(side, height - y), color);
      }
    }
  }

  write(path: string): void {
    const file = join(import.meta.dirname, '..', 'media', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, encodePng(this.image, zlib));
    process.stdout.write(`${file}\n`);
  }
}

function sprite(prompt: string, size: number, seed = 7): RgbaImage {
  const { width, height, data } = drawSprite({
    prompt,
    negative: '',
    seed,
    index: 0,
    width: size,
    height: size,
    checkpoint: BUILTIN_CHECKPOINTS[0] ?? '',
    loras: [],
    steps: 20,
    cfg: 7,
    sampler: 'euler',
    scheduler: 'normal',
    background: 'transparent',
  });
  return { width, height, data };
}

function scene(): Canvas {
  const canvas = new Canvas(640, 400);
  canvas.box(0, 0, 640, 400, NIGHT);
  return canvas;
}

/** A line of text that is not to be read. */
function textBars(canvas: Canvas, left: number, top: number, widths: readonly number[]): void {
  let x = left;
  for (const width of widths) {
    canvas.fill(x, top, width, 8, FAINT);
    x += width + 10;
  }
}

function drawIcon(): void {
  const canvas = new Canvas(256, 256);
  canvas.box(0, 0, 256, 256, NIGHT, 8);
  canvas.box(8, 8, 240, 240, CARD, 8);
  canvas.flask(16, 8, 14);
  for (const [x, y] of [
    [38, 52],
    [206, 66],
    [192, 38],
  ] as const) {
    canvas.fill(x, y - 7, 7, 21, BRIGHT);
    canvas.fill(x - 7, y, 21, 7, BRIGHT);
  }
  canvas.write('icons/icon.png');
}

function drawFirst(): void {
  const canvas = scene();
  canvas.box(60, 36, 520, 48, CARD);
  canvas.fill(80, 50, 4, 20, GREEN);
  textBars(canvas, 96, 56, [56, 72, 40, 88, 48]);
  for (let row = 0; row < 4; row++)
    canvas.fill(296 + row * 8, 92 + row * 8, 48 - row * 16, 8, GREEN);
  canvas.checker(200, 136, 240, 240, 15);
  canvas.paste(sprite('rusty sword', 32), 208, 144, 7);
  canvas.write('walkthrough/first.png');
}

function drawLook(): void {
  const canvas = scene();
  const picture = sprite('healing potion', 16);
  canvas.checker(32, 24, 352, 352, 11);
  canvas.paste(picture, 32, 24, 22);
  for (let n = 0; n <= 16; n++) {
    canvas.fill(32 + n * 22, 24, 1, 352, LINE);
    canvas.fill(32, 24 + n * 22, 352, 1, LINE);
  }
  for (const [out, color] of [
    [3, 0x000000ff],
    [2, 0xffffffff],
  ] as const) {
    const [x, y] = [32 + 8 * 22, 24 + 9 * 22];
    canvas.fill(x - out, y - out, 23 + 2 * out, 1, color);
    canvas.fill(x - out, y + 22 + out, 23 + 2 * out, 1, color);
    canvas.fill(x - out, y - out, 1, 23 + 2 * out, color);
    canvas.fill(x + 22 + out, y - out, 1, 23 + 2 * out, color);
  }
  canvas.box(412, 24, 196, 352, CARD);
  canvas.paste(picture, 430, 44, 2);
  for (let n = 0; n < 6; n++) {
    textBars(canvas, 430, 104 + n * 44, [40]);
    textBars(canvas, 430, 120 + n * 44, n === 0 ? [64, 72] : [72 + ((n * 31) % 56)]);
  }
  canvas.write('walkthrough/look.png');
}

const MANY = [
  'rusty sword',
  'healing potion',
  'wooden shield',
  'gold coin',
  'treasure chest',
  'red gem',
  'iron key',
  'magic scroll',
  'mushroom',
  'skeleton',
  'green slime',
  'knight',
  'apple',
  'bow',
  'torch',
  'helmet',
  'ring',
  'bomb',
];

function drawMany(): void {
  const canvas = scene();
  for (const [n, prompt] of MANY.entries()) {
    const x = 20 + (n % 6) * 102;
    const y = 38 + Math.floor(n / 6) * 112;
    canvas.box(x, y, 92, 100, CARD);
    canvas.paste(sprite(prompt, 32), x + 14, y + 18, 2);
  }
  canvas.write('walkthrough/many.png');
}

function drawVary(): void {
  const canvas = scene();
  canvas.box(40, 100, 200, 200, CARD);
  canvas.paste(sprite('green slime', 32), 60, 120, 5);
  for (let n = 0; n < 3; n++) {
    const y = 30 + n * 120;
    canvas.fill(240, 196, 60, 8, LINE);
    canvas.fill(300, 76, 8, 248, LINE);
    canvas.fill(300, y + 46, 60, 8, LINE);
    canvas.box(360, y, 100, 100, CARD);
    canvas.paste(sprite('green slime', 32, 20 + n), 378, y + 18, 2);
  }
  canvas.write('walkthrough/vary.png');
}

function drawSpark(): void {
  const canvas = scene();
  canvas.box(60, 90, 220, 150, LINE);
  canvas.box(70, 100, 200, 130, CARD);
  canvas.paste(sprite('knight', 32), 138, 122, 2);
  canvas.fill(154, 240, 32, 30, LINE);
  canvas.fill(116, 270, 108, 10, LINE);
  for (let x = 292; x < 400; x += 24) canvas.fill(x, 176, 12, 8, GREEN);
  canvas.box(412, 110, 168, 140, LINE);
  canvas.box(420, 118, 152, 124, CARD);
  canvas.flask(456, 136, 5);
  for (let x = 428; x < 564; x += 12) canvas.fill(x, 226, 6, 8, FAINT);
  canvas.write('walkthrough/spark.png');
}

for (const draw of [drawIcon, drawFirst, drawLook, drawMany, drawVary, drawSpark]) draw();
