import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { hasPngSignature, readChunks, writeChunks } from '../png/chunks.ts';
import { writeTextChunk } from '../png/text.ts';
import { readPngText, withPngText } from '../png-text.ts';

/**
 * A seal tells our own output from what somebody drew or changed: the SHA-256 of the file, inside the file. An editor that
 * saves the file drops the seal or breaks it.
 */
const KEY = 'dgx-pixels-export';
const DIGITS = 64;

/** What a writer puts where its format keeps a comment, for `seal` to fill in. */
export const SEAL_BLANK = `${KEY}:${'0'.repeat(DIGITS)}`;

const MARK = utf8ToBytes(`${KEY}:`);

function findMark(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(MARK[0]!); at >= 0; at = bytes.indexOf(MARK[0]!, at + 1)) {
    if (at + MARK.length + DIGITS > bytes.length) return -1;
    if (MARK.every((byte, index) => bytes[at + index] === byte)) return at + MARK.length;
  }
  return -1;
}

function digestOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** Fills in the first blank seal of a file that is no PNG. */
export function seal(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = findMark(bytes);
  if (at >= 0) bytes.set(utf8ToBytes(digestOf(bytes)), at);
  return bytes;
}

/** Adds the seal to a PNG as a text, right behind the header: readers of animated ones take none further on. */
export function sealPng(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks = readChunks(bytes);
  return writeChunks(chunks.toSpliced(1, 0, writeTextChunk(KEY, digestOf(bytes))));
}

/** Whether a file is as an export wrote it, byte for byte. */
export function isSealed(bytes: Uint8Array): boolean {
  if (hasPngSignature(bytes)) return isSealedPng(bytes);
  const at = findMark(bytes);
  if (at < 0) return false;
  const told = new TextDecoder('latin1').decode(bytes.subarray(at, at + DIGITS));
  const blank = bytes.slice();
  blank.fill(0x30, at, at + DIGITS);
  return digestOf(blank) === told;
}

function isSealedPng(bytes: Uint8Array): boolean {
  try {
    const told = readPngText(bytes)[KEY];
    return told !== undefined && digestOf(withPngText(bytes, {}, [KEY])) === told;
  } catch {
    return false;
  }
}
