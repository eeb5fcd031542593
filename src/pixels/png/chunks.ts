import { crc32 } from './crc32.ts';
import { PngError } from './error.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Length, type and CRC around a chunk's body. */
const FRAME_BYTES = 12;

export interface Chunk {
  /** Four ASCII letters. */
  type: string;
  body: Uint8Array;
}

/** Whether the bytes begin as every PNG does. */
export function hasPngSignature(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/**
 * Walks a PNG from its header to its end; what follows the end is left aside, as viewers do.
 * Bodies share memory with `bytes`.
 * @throws PngError `not-png`, `truncated`, or `corrupt` for a wrong check sum or a chunk out of place
 */
export function readChunks(bytes: Uint8Array): Chunk[] {
  if (!hasPngSignature(bytes)) throw new PngError('not-png', 'The file is not a PNG.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; ;) {
    if (at + FRAME_BYTES > bytes.length) throw truncated();
    const length = view.getUint32(at);
    const type = typeAt(bytes, at + 4);
    if (length > 0x7fffffff)
      throw new PngError('corrupt', 'The PNG has a chunk of impossible size.');
    const end = at + FRAME_BYTES + length;
    if (end > bytes.length) throw truncated();
    if (crc32(bytes, at + 4, end - 4) !== view.getUint32(end - 4)) {
      throw new PngError(
        'corrupt',
        `The PNG is damaged: the check sum of its ${type} chunk is wrong.`,
      );
    }
    chunks.push({ type, body: bytes.subarray(at + 8, end - 4) });
    if ((chunks.length === 1) !== (type === 'IHDR')) {
      throw new PngError('corrupt', 'The PNG does not begin with one header.');
    }
    if (type === 'IEND') return chunks;
    at = end;
  }
}

function truncated(): PngError {
  return new PngError('truncated', 'The PNG ends too early: it was not written or sent whole.');
}

function typeAt(bytes: Uint8Array, at: number): string {
  for (let i = at; i < at + 4; i++) {
    const letter = bytes[i]! & ~32;
    if (letter < 65 || letter > 90) {
      throw new PngError('corrupt', 'The PNG is damaged: it has a chunk without a name.');
    }
  }
  return String.fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!);
}

/** A whole PNG of the given chunks, in their order, with lengths and check sums. */
export function writeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const length = chunks.reduce((sum, chunk) => sum + FRAME_BYTES + chunk.body.length, 0);
  const bytes = new Uint8Array(SIGNATURE.length + length);
  const view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const { type, body } of chunks) {
    view.setUint32(at, body.length);
    for (let i = 0; i < 4; i++) bytes[at + 4 + i] = type.charCodeAt(i);
    bytes.set(body, at + 8);
    const end = at + 8 + body.length;
    view.setUint32(end, crc32(bytes, at + 4, end));
    at = end + 4;
  }
  return bytes;
}
