import { encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/protocol/limits.ts';
import { checkStructure } from '../../../src/protocol/structure.ts';

function nested(depth: number): Uint8Array {
  return new Uint8Array([...Array.from({ length: depth }, () => 0x91), 0xc0]);
}

describe('checkStructure', () => {
  it('lets everything through that an encoder writes', () => {
    const values: unknown[] = [
      null,
      true,
      0,
      127,
      128,
      65_535,
      65_536,
      2 ** 32,
      2 ** 53 - 1,
      -1,
      -33,
      -129,
      -40_000,
      -(2 ** 40),
      1.5,
      '',
      'x'.repeat(31),
      'x'.repeat(32),
      'x'.repeat(300),
      'x'.repeat(70_000),
      new Uint8Array(0),
      new Uint8Array(300),
      new Uint8Array(70_000),
      [],
      {},
      Array.from({ length: 16 }, () => 0),
      Array.from({ length: 70_000 }, () => null),
      Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`k${i}`, i])),
      new Date(0),
      new Date(1.5),
      new Date(2 ** 44),
      { a: [{ b: [] }, [], {}] },
    ];
    for (const value of values) expect(() => checkStructure(encode(value))).not.toThrow();
  });

  it('refuses a message cut off at any place', () => {
    const whole = encode({ a: [1, 'two', new Uint8Array(3), { b: 2.5 }], c: 'x'.repeat(40) });
    for (let end = 0; end < whole.byteLength; end++) {
      expect(() => checkStructure(whole.subarray(0, end))).toThrow('too early');
    }
  });

  it('refuses bytes after the end', () => {
    expect(() => checkStructure(new Uint8Array([0xc0, 0xc0]))).toThrow('1 bytes follow');
  });

  it('refuses a byte that MessagePack never uses', () => {
    expect(() => checkStructure(new Uint8Array([0x91, 0xc1]))).toThrow('never uses');
  });

  it('allows as much nesting as the protocol does and no more', () => {
    expect(() => checkStructure(nested(LIMITS.bodyDepth))).not.toThrow();
    expect(() => checkStructure(nested(LIMITS.bodyDepth + 1))).toThrow('nested deeper');
  });

  it('refuses containers that claim more entries than there are bytes before anything is allocated', () => {
    // A decoder that believes these headers allocates 100,000 places for every five bytes.
    const bomb = new Uint8Array(50_000);
    for (let at = 0; at < bomb.byteLength; at += 5) bomb.set([0xdd, 0, 1, 0x86, 0xa0], at);
    expect(() => checkStructure(bomb)).toThrow('too early');
    expect(() => checkStructure(new Uint8Array([0xdf, 255, 255, 255, 255]))).toThrow('too early');
    expect(() => checkStructure(new Uint8Array([0xc6, 255, 255, 255, 255, 0]))).toThrow(
      'too early',
    );
  });
});
