import { describe, expect, test } from 'vitest';
import { kittyPicture } from '../../../src/cli/preview/kitty.ts';
import { nodeZlib } from '../../../src/cli/preview/zlib.ts';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { readKittyPicture } from './kitty-reader.ts';
import { difference, NOTHING, paint, randomOf, scatter } from './pictures.ts';

describe('a Kitty picture', () => {
  test.each([1, 16, 100])('of %i pixels square holds every pixel, opacities too', size => {
    const random = randomOf(size);
    const channel = () => Math.floor(random() * 256);
    const image = paint(size, size, () => [channel(), channel(), channel(), channel()]);
    const { png } = readKittyPicture(kittyPicture(image, { columns: 4, rows: 2 }, nodeZlib));
    expect(difference(decodePng(png, nodeZlib).image, image)).toBeNull();
  });

  test('comes in many pieces when it is large', () => {
    const random = randomOf(3);
    const image = paint(100, 100, () => [random() * 255, random() * 255, random() * 255, 255]);
    const text = kittyPicture(image, { columns: 4, rows: 2 }, nodeZlib);
    expect(text.split('\u001b_G').length).toBeGreaterThan(5);
    readKittyPicture(text);
  });

  test.each([3072, 3073, 6144])('of a PNG of %i bytes ends with its last piece', bytes => {
    const image = paint(1, 1, () => NOTHING);
    const packed = (length: number) => ({
      ...nodeZlib,
      deflate: () => new Uint8Array(length),
    });
    const draw = (length: number) =>
      readKittyPicture(kittyPicture(image, { columns: 1, rows: 1 }, packed(length))).png;
    const around = draw(0).length;
    expect(draw(bytes - around)).toHaveLength(bytes);
  });

  test('is shown at once as PNG over its cells, and the terminal does not answer', () => {
    const image = scatter(8, 8, [NOTHING, [1, 2, 3, 255]]);
    const { control } = readKittyPicture(kittyPicture(image, { columns: 40, rows: 21 }, nodeZlib));
    expect(Object.fromEntries(control)).toEqual({
      a: 'T',
      f: '100',
      q: '2',
      c: '40',
      r: '21',
      m: '0',
    });
  });
});
