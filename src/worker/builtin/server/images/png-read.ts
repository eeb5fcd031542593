import { inflateSync } from 'node:zlib';
import { decodePng as decodeAnyPng } from '../../../../pixels/png/decode.ts';
import { nodeZlib } from '../../../images/node-zlib.ts';
import type { ArtImage } from '../../art/types.ts';

/** A picture and whether its file has transparency. */
export interface ReadPng {
  image: ArtImage;
  alpha: boolean;
}

/** A file that is not a PNG, or one of a kind that is not read here. */
export class PngError extends Error {
  readonly code = 'png_unreadable';

  constructor(message: string) {
    super(message);
    this.name = 'PngError';
  }
}

interface Header {
  width: number;
  height: number;
  depth: number;
  colour: number;
  interlaced: boolean;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Largest picture read, in pixels. */
const MAX_PIXELS = 64 * 1024 * 1024;

/**
 * Decodes a PNG to straight-alpha RGBA.
 * @throws PngError
 */
export function decodePng(bytes: Uint8Array): ReadPng {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = readChunks(file);
  const header = readHeader(chunks.get('IHDR')?.[0]);
  const channels = CHANNELS[header.colour];
  if (channels === undefined || header.depth !== 8 || header.interlaced) {
    return decodeOther(bytes, chunks.has('tRNS'));
  }
  const stride = header.width * channels;
  let rows: Buffer;
  try {
    rows = inflateSync(Buffer.concat(chunks.get('IDAT') ?? []), {
      maxOutputLength: header.height * (stride + 1),
    });
  } catch {
    throw new PngError('The pixels of the PNG file cannot be unpacked.');
  }
  if (rows.byteLength < header.height * (stride + 1))
    throw new PngError('The PNG file ends early.');
  unfilter(rows, header.height, stride, channels);
  return toRgba(header, rows, chunks.get('PLTE')?.[0], chunks.get('tRNS')?.[0]);
}

/** Kinds that the engine never writes itself: few colours in few bits, 16 bits, interlaced. */
function decodeOther(bytes: Uint8Array, keyed: boolean): ReadPng {
  try {
    const { image, colorType } = decodeAnyPng(bytes, nodeZlib);
    const { width, height, data } = image;
    const alpha = keyed || colorType === 4 || colorType === 6;
    return { image: { width, height, data: new Uint8ClampedArray(data) }, alpha };
  } catch (error) {
    throw new PngError(error instanceof Error ? error.message : String(error));
  }
}

function readChunks(file: Buffer): Map<string, Buffer[]> {
  if (file.byteLength < 33 || file.readUInt32BE(0) !== 0x89504e47) {
    throw new PngError('The file is not a PNG.');
  }
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at + 12 <= file.byteLength;) {
    const size = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (at + 12 + size > file.byteLength) throw new PngError('The PNG file ends early.');
    chunks.set(type, [...(chunks.get(type) ?? []), file.subarray(at + 8, at + 8 + size)]);
    at += 12 + size;
  }
  return chunks;
}

function readHeader(header: Buffer | undefined): Header {
  if (header?.byteLength !== 13) throw new PngError('The PNG file has no header.');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) {
    throw new PngError('The size of the PNG file is out of bounds.');
  }
  return {
    width,
    height,
    depth: header.readUInt8(8),
    colour: header.readUInt8(9),
    interlaced: header.readUInt8(12) !== 0,
  };
}

function unfilter(rows: Buffer, height: number, stride: number, channels: number): void {
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const filter = rows[start]!;
    if (filter > 4) throw new PngError('The PNG file names an unknown filter.');
    for (let i = 1; i <= stride; i += 1) {
      const left = i > channels ? rows[start + i - channels]! : 0;
      const up = y > 0 ? rows[start - stride - 1 + i]! : 0;
      const corner = y > 0 && i > channels ? rows[start - stride - 1 + i - channels]! : 0;
      rows[start + i] = rows[start + i]! + predicted(filter, left, up, corner);
    }
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function toRgba(
  { width, height, colour }: Header,
  rows: Buffer,
  palette: Buffer | undefined,
  transparency: Buffer | undefined,
): ReadPng {
  const channels = CHANNELS[colour]!;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y += 1) {
    let from = y * (width * channels + 1) + 1;
    for (let x = 0; x < width; x += 1, at += 4, from += channels) {
      const first = rows[from]!;
      if (colour === 3) {
        data[at] = palette?.[first * 3] ?? 0;
        data[at + 1] = palette?.[first * 3 + 1] ?? 0;
        data[at + 2] = palette?.[first * 3 + 2] ?? 0;
        data[at + 3] = transparency?.[first] ?? 255;
      } else {
        const grey = channels < 3;
        data[at] = first;
        data[at + 1] = grey ? first : rows[from + 1]!;
        data[at + 2] = grey ? first : rows[from + 2]!;
        data[at + 3] = channels % 2 === 0 ? rows[from + channels - 1]! : 255;
      }
    }
  }
  const alpha = channels % 2 === 0 || (colour === 3 && transparency !== undefined);
  return { image: { width, height, data }, alpha };
}
