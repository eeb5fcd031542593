import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createImage } from '../../../src/pixels/image.ts';
import { isCompletePng, readPngText, withPngText } from '../../../src/pixels/png-text.ts';
import { encodePng } from '../../../src/pixels/png/encode.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';
import { chunk, join, makePng, randomPng } from './make-png.ts';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

const plain = randomPng({ colorType: 6, bitDepth: 8 }, 6, 5, {
  interlaced: false,
  clear: false,
  seed: 9,
});
const bare = makePng(plain);
const full = makePng({
  ...plain,
  extra: [
    chunk('tEXt', latin1('Author\0Zoë')),
    chunk('zTXt', join(latin1('long\0\0'), deflateSync('x'.repeat(1000)))),
    chunk('iTXt', join(latin1('prompt\0\0\0de\0Eingabe\0'), utf8('剣 🗡️'))),
    chunk('iTXt', join(latin1('packed\0\x01\0\0\0'), deflateSync(utf8('剣')))),
    chunk('eXIf', [1, 2, 3]),
    chunk('tIME', [7, 0, 1, 1, 0, 0, 0]),
    chunk('pHYs', [0, 0, 0, 1, 0, 0, 0, 1, 0]),
  ],
});

describe('readPngText', () => {
  it('reads plain, compressed and international texts', () => {
    expect(readPngText(full, nodeZlib)).toEqual({
      Author: 'Zoë',
      long: 'x'.repeat(1000),
      prompt: '剣 🗡️',
      packed: '剣',
    });
  });

  it('leaves compressed texts out when it cannot unpack them', () => {
    expect(readPngText(full)).toEqual({ Author: 'Zoë', prompt: '剣 🗡️' });
    const broken = makePng({ ...plain, extra: [chunk('zTXt', latin1('k\0\0nonsense'))] });
    expect(readPngText(broken, nodeZlib)).toEqual({});
  });

  it('does not unpack a text bomb', () => {
    const bomb = join(latin1('k\0\0'), deflateSync(new Uint8Array(40_000_000)));
    expect(readPngText(makePng({ ...plain, extra: [chunk('zTXt', bomb)] }), nodeZlib)).toEqual({});
  });
});

describe('withPngText', () => {
  it('adds texts to a file and changes nothing else', () => {
    const changed = withPngText(bare, { Title: 'Sword', emoji: '🗡️' });
    expect(readPngText(changed)).toEqual({ Title: 'Sword', emoji: '🗡️' });
    expect(withPngText(changed, {}, 'all')).toEqual(bare);
  });

  it('replaces the text of the same key, removes the named, keeps the rest', () => {
    const changed = withPngText(full, { long: 'short', Author: 'Ann' }, ['prompt']);
    expect(readPngText(changed, nodeZlib)).toEqual({ long: 'short', Author: 'Ann', packed: '剣' });
    expect(withPngText(changed, {}, ['long', 'Author', 'packed']).length).toBeGreaterThan(
      bare.length,
    );
  });

  it('removes everything about the origin on request, and only that', () => {
    const kept = makePng({ ...plain, extra: [chunk('pHYs', [0, 0, 0, 1, 0, 0, 0, 1, 0])] });
    expect(withPngText(full, {}, 'all')).toEqual(kept);
    expect(readPngText(withPngText(full, { a: 'b' }, 'all'), nodeZlib)).toEqual({ a: 'b' });
  });

  it('gives back the bytes of a file written here when its texts are set again', () => {
    const text = { a: 'b', c: 'd' };
    const image = createImage(4, 4);
    image.data.fill(200);
    const bytes = encodePng(image, nodeZlib, { text, palette: 'never' });
    expect(withPngText(bytes, text)).toEqual(bytes);
  });

  it('refuses a damaged file', () => {
    expect(() => withPngText(bare.subarray(0, 50), {})).toThrow('ends too early');
  });
});

describe('isCompletePng', () => {
  it('is true for a whole file alone', () => {
    expect(isCompletePng(full)).toBe(true);
    for (let length = 0; length < full.length; length++) {
      expect(isCompletePng(full.subarray(0, length))).toBe(false);
    }
    const flipped = full.slice();
    flipped[flipped.length - 20]! ^= 1;
    expect(isCompletePng(flipped)).toBe(false);
    expect(isCompletePng(utf8('hello'))).toBe(false);
  });
});
