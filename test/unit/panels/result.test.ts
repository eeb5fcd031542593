import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { USUAL_PIXELS } from '../../../src/protocol/pixels.ts';
import { decodePicture } from '../../../src/extension/panels/result/result-part.ts';
import { recipeSheet } from '../../../src/extension/panels/result/recipe-rows.ts';
import type { FoundRecipe } from '../../../src/extension/recipe/find-recipe.ts';
import { crc32 } from '../../../src/pixels/png/crc32.ts';
import { encodePng } from '../../../src/pixels/png/encode.ts';

const zlib = {
  inflate: () => new Uint8Array(),
  deflate: (bytes: Uint8Array, level: number) => deflateSync(bytes, { level }),
};

describe('a picture for the result editor', () => {
  it('has the file’s own bytes, also of colours that are half transparent', () => {
    const data = Uint8ClampedArray.from([
      10, 20, 30, 1, 200, 100, 50, 128, 0, 0, 0, 0, 1, 2, 3, 255,
    ]);
    const picture = decodePicture(encodePng({ width: 2, height: 2, data }, zlib));
    expect([...picture.pixels]).toEqual([...data]);
    expect(picture).toMatchObject({ width: 2, height: 2, colors: 3 });
    expect(picture.pixels.constructor).toBe(Uint8Array);
    expect(picture.pixels.buffer.byteLength).toBe(16);
  });

  it.each([
    ['not-png', new TextEncoder().encode('this is text')],
    [
      'truncated',
      encodePng({ width: 8, height: 8, data: new Uint8ClampedArray(256) }, zlib).slice(0, 60),
    ],
  ])('is refused with the code %s', (code, bytes) => {
    expect(() => decodePicture(bytes)).toThrow(expect.objectContaining({ code }));
  });

  it('is refused when it is larger than a page can show, before it is unpacked', () => {
    const large = encodePng({ width: 8, height: 8, data: new Uint8ClampedArray(256) }, zlib);
    const header = new DataView(large.buffer);
    header.setUint32(16, 8192);
    header.setUint32(20, 8192);
    header.setUint32(29, crc32(large.subarray(12, 29)));
    expect(() => decodePicture(large)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});

const found: FoundRecipe = {
  recipe: {
    workflow: 'sprite-sdxl',
    graph: 'a'.repeat(64),
    prompt: 'rusty sword',
    negative: '',
    size: [32, 48],
    renderSize: [1024, 1536],
    seed: 0,
    steps: 24,
    cfg: 6.5,
    sampler: 'euler',
    scheduler: 'normal',
    checkpoint: 'pixel.safetensors',
    vae: null,
    loras: [{ name: 'outline', strength: 0.8, clipStrength: 0.5 }],
    init: null,
    batch: 4,
    batchIndex: 1,
    pixels: USUAL_PIXELS,
  },
  recipeDigest: 'b'.repeat(64),
  engine: { engine: 'builtin', version: '1.0.0', server: 'local', models: [] },
  placeholder: true,
};

describe('a recipe beside its picture', () => {
  it('shows each value as it is copied, and leaves out what there is not', () => {
    const { rows, placeholder } = recipeSheet(found);
    const values = Object.fromEntries(rows.map(({ id, value }) => [id, value]));
    expect(values).toMatchObject({
      prompt: 'rusty sword',
      size: '32 × 48',
      seed: '0',
      cfg: '6.5',
      loras: 'outline × 0.8 / 0.5',
      batch: 'image 2 of 4',
      engine: 'builtin 1.0.0',
      digest: 'b'.repeat(64),
    });
    expect(Object.keys(values)).not.toContain('negative');
    expect(Object.keys(values)).not.toContain('vae');
    expect(Object.keys(values)).not.toContain('init');
    expect(placeholder).toBe(true);
  });

  it('shows what is whole of a file that says rubbish of itself', () => {
    const rubbish = { prompt: 'sword', seed: {}, size: 3, loras: 'none', pixels: null, steps: 20 };
    const { rows } = recipeSheet({ ...found, engine: null, recipe: rubbish as never });
    expect(rows.map(({ id, value }) => [id, value])).toEqual([
      ['prompt', 'sword'],
      ['steps', '20'],
      ['digest', 'b'.repeat(64)],
    ]);
  });
});
