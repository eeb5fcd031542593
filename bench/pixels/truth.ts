import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createImage, type RgbaImage } from '../../src/pixels/image.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { BUILTIN_CHECKPOINTS, drawSprite } from '../../src/worker/builtin/art/art.ts';
import { SUBJECTS } from '../../src/worker/builtin/art/subjects.ts';
import { nodeZlib } from '../../src/worker/images/node-zlib.ts';
import { seedOf } from './random.ts';

/** A sprite whose true cells are known. */
export interface Truth {
  name: string;
  size: 16 | 32 | 64;
  image: RgbaImage;
}

/** Share of a sprite that must be opaque: a few dots say nothing about a grid. */
const LEAST_OPAQUE = 0.02;

/** The sprites of a folder of PNG files, or the built-in engine's; 64-cell ones are put together of four where none are there. */
export function loadTruths(folder: string | undefined): Truth[] {
  const sprites = folder === undefined ? builtinSprites() : folderSprites(folder);
  const large = sprites.some(({ size }) => size === 64) ? [] : composites(sprites);
  return [...sprites, ...large];
}

/** Where the real sprites lie beside the checkout, if they do. */
export function defaultFolder(): string | undefined {
  const beside = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'sprites');
  return existsSync(beside) ? beside : undefined;
}

function folderSprites(folder: string): Truth[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.toLowerCase().endsWith('.png'))
    .sort();
  return names.flatMap(name => {
    const { image } = decodePng(readFileSync(join(folder, name)), nodeZlib);
    return truthOf(name.replaceAll('\\', '/'), image);
  });
}

function builtinSprites(): Truth[] {
  const sizes = [16, 32, 64] as const;
  return SUBJECTS.flatMap((subject, at) =>
    sizes.flatMap((size, place) => {
      const checkpoint = BUILTIN_CHECKPOINTS[(at + place) % BUILTIN_CHECKPOINTS.length] ?? '';
      const image = drawSprite({
        ...{ prompt: subject.name, negative: '', seed: at, index: 0, width: size, height: size },
        ...{ checkpoint, loras: [], steps: 20, cfg: 7, sampler: 'euler', scheduler: 'normal' },
        background: 'transparent',
      });
      return truthOf(`${subject.name} ${size}`, image);
    }),
  );
}

function truthOf(name: string, image: RgbaImage): Truth[] {
  const edge = Math.max(image.width, image.height);
  const size = edge === 16 || edge === 32 || edge === 64 ? edge : null;
  if (size === null || image.width !== image.height) return [];
  let opaque = 0;
  for (let i = 3; i < image.data.length; i += 4) if (image.data[i]! >= 128) opaque++;
  return opaque < LEAST_OPAQUE * size * size ? [] : [{ name, size, image }];
}

/** Four 32-cell sprites each, two by two, drawn by the hash of their names; as many as a fifth of the sprites. */
function composites(sprites: readonly Truth[]): Truth[] {
  const small = sprites
    .filter(({ size }) => size === 32)
    .toSorted((a, b) => seedOf(a.name) - seedOf(b.name));
  const result: Truth[] = [];
  for (let i = 0; i + 4 <= small.length; i += 4) {
    const image = createImage(64, 64);
    for (const [place, { image: part }] of small.slice(i, i + 4).entries()) {
      paste(image, part, (place % 2) * 32, (place >> 1) * 32);
    }
    result.push({ name: `composite ${result.length}`, size: 64, image });
  }
  return result;
}

function paste(target: RgbaImage, part: RgbaImage, x: number, y: number): void {
  for (let row = 0; row < part.height; row++) {
    const from = row * part.width * 4;
    const to = ((y + row) * target.width + x) * 4;
    target.data.set(part.data.subarray(from, from + part.width * 4), to);
  }
}
