import { PixelsError } from './errors.ts';
import { LIMITS } from './limits.ts';

const VARIABLE = -1;

/** Bytes after the head byte of the types 0xc0-0xdf; VARIABLE where a length follows. */
const FIXED_SIZES = [
  0,
  VARIABLE,
  0,
  0,
  VARIABLE,
  VARIABLE,
  VARIABLE,
  VARIABLE,
  VARIABLE,
  VARIABLE,
  4,
  8,
  1,
  2,
  4,
  8,
  1,
  2,
  4,
  8,
  2,
  3,
  5,
  9,
  17,
  VARIABLE,
  VARIABLE,
  VARIABLE,
  VARIABLE,
  VARIABLE,
  VARIABLE,
  VARIABLE,
] as const;

function malformed(detail: string): PixelsError {
  return new PixelsError('malformed-message', `The message is not valid MessagePack: ${detail}.`);
}

function readLength(bytes: Uint8Array, at: number, width: number): number {
  if (at + width > bytes.byteLength) throw malformed('it ends too early');
  let length = 0;
  for (let place = at; place < at + width; place++) length = length * 256 + (bytes[place] ?? 0);
  return length;
}

/**
 * Walks one MessagePack value without building it, so that a message whose containers claim more entries than it has bytes
 * for, or that is nested too deeply, is refused before a decoder allocates what it claims.
 * @throws PixelsError `malformed-message` unless the value fills the frame exactly
 */
export function checkStructure(bytes: Uint8Array): void {
  const end = bytes.byteLength;
  // Values still to come in each open container, the innermost last.
  const open: number[] = [];
  let wanted = 1;
  let at = 0;
  for (;;) {
    while (wanted === 0) {
      const outer = open.pop();
      if (outer === undefined) {
        if (at !== end) throw malformed(`${end - at} bytes follow its end`);
        return;
      }
      wanted = outer;
    }
    if (at >= end) throw malformed('it ends too early');
    const head = bytes[at++] ?? 0;
    wanted--;
    let children = 0;
    if (head <= 0x7f || head >= 0xe0) continue;
    else if (head <= 0x8f) children = (head & 0x0f) * 2;
    else if (head <= 0x9f) children = head & 0x0f;
    else if (head <= 0xbf) at += head & 0x1f;
    else if (head >= 0xdc) {
      const width = head === 0xdc || head === 0xde ? 2 : 4;
      children = readLength(bytes, at, width) * (head >= 0xde ? 2 : 1);
      at += width;
    } else {
      const fixed = FIXED_SIZES[head - 0xc0] ?? VARIABLE;
      if (head === 0xc1) throw malformed('it has a byte that MessagePack never uses');
      if (fixed !== VARIABLE) at += fixed;
      else {
        // bin 8/16/32, ext 8/16/32 (one more byte of type), str 8/16/32.
        const base = head >= 0xd9 ? 0xd9 : head >= 0xc7 ? 0xc7 : 0xc4;
        const width = 1 << (head - base);
        at += width + readLength(bytes, at, width) + (base === 0xc7 ? 1 : 0);
      }
    }
    if (at > end || children > end - at) throw malformed('it ends too early');
    if (children > 0 || (head >= 0x80 && head <= 0x9f) || head >= 0xdc) {
      if (open.length >= LIMITS.bodyDepth) {
        throw malformed(`it is nested deeper than ${LIMITS.bodyDepth} levels`);
      }
      if (children > 0) {
        open.push(wanted);
        wanted = children;
      }
    }
  }
}
