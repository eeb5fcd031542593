import { crc32 } from './crc.ts';
import { PngError } from './error.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** One chunk where it lies in its file. */
export interface Chunk {
  /** Four letters, such as `IDAT`. */
  type: string;
  data: Uint8Array;
  /** The whole chunk: length, type, data and CRC. */
  bytes: Uint8Array;
}

/** Whether the bytes begin as every PNG does. */
export function hasPngSignature(bytes: Uint8Array): boolean {
  return bytes.length >= SIGNATURE.length && SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * Walks the chunks from the signature to IEND; what follows IEND is ignored, as readers do.
 * @throws PngError `not-png`, `truncated`, or `corrupt` for a wrong CRC or an impossible chunk
 */
export function* readChunks(bytes: Uint8Array): Generator<Chunk> {
  if (!hasPngSignature(bytes)) throw new PngError('not-png', 'The file is not a PNG.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE.length;
  for (;;) {
    if (at + 12 > bytes.length) throw truncated();
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type) || length > 0x7fffffff) {
      throw new PngError('corrupt', `The PNG file is corrupt: no chunk begins at byte ${at}.`);
    }
    const end = at + 12 + length;
    if (end > bytes.length) throw truncated();
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      throw new PngError('corrupt', `The PNG file is corrupt: its ${type} chunk fails the CRC.`);
    }
    yield { type, data: bytes.subarray(at + 8, end - 4), bytes: bytes.subarray(at, end) };
    if (type === 'IEND') return;
    at = end;
  }
}

function truncated(): PngError {
  return new PngError('truncated', 'The PNG file ends early; fetch or export it again.');
}

/** Makes a chunk with its length and CRC. */
export function makeChunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let letter = 0; letter < 4; letter++) bytes[4 + letter] = type.charCodeAt(letter);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Puts chunks together to a file. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  return concatenate([SIGNATURE, ...chunks]);
}

/** The parts one after another, in a buffer of their own. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
