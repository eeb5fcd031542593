import { Decoder, Encoder } from '@msgpack/msgpack';
import { PixelsError } from './errors.ts';
import { LIMITS } from './limits.ts';
import { checkStructure } from './structure.ts';

const encoder = new Encoder({
  maxDepth: LIMITS.bodyDepth,
  ignoreUndefined: true,
  initialBufferSize: 4096,
});

const decoder = new Decoder({
  maxStrLength: LIMITS.replyBytes,
  maxBinLength: LIMITS.replyBytes,
  maxArrayLength: 100_000,
  maxMapLength: 100_000,
  maxExtLength: 1024,
});

/** A message this small can claim no more entries than it has bytes, so it needs no walk before it is decoded. */
const SMALL_BYTES = 128;

const smallDecoder = new Decoder({
  maxStrLength: SMALL_BYTES,
  maxBinLength: SMALL_BYTES,
  maxArrayLength: SMALL_BYTES,
  maxMapLength: SMALL_BYTES,
  maxExtLength: SMALL_BYTES,
});

/**
 * Encodes a body as MessagePack. The bytes are a copy that may be handed to a socket without being kept unchanged.
 * @throws PixelsError `too-large` when it has more bytes than `limit`
 */
export function encodeBody(
  value: unknown,
  limit: number = LIMITS.bodyBytes,
): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(value);
  if (bytes.byteLength > limit) {
    throw new PixelsError(
      'too-large',
      `The message has ${bytes.byteLength} bytes; at most ${limit} are allowed. Ask for smaller pages.`,
      { bytes: bytes.byteLength, limit },
    );
  }
  return bytes;
}

/**
 * Decodes one MessagePack value that must fill the whole frame.
 * @throws PixelsError `too-large` or `malformed-message`; the input is never partly used.
 */
export function decodeBody(bytes: Uint8Array, limit: number = LIMITS.bodyBytes): unknown {
  if (bytes.byteLength > limit) {
    throw new PixelsError(
      'too-large',
      `The message has ${bytes.byteLength} bytes; at most ${limit} are allowed.`,
      { bytes: bytes.byteLength, limit },
    );
  }
  const small = bytes.byteLength <= SMALL_BYTES;
  if (!small) checkStructure(bytes);
  try {
    return (small ? smallDecoder : decoder).decode(bytes);
  } catch (error) {
    throw new PixelsError(
      'malformed-message',
      `The message is not valid MessagePack: ${error instanceof Error ? error.message : String(error)}`,
      undefined,
      { cause: error },
    );
  }
}
