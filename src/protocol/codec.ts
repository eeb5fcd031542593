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
  maxStrLength: LIMITS.bodyBytes,
  maxBinLength: LIMITS.bodyBytes,
  maxArrayLength: 100_000,
  maxMapLength: 100_000,
  maxExtLength: 1024,
});

/**
 * Encodes a body as MessagePack. The bytes are a copy that may be handed to a socket without being kept unchanged.
 * @throws PixelsError `too-large` when it exceeds LIMITS.bodyBytes.
 */
export function encodeBody(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(value);
  if (bytes.byteLength > LIMITS.bodyBytes) {
    throw new PixelsError(
      'too-large',
      `The message has ${bytes.byteLength} bytes; at most ${LIMITS.bodyBytes} are allowed. Ask for smaller pages.`,
      { bytes: bytes.byteLength, limit: LIMITS.bodyBytes },
    );
  }
  return bytes;
}

/**
 * Decodes one MessagePack value that must fill the whole frame.
 * @throws PixelsError `too-large` or `malformed-message`; the input is never partly used.
 */
export function decodeBody(bytes: Uint8Array): unknown {
  if (bytes.byteLength > LIMITS.bodyBytes) {
    throw new PixelsError(
      'too-large',
      `The message has ${bytes.byteLength} bytes; at most ${LIMITS.bodyBytes} are allowed.`,
      { bytes: bytes.byteLength, limit: LIMITS.bodyBytes },
    );
  }
  checkStructure(bytes);
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new PixelsError(
      'malformed-message',
      `The message is not valid MessagePack: ${error instanceof Error ? error.message : String(error)}`,
      undefined,
      { cause: error },
    );
  }
}
