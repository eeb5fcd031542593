import { type DecodedPng, decodePng } from '../../pixels/png/decode.ts';
import { readChunks } from '../../pixels/png/chunks.ts';
import { PngError } from '../../pixels/png/error.ts';
import { type PngLimits, readHeader } from '../../pixels/png/header.ts';

/** Room in the editor's window is shared: larger pictures are not opened here. */
const LIMITS: PngLimits = { side: 8192, pixels: 4096 * 4096 };

/** Bytes of a pixel before it is packed, with 16 bits a sample, and some more for the filters of interlaced rows. */
const MOST_PIXEL_BYTES = 9;
const SLACK_BYTES = 65_536;

/**
 * The pixels of a PNG exactly as they are in the file. It is unpacked by the browser beside the page, and only its rows are put
 * together here: 10-30 ms for a megapixel.
 * @throws PngError
 */
export async function decodePicture(bytes: Uint8Array): Promise<DecodedPng['image']> {
  const chunks = readChunks(bytes);
  const [header] = chunks;
  if (header === undefined) throw new PngError('not-png', 'The file is not a PNG.');
  const { width, height } = readHeader(header.body, LIMITS);
  const parts = chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body);
  const rows = await inflate(parts, width * height * MOST_PIXEL_BYTES + SLACK_BYTES);
  const packed = parts.reduce((sum, { length }) => sum + length, 0);
  const { image } = decodePng(
    bytes,
    {
      // Texts are packed too; the host leaves them out, and nobody here reads them.
      inflate: part => (part.length === packed ? rows : refuse()),
      deflate: refuse,
    },
    LIMITS,
  );
  return image;
}

function refuse(): never {
  throw new PngError('unsupported', 'Only the pixels of the PNG are read.');
}

/** @throws PngError `corrupt` when the stream is broken, `too-large` when it holds more than `most` bytes */
async function inflate(parts: readonly Uint8Array[], most: number): Promise<Uint8Array> {
  // Not by way of a Blob, whose bytes take milliseconds through another process.
  const stream = new DecompressionStream('deflate');
  const writer = stream.writable.getWriter();
  // What fails here fails the reader too, which tells it.
  const written = Promise.all([
    ...parts.map(part => writer.write(part as Uint8Array<ArrayBuffer>)),
    writer.close(),
  ]).catch(() => undefined);
  const reader = stream.readable.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > most) break;
      pieces.push(value);
    }
  } catch {
    throw new PngError('corrupt', 'The PNG is damaged: its pixels cannot be unpacked.');
  }
  if (size > most) {
    await reader.cancel();
    throw new PngError('too-large', 'The PNG holds more than its size needs.');
  }
  await written;
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
