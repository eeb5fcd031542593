import { expect, it } from 'vitest';
import { plainBytes } from '../../../src/extension/panels/messages/bytes.ts';

it('bytes for a page are a Uint8Array over exactly their own buffer', () => {
  const pooled = Buffer.from('sprite');
  const plain = plainBytes(pooled);
  expect(plain.constructor).toBe(Uint8Array);
  expect(plain.buffer.byteLength).toBe(6);
  expect([...plain]).toEqual([...pooled]);
});

it('bytes that have their buffer to themselves are not copied', () => {
  const own = new Uint8ClampedArray([1, 2, 3]);
  expect(plainBytes(own).buffer).toBe(own.buffer);
});
