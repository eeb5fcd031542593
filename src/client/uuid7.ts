import { randomBytes } from 'node:crypto';

/**
 * A UUID of version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits, so ids sort by creation time.
 * @param now Unix time in milliseconds
 */
export function uuid7(now: number = Date.now(), random: Uint8Array = randomBytes(10)): string {
  const time = Math.trunc(now).toString(16).padStart(12, '0').slice(-12);
  const tail = [...random.subarray(0, 10)];
  tail[0] = ((tail[0] ?? 0) & 0x0f) | 0x70;
  tail[2] = ((tail[2] ?? 0) & 0x3f) | 0x80;
  const hex = time + tail.map(byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
