import { inflateSync } from 'node:zlib';
import { readStamp, type Stamp } from '../../project/stamp.ts';

const zlib = {
  inflate: (packed: Uint8Array, maxOutputLength: number) =>
    inflateSync(packed, { maxOutputLength }),
  deflate: () => {
    throw new Error('Only reading packs nothing.');
  },
};

/** What a picture says of its origin; null for one that is not ours or is broken. */
export function stampOf(bytes: Uint8Array): Stamp | null {
  try {
    return readStamp(bytes, zlib);
  } catch {
    return null;
  }
}
