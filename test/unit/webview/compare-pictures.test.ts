import { describe, expect, it } from 'vitest';
import { createImage, type RgbaImage } from '../../../src/pixels/image.ts';
import { encodePng } from '../../../src/pixels/png/encode.ts';
import { decodePicture } from '../../../src/webview/compare/decode.ts';
import { cellOf, type Decoded, jointOf } from '../../../src/webview/compare/joint.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';

const GRID = { columns: 1, rows: 1 };

/** A picture in which each visible cell has a colour of its own. */
function picture(width: number, height: number, from = 1): RgbaImage {
  const image = createImage(width, height);
  for (let cell = 0; cell < width * height; cell++) {
    image.data.set([(from + cell) % 251, cell % 241, 9, cell % 7 === 0 ? 0 : 255], cell * 4);
  }
  return image;
}

/** Part of another, on a larger canvas. */
function within(image: RgbaImage, width: number, height: number, x: number, y: number): RgbaImage {
  const canvas = createImage(width, height);
  for (let row = 0; row < image.height; row++) {
    const line = image.data.subarray(row * image.width * 4, (row + 1) * image.width * 4);
    canvas.data.set(line, ((y + row) * width + x) * 4);
  }
  return canvas;
}

function sprite(key: string, image: RgbaImage): Decoded {
  return { key, image };
}

describe('a picture of the panel', () => {
  it.each([
    [1, 1],
    [32, 48],
    [300, 200],
  ])('of %d by %d has the very pixels of its file', async (width, height) => {
    const image = picture(width, height);
    expect(await decodePicture(encodePng(image, nodeZlib))).toEqual(image);
  });

  it('is refused when it is broken', async () => {
    const bytes = encodePng(picture(40, 40), nodeZlib);
    await expect(decodePicture(bytes.slice(0, -20))).rejects.toMatchObject({ code: 'truncated' });
    const torn = bytes.slice();
    torn[bytes.length - 30] = (torn[bytes.length - 30] ?? 0) ^ 0xff;
    await expect(decodePicture(torn)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(decodePicture(new Uint8Array(8))).rejects.toMatchObject({ code: 'not-png' });
  });

  it('is refused when it unpacks to more than its size needs', async () => {
    const swollen = encodePng(picture(2, 2), {
      ...nodeZlib,
      deflate: () => nodeZlib.deflate(new Uint8Array(1_000_000), 9),
    });
    await expect(decodePicture(swollen)).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('pictures of one set', () => {
  it('lie over each other where they have the same size', () => {
    const joint = jointOf(
      [sprite('a', picture(8, 8)), null, sprite('b', picture(8, 8, 5))],
      [true, true, true],
      GRID,
    );
    expect(joint.size).toEqual({ width: 8, height: 8 });
    expect(joint.placed.map(each => each?.offset)).toEqual([
      { x: 0, y: 0 },
      undefined,
      { x: 0, y: 0 },
    ]);
  });

  it('of another size lie where most cells are the same', () => {
    const small = picture(8, 8);
    const large = within(small, 12, 10, 3, 2);
    const { placed, size } = jointOf(
      [sprite('small', small), sprite('large', large)],
      [true, true],
      GRID,
    );
    expect(size).toEqual({ width: 12, height: 10 });
    expect(placed.map(each => each?.offset)).toEqual([
      { x: 3, y: 2 },
      { x: 0, y: 0 },
    ]);
    expect(cellOf(placed[0]!, { x: 3, y: 2 })).toEqual({ x: 0, y: 0 });
    expect(cellOf(placed[0]!, { x: 2, y: 2 })).toBeNull();
  });

  it('lie at the corner where a search for a better place would take seconds', () => {
    const dot = createImage(1, 1);
    dot.data.fill(255);
    const whole = createImage(1024, 1024);
    whole.data.fill(255, (900 * 1024 + 1000) * 4, (900 * 1024 + 1001) * 4);
    const { placed, size } = jointOf(
      [sprite('whole', whole), sprite('dot', dot)],
      [true, true],
      GRID,
    );
    expect(placed[1]?.offset).toEqual({ x: 0, y: 0 });
    expect(size).toEqual({ width: 1024, height: 1024 });
  });

  it('are enlarged where a sprite stands for an engine’s picture', () => {
    const { placed, size } = jointOf(
      [sprite('raw', picture(64, 64)), sprite('sprite', picture(8, 8))],
      [true, false],
      GRID,
    );
    expect(placed[1]?.unit).toBe(8);
    expect(size).toEqual({ width: 64, height: 64 });
    expect(cellOf(placed[1]!, { x: 63, y: 9 })).toEqual({ x: 7, y: 1 });
  });

  it('are a frame large when they are sheets', () => {
    const { size } = jointOf([sprite('sheet', picture(64, 32))], [true], { columns: 4, rows: 2 });
    expect(size).toEqual({ width: 16, height: 16 });
  });
});
