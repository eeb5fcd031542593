/** Draws the overview pictures of the built-in engine: `node scripts/make-sheet.ts [--out media]`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import { BUILTIN_CHECKPOINTS, BUILTIN_LORAS, drawSprite } from '../src/worker/builtin/art/art.ts';
import type { ArtImage, ArtRequest } from '../src/worker/builtin/art/art.ts';
import { FAMILIES } from '../src/worker/builtin/art/subjects.ts';

type Colour = readonly [number, number, number];

const PAPER: Colour = [43, 45, 58];
const CARD: Colour = [62, 65, 82];
const CARD_ALT: Colour = [68, 71, 89];
const INK: Colour = [222, 224, 232];
const FAINT: Colour = [140, 145, 168];

/** A 3x5 font: five rows of three bits per glyph. */
const FONT: Readonly<Record<string, string>> = {
  a: '25755',
  b: '65656',
  c: '34443',
  d: '65556',
  e: '74647',
  f: '74644',
  g: '34553',
  h: '55755',
  i: '72227',
  j: '11152',
  k: '55655',
  l: '44447',
  m: '57755',
  n: '65555',
  o: '25552',
  p: '65644',
  q: '25573',
  r: '65655',
  s: '34216',
  t: '72222',
  u: '55553',
  v: '55522',
  w: '55775',
  x: '55255',
  y: '55222',
  z: '71247',
  '0': '75557',
  '1': '26227',
  '2': '61247',
  '3': '61216',
  '4': '55711',
  '5': '74616',
  '6': '34757',
  '7': '71222',
  '8': '75757',
  '9': '75716',
  '.': '00002',
  ':': '02020',
  '-': '00700',
  '+': '02720',
  '#': '57575',
  ',': '00024',
  '/': '11244',
};

