import type { Chunk } from './chunks.ts';
import { PngError } from './error.ts';
import type { Zlib } from './zlib.ts';

/** Unpacked bytes of one compressed text; workflows of ten thousand nodes stay below. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The key and value of a tEXt, zTXt or iTXt chunk.
 * @param zlib without it compressed texts are left out
 * @returns null when the chunk is no text or cannot be read
 */
export function readTextChunk(
  chunk: Chunk,
  zlib: Zlib | null,
): [key: string, value: string] | null {
  const { type, body } = chunk;
  const end = body.indexOf(0);
  if (end < 1) return null;
  const key = decodeLatin1(body.subarray(0, end));
  const rest = body.subarray(end + 1);
  if (type === 'tEXt') return [key, decodeLatin1(rest)];
  if (type === 'zTXt') {
    const text = unpack(rest.subarray(1), rest[0] ?? -1, zlib);
    return text && [key, decodeLatin1(text)];
  }
  if (type !== 'iTXt') return null;
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return null;
  const value = rest.subarray(translated + 1);
  const text = rest[0] === 0 ? value : unpack(value, rest[1]!, zlib);
  return text && [key, utf8.decode(text)];
}

function unpack(bytes: Uint8Array, method: number, zlib: Zlib | null): Uint8Array | null {
  if (zlib === null || method !== 0) return null;
  try {
    return zlib.inflate(bytes, MAX_TEXT_BYTES);
  } catch {
    return null;
  }
}

/** TextDecoder's "latin1" is windows-1252, which differs from 0x80 to 0x9f. */
function decodeLatin1(bytes: Uint8Array): string {
  const text = latin1.decode(bytes);
  if (!bytes.some(byte => byte >= 0x80 && byte < 0xa0)) return text;
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
}

/**
 * A tEXt chunk when the value fits Latin-1, else an iTXt chunk.
 * @throws PngError `unsupported` for a key or value that PNG has no place for
 */
export function writeTextChunk(key: string, value: string): Chunk {
  if (!/^[\x21-\x7e\xa1-\xff](?:[\x20-\x7e\xa1-\xff]{0,77}[\x21-\x7e\xa1-\xff])?$/.test(key)) {
    throw new PngError('unsupported', 'A PNG text needs a key of 1 to 79 Latin-1 characters.');
  }
  if (value.includes('\0')) {
    throw new PngError('unsupported', 'A PNG text cannot hold the character NUL.');
  }
  if (/^[\t\n\r\x20-\x7e\xa0-\xff]*$/.test(value)) {
    return { type: 'tEXt', body: encodeLatin1(`${key}\0${value}`) };
  }
  // Key, then: not compressed, method 0, no language, no translated key.
  const head = encodeLatin1(`${key}\0\0\0\0\0`);
  const text = new TextEncoder().encode(value);
  const body = new Uint8Array(head.length + text.length);
  body.set(head);
  body.set(text, head.length);
  return { type: 'iTXt', body };
}

function encodeLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
