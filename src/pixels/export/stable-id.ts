import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * An identity that follows from what it names: the first hexadecimal digits of the SHA-256 of the parts.
 * @param digits at most 64
 */
export function stableId(digits: number, ...parts: readonly string[]): string {
  return bytesToHex(sha256(utf8ToBytes(parts.join('\0')))).slice(0, digits);
}