class Picture {
  readonly width: number;
  readonly height: number;
  readonly #data: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#data = new Uint8Array(width * height * 3);
    this.fill(0, 0, width, height, PAPER);
  }

  fill(left: number, top: number, width: number, height: number, colour: Colour): void {
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      for (let x = Math.max(0, left); x < Math.min(this.width, left + width); x++)
        this.#data.set(colour, (y * this.width + x) * 3);
    }
  }

  /** Draws a sprite enlarged by whole steps over a quiet chequered card. */
  sprite(image: ArtImage, left: number, top: number, scale: number): void {
    const size = 8 * scale;
    for (let y = 0; y < image.height * scale; y += size) {
      for (let x = 0; x < image.width * scale; x += size) {
        const wide = Math.min(size, image.width * scale - x);
        const high = Math.min(size, image.height * scale - y);
        this.fill(left + x, top + y, wide, high, (x + y) % (2 * size) === 0 ? CARD : CARD_ALT);
      }
    }
    for (let y = 0; y < image.height; y++) {
      for (let x = 0; x < image.width; x++) {
        const i = (y * image.width + x) * 4;
        if (image.data[i + 3] === 0) continue;
        const colour: Colour = [image.data[i] ?? 0, image.data[i + 1] ?? 0, image.data[i + 2] ?? 0];
        this.fill(left + x * scale, top + y * scale, scale, scale, colour);
      }
    }
  }

  text(text: string, left: number, top: number, scale: number, colour: Colour): void {
    for (const [i, letter] of [...text.toLowerCase()].entries()) {
      const glyph = FONT[letter];
      if (glyph === undefined) continue;
      for (const [row, bits] of [...glyph].entries()) {
        for (let bit = 0; bit < 3; bit++) {
          if ((Number(bits) >> (2 - bit)) & 1)
            this.fill(left + (i * 4 + bit) * scale, top + row * scale, scale, scale, colour);
        }
      }
    }
  }

  png(): Buffer {
    const lines = Buffer.alloc(this.height * (this.width * 3 + 1));
    for (let y = 0; y < this.height; y++) {
      const from = y * this.width * 3;
      lines.set(this.#data.subarray(from, from + this.width * 3), y * (this.width * 3 + 1) + 1);
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(lines, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}

function draw(prompt: string, size: number, change: Partial<ArtRequest> = {}): ArtImage {
  return drawSprite({
    prompt,
    negative: '',
    seed: 7,
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
    ...change,
  });
}

/** A prompt that asks for a subject by its plainest words. */
const PROMPTS: Readonly<Record<string, string>> = {
  grass: 'grass tile',
  icefield: 'ice tile',
  eye: 'beholder',
  chicken: 'hen',
  relic: 'relic',
  critter: 'monster',
};

function subjectSheet(): Picture {
  const scale = 3;
  const cell = 32 * scale;
  const trio = 3 * cell + 8;
  const columns = 4;
  const gap = 22;
  const line = cell + 30;
  const margin = 24;
  const rows = FAMILIES.reduce(
    (sum, family) => sum + Math.ceil(family.subjects.length / columns),
    0,
  );
  const picture = new Picture(
    2 * margin + columns * trio + (columns - 1) * gap,
    80 + FAMILIES.length * 34 + rows * line + margin,
  );
  picture.text(
    'built-in engine: every subject at 32 x 32, checkpoints arcade - storybook - gameboy',
    margin,
    24,
    3,
    INK,
  );
  let top = 64;
  for (const family of FAMILIES) {
    picture.text(family.title, margin, top + 8, 3, FAINT);
    picture.fill(
      margin + family.title.length * 12 + 8,
      top + 14,
      picture.width - 2 * margin - family.title.length * 12 - 8,
      1,
      CARD_ALT,
    );
    top += 34;
    for (const [i, subject] of family.subjects.entries()) {
      const left = margin + (i % columns) * (trio + gap);
      const y = top + Math.floor(i / columns) * line;
      for (const [k, checkpoint] of BUILTIN_CHECKPOINTS.entries()) {
        picture.sprite(
          draw(PROMPTS[subject.name] ?? subject.name, 32, { checkpoint, seed: 11 + i }),
          left + k * (cell + 4),
          y,
          scale,
        );
      }
      picture.text(PROMPTS[subject.name] ?? subject.name, left, y + cell + 6, 2, INK);
    }
    top += Math.ceil(family.subjects.length / columns) * line;
  }
  return picture;
}

interface Strip {
  readonly title: string;
  readonly scale: number;
  readonly sprites: readonly { readonly image: ArtImage; readonly label?: string }[];
}

function tiled(prompt: string, change: Partial<ArtRequest>): ArtImage {
  const one = draw(prompt, 32, change);
  const data = new Uint8ClampedArray(64 * 64 * 4);
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 64; x++) {
      const from = ((y % 32) * 32 + (x % 32)) * 4;
      data.set(one.data.subarray(from, from + 4), (y * 64 + x) * 4);
    }
  }
  return { width: 64, height: 64, data };
}

function strips(): Strip[] {
  const many = (prompts: readonly string[], change: Partial<ArtRequest> = {}): Strip['sprites'] =>
    prompts.map(prompt => ({ image: draw(prompt, 32, change), label: prompt }));
  const seeds = (prompt: string): Strip['sprites'] =>
    Array.from({ length: 12 }, (_, i) => ({ image: draw(prompt, 32, { seed: 20 + i }) }));
  const lora = (prompt: string, name: string | undefined): Strip['sprites'] =>
    [-1, -0.5, 0, 0.5, 1, 1.5, 2].map(strength => ({
      image: draw(prompt, 32, { loras: [{ name: name ?? '', strength }] }),
      label: `${prompt} ${strength.toFixed(1)}`,
    }));
  return [
    ...['sword', 'knight', 'potion', 'dragon'].map(prompt => ({
      title: `sizes 16 24 32 48 64: ${prompt}`,
      scale: 3,
      sprites: [16, 24, 32, 48, 64].flatMap(size =>
        [1, 2].map(seed => ({ image: draw(prompt, size, { seed }) })),
      ),
    })),
    ...['potion', 'sword', 'shield', 'mage', 'tree', 'monster'].map(prompt => ({
      title: `seeds: ${prompt}`,
      scale: 3,
      sprites: seeds(prompt),
    })),
    {
      title: 'materials',
      scale: 3,
      sprites: many([
        'gold sword',
        'bone sword',
        'ice sword',
        'obsidian axe',
        'emerald key',
        'copper coin',
        'ruby ring',
        'wooden shield',
        'stone hammer',
        'crystal dagger',
        'jade pot',
        '#ff4fa0 potion',
      ]),
    },
    {
      title: 'effects',
      scale: 3,
      sprites: many([
        'rusty sword',
        'flaming sword',
        'frozen axe',
        'poisoned dagger',
        'broken sword',
        'magic gem',
        'glowing key',
        'ancient shield',
        'mossy chest',
        'fire skull',
        'ice slime',
        'tiny apple',
      ]),
    },
    {
      title: 'parts',
      scale: 3,
      sprites: many([
        'knight red plume',
        'golden knight',
        'mage green robe',
        'goblin mage',
        'skeleton bow',
        'blue dragon',
        'open chest',
        'open book',
        'dead tree',
        'cherry tree',
        'tree stump',
        'white cat',
      ]),
    },
    { title: 'lora glow', scale: 3, sprites: lora('gem', BUILTIN_LORAS[0]) },
    { title: 'lora winter', scale: 3, sprites: lora('house', BUILTIN_LORAS[1]) },
    {
      title: 'tiles, two by two',
      scale: 2,
      sprites: [
        'floor',
        'stone wall',
        'grass tile',
        'water tile',
        'lava tile',
        'planks',
        'cobblestone floor',
        'dirt',
      ].map(prompt => ({ image: tiled(prompt, { seed: 3 }), label: prompt })),
    },
    {
      title: 'words nobody knows',
      scale: 3,
      sprites: many([
        'qwerty',
        'zorblax',
        'flumph',
        'ünïcödé',
        'gribble',
        'wug',
        'snark',
        'mimsy',
        'borogove',
        'jubjub',
        'frumious',
        'vorpal',
      ]),
    },
  ];
}

function styleSheet(): Picture {
  const all = strips();
  const margin = 24;
  const gap = 8;
  const height = (strip: Strip): number =>
    Math.max(...strip.sprites.map(s => s.image.height)) * strip.scale +
    (strip.sprites.some(s => s.label) ? 52 : 38);
  const width = (strip: Strip): number =>
    strip.sprites.reduce((sum, s) => sum + s.image.width * strip.scale + gap, -gap);
  const picture = new Picture(
    2 * margin + Math.max(...all.map(width)),
    2 * margin + all.reduce((sum, strip) => sum + height(strip), 0),
  );
  let top = margin;
  for (const strip of all) {
    picture.text(strip.title, margin, top, 3, FAINT);
    let left = margin;
    for (const { image, label } of strip.sprites) {
      picture.sprite(image, left, top + 22, strip.scale);
      const room = Math.floor((image.width * strip.scale) / 8);
      if (label !== undefined)
        picture.text(label.slice(0, room), left, top + 26 + image.height * strip.scale, 2, INK);
      left += image.width * strip.scale + gap;
    }
    top += height(strip);
  }
  return picture;
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'media' } } });
mkdirSync(values.out, { recursive: true });
for (const [name, picture] of [
  ['sheet.png', subjectSheet()],
  ['sheet-styles.png', styleSheet()],
] as const) {
  const bytes = picture.png();
  writeFileSync(join(values.out, name), bytes);
  console.log(
    `${join(values.out, name)}: ${picture.width}x${picture.height}, ${Math.round(bytes.length / 1024)} kB`,
  );
}
