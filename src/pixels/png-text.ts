import { type Chunk, readChunks, writeChunks } from './png/chunks.ts';
import { PngError } from './png/error.ts';
import { readTextChunk, writeTextChunk } from './png/text.ts';
import type { Zlib } from './png/zlib.ts';

const TEXT_TYPES = new Set(['tEXt', 'zTXt', 'iTXt']);

/** Everything that says how, when or by whom a picture was made. */
const ORIGIN_TYPES = new Set([...TEXT_TYPES, 'eXIf', 'tIME']);

/**
 * Reads the texts of a PNG without its pixels; of two with the same key the last.
 * @param zlib needed for compressed texts, which are left out without it
 * @throws PngError
 */
export function readPngText(bytes: Uint8Array, zlib: Zlib | null = null): Record<string, string> {
  const entries = readChunks(bytes).map(chunk => readTextChunk(chunk, zlib));
  return Object.fromEntries(entries.filter(entry => entry !== null));
}

/**
 * Replaces texts of a PNG and leaves its pixels as they are, byte for byte.
 * @param set texts to write; one of the same key is replaced
 * @param remove keys to take out, or `all` for every text, EXIF record and date
 * @throws PngError
 */
export function withPngText(
  bytes: Uint8Array,
  set: Readonly<Record<string, string>>,
  remove: readonly string[] | 'all' = [],
): Uint8Array<ArrayBuffer> {
  const all = remove === 'all';
  const gone = new Set([...Object.keys(set), ...(all ? [] : remove)]);
  const kept = readChunks(bytes).filter(chunk =>
    all ? !ORIGIN_TYPES.has(chunk.type) : !gone.has(keyOf(chunk) ?? ''),
  );
  const pixels = kept.findIndex(chunk => chunk.type === 'IDAT');
  if (pixels < 0) throw new PngError('corrupt', 'The PNG has no pixels.');
  const texts = Object.entries(set).map(([key, value]) => writeTextChunk(key, value));
  return writeChunks([...kept.slice(0, pixels), ...texts, ...kept.slice(pixels)]);
}

function keyOf({ type, body }: Chunk): string | null {
  if (!TEXT_TYPES.has(type)) return null;
  const end = body.indexOf(0);
  return end < 1 ? null : String.fromCharCode(...body.subarray(0, Math.min(end, 79)));
}

/** Whether the bytes are a PNG with every chunk from the header to the end, each with the right check sum. */
export function isCompletePng(bytes: Uint8Array): boolean {
  try {
    return readChunks(bytes).some(chunk => chunk.type === 'IDAT');
  } catch (error) {
    if (error instanceof PngError) return false;
    throw error;
  }
}
