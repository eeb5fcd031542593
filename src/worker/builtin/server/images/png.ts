import { promisify } from 'node:util';
import { crc32, deflate, deflateSync } from 'node:zlib';
import type { ArtImage } from '../../art/types.ts';

const deflateAsync = promisify(deflate);

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** How a picture is written. */
export interface PngOptions {
  /** Keep the alpha channel; without it the file is RGB. */
  alpha: boolean;
  /** tEXt chunks; the values must be Latin-1. */
  text?: Readonly<Record<string, string>>;
  /** Bytes that the file is padded to with a private ancillary chunk. */
  padTo?: number | undefined;
}

/** Encodes straight-alpha RGBA as an 8-bit PNG; compression runs in Node's thread pool. */
export async function encodePng(image: ArtImage, options: PngOptions): Promise<Buffer> {
  const packed = await deflateAsync(filterRows(image, options.alpha), { level: 4 });
  return assemble(image, packed, options);
}

/** Encodes a small picture at once, for previews. */
export function encodePngSync(image: ArtImage, options: PngOptions): Buffer {
  const packed = deflateSync(filterRows(image, options.alpha), { level: 1 });
  return assemble(image, packed, options);
}

/** Rows with their filter byte: `Up` where a row repeats the one above (enlarged cells do), else `Sub`. */
function filterRows({ width, height, data }: ArtImage, alpha: boolean): Buffer {
  const channels = alpha ? 4 : 3;
  const stride = width * 4;
  const source = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const rows = Buffer.alloc(height * (1 + width * channels));
  for (let y = 0; y < height; y += 1) {
    let at = y * (1 + width * channels);
    const start = y * stride;
    if (y > 0 && source.compare(source, start - stride, start, start, start + stride) === 0) {
      rows[at] = 2;
      continue;
    }
    rows[at] = 1;
    at += 1;
    for (let x = 0; x < width; x += 1) {
      const pixel = start + x * 4;
      for (let channel = 0; channel < channels; channel += 1) {
        const left = x === 0 ? 0 : source[pixel - 4 + channel]!;
        rows[at] = source[pixel + channel]! - left;
        at += 1;
      }
    }
  }
  return rows;
}

function assemble(image: ArtImage, packed: Buffer, options: PngOptions): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(image.width, 0);
  header.writeUInt32BE(image.height, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8(options.alpha ? 6 : 2, 9);
  const texts = Object.entries(options.text ?? {}).map(([key, value]) =>
    chunk('tEXt', Buffer.from(`${key}\0${value}`, 'latin1')),
  );
  const parts = [SIGNATURE, chunk('IHDR', header), ...texts, chunk('IDAT', packed)];
  const end = chunk('IEND', Buffer.alloc(0));
  const size = parts.reduce((sum, part) => sum + part.byteLength, end.byteLength);
  const missing = (options.padTo ?? 0) - size - 12;
  const padding = missing > 0 ? [chunk('pxPd', incompressible(missing))] : [];
  return Buffer.concat([...parts, ...padding, end]);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + body.byteLength);
  bytes.writeUInt32BE(body.byteLength, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + body.byteLength)), 8 + body.byteLength);
  return bytes;
}

let noise = Buffer.alloc(0);

/** The same bytes every time, so that equal graphs still give equal files. */
function incompressible(size: number): Buffer {
  if (noise.byteLength < size) {
    noise = Buffer.alloc(Math.ceil(size / 4) * 4);
    let state = 0x9e3779b9;
    for (let i = 0; i < noise.byteLength; i += 4) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      noise.writeInt32LE(state | 0, i);
    }
  }
  return noise.subarray(0, size);
}
