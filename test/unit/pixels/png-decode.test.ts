import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../../../src/pixels/png/decode.ts';
import { PngError, type PngErrorCode } from '../../../src/pixels/png/error.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';
import {
  chunk,
  colorsOf,
  header,
  join,
  KINDS,
  makePng,
  type PlainPng,
  randomOf,
  randomPng,
  SIGNATURE,
} from './make-png.ts';

function failure(bytes: Uint8Array, limits?: { side: number; pixels: number }): PngErrorCode {
  try {
    decodePng(bytes, nodeZlib, limits);
  } catch (error) {
    if (error instanceof PngError) return error.code;
    throw error;
  }
  throw new Error('It was decoded.');
}

const SIZES = [
  [1, 1],
  [5, 3],
  [8, 8],
  [33, 17],
  [1, 40],
] as const;

describe('decodePng', () => {
  for (const kind of KINDS) {
    it(`reads colour type ${kind.colorType} at ${kind.bitDepth} bits, interlaced or not, with and without tRNS`, () => {
      for (const [width, height] of SIZES) {
        for (const interlaced of [false, true]) {
          for (const clear of [false, true]) {
            const plain = randomPng(kind, width, height, {
              interlaced,
              clear,
              seed: width * 7 + 1,
            });
            const { image, bitDepth, colorType } = decodePng(makePng(plain), nodeZlib);
            expect([...image.data]).toEqual(colorsOf(plain));
            expect({ bitDepth, colorType }).toEqual(kind);
          }
        }
      }
    });
  }

  const plain: PlainPng = randomPng({ colorType: 2, bitDepth: 8 }, 9, 7, {
    interlaced: false,
    clear: false,
    seed: 1,
  });
  const good = makePng(plain);

  it('reads pixels cut into many pieces, past chunks it does not know and up to the end', () => {
    const bytes = makePng({
      ...plain,
      pieces: 9,
      extra: [chunk('gAMA', [0, 0, 0, 1]), chunk('prVt', [])],
    });
    const image = decodePng(join(bytes, Uint8Array.of(1, 2, 3)), nodeZlib).image;
    expect([...image.data]).toEqual(colorsOf(plain));
  });

  it('reads a file that is a part of a larger buffer at an odd place', () => {
    const buffer = new Uint8Array(good.length + 3);
    buffer.set(good, 3);
    expect([...decodePng(buffer.subarray(3), nodeZlib).image.data]).toEqual(colorsOf(plain));
  });

  it('shows an index beyond the palette as opaque black', () => {
    const bytes = makePng({
      ...{ width: 2, height: 1, colorType: 3, bitDepth: 8, interlaced: false },
      pixels: [[0], [9]],
      palette: [[1, 2, 3]],
    });
    expect([...decodePng(bytes, nodeZlib).image.data]).toEqual([1, 2, 3, 255, 0, 0, 0, 255]);
  });

  it('leaves the given bytes as they are', () => {
    const before = good.slice();
    decodePng(good, nodeZlib);
    expect(good).toEqual(before);
  });

  it('says truncated at whatever byte the file is cut', () => {
    for (let length = 8; length < good.length; length++) {
      expect(failure(good.subarray(0, length))).toBe('truncated');
    }
    expect(failure(good.subarray(0, 7))).toBe('not-png');
  });

  it('notices every flipped bit', () => {
    for (let bit = 0; bit < good.length * 8; bit++) {
      const bytes = good.slice();
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(['not-png', 'truncated', 'corrupt']).toContain(failure(bytes));
    }
  });

  const rows = (bytes: number): Uint8Array => chunk('IDAT', deflateSync(new Uint8Array(bytes)));
  const end = chunk('IEND', []);
  const cases: [name: string, code: PngErrorCode, bytes: Uint8Array][] = [
    ['text that is no picture', 'not-png', new TextEncoder().encode('GIF89a and more of it')],
    ['no bytes', 'not-png', new Uint8Array(0)],
    ['no header', 'corrupt', join(SIGNATURE, rows(4), end)],
    [
      'two headers',
      'corrupt',
      join(SIGNATURE, header(1, 1, 8, 0), header(1, 1, 8, 0), rows(2), end),
    ],
    ['no pixels', 'corrupt', join(SIGNATURE, header(1, 1, 8, 0), end)],
    ['a width of 0', 'corrupt', join(SIGNATURE, header(0, 1, 8, 0), rows(2), end)],
    ['3 bits of grey', 'corrupt', join(SIGNATURE, header(1, 1, 3, 0), rows(2), end)],
    ['4 bits of RGB', 'corrupt', join(SIGNATURE, header(1, 1, 4, 2), rows(2), end)],
    ['colour type 5', 'corrupt', join(SIGNATURE, header(1, 1, 8, 5), rows(2), end)],
    ['indexes without a palette', 'corrupt', join(SIGNATURE, header(1, 1, 8, 3), rows(2), end)],
    ['interlace method 2', 'unsupported', join(SIGNATURE, header(1, 1, 8, 0, 2), rows(2), end)],
    [
      'an unknown critical chunk',
      'unsupported',
      join(SIGNATURE, header(1, 1, 8, 0), chunk('ABcD', []), rows(2), end),
    ],
    ['a row too few', 'truncated', join(SIGNATURE, header(1, 2, 8, 0), rows(3), end)],
    [
      'a stream that is no deflate',
      'corrupt',
      join(SIGNATURE, header(1, 1, 8, 0), chunk('IDAT', [1, 2, 3]), end),
    ],
    [
      'row filter 5',
      'corrupt',
      join(SIGNATURE, header(1, 1, 8, 0), chunk('IDAT', deflateSync(Uint8Array.of(5, 0))), end),
    ],
    [
      'pixels in two places',
      'corrupt',
      join(SIGNATURE, header(1, 1, 8, 0), rows(2), chunk('tEXt', [65, 0, 65]), rows(2), end),
    ],
    ['a side beyond 16384', 'too-large', join(SIGNATURE, header(16_385, 1, 8, 0), rows(2), end)],
    [
      'more than 64 megapixels',
      'too-large',
      join(SIGNATURE, header(16_000, 16_000, 8, 0), rows(2), end),
    ],
    [
      'a bomb that unpacks to more than its pixels',
      'corrupt',
      join(SIGNATURE, header(4, 4, 8, 0), rows(50_000_000), end),
    ],
    [
      'a size that its few bytes cannot hold',
      'truncated',
      join(SIGNATURE, header(8000, 8000, 16, 6), rows(100), end),
    ],
  ];
  for (const [name, code, bytes] of cases) {
    it(`refuses ${name} as ${code}`, () => {
      expect(failure(bytes)).toBe(code);
    });
  }

  it('takes limits of its own', () => {
    expect(failure(good, { side: 8, pixels: 1000 })).toBe('too-large');
    expect(failure(good, { side: 100, pixels: 62 })).toBe('too-large');
    expect(decodePng(good, nodeZlib, { side: 9, pixels: 63 }).image.width).toBe(9);
  });

  it('throws nothing but PngError for ten thousand damaged files', () => {
    const random = randomOf(42);
    const seeds = KINDS.map(kind =>
      makePng(randomPng(kind, 16, 11, { interlaced: random() < 0.5, clear: true, seed: 3 })),
    );
    let readable = 0;
    for (let i = 0; i < 10_000; i++) {
      const bytes = damaged(seeds[i % seeds.length]!, random);
      try {
        const { image } = decodePng(bytes, nodeZlib);
        expect(image.data.length).toBe(image.width * image.height * 4);
        readable++;
      } catch (error) {
        if (!(error instanceof PngError)) throw error;
      }
    }
    expect(readable).toBeGreaterThan(100);
    expect(readable).toBeLessThan(9_900);
  });
});

/** Damages bytes, and mends the check sums of half of the files so that the damage is met further in. */
function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = (length: number): number => Math.floor(random() * length);
  let result: Uint8Array = bytes.slice();
  for (let n = 1 + at(4); n > 0; n--) {
    const kind = at(4);
    const place = at(result.length);
    if (kind === 0) result[place] = at(256);
    else if (kind === 1) result[place]! ^= 1 << at(8);
    else if (kind === 2) result = join(result.subarray(0, place), result.subarray(place + at(20)));
    else result = join(result.subarray(0, place), result.subarray(at(place + 1)));
  }
  return random() < 0.5 ? result : withSums(result);
}

function withSums(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  const view = Buffer.from(bytes);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.readUInt32BE(at);
    if (at + 12 + length > bytes.length) break;
    parts.push(
      chunk(view.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length)),
    );
    at += 12 + length;
  }
  return join(...parts);
}
