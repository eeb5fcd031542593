import { createImage, type RgbaImage } from '../image.ts';
import { passesOf } from './adam7.ts';
import { type Chunk, readChunks } from './chunks.ts';
import { readColors } from './colors.ts';
import { PngError } from './error.ts';
import { expandPass } from './expand.ts';
import {
  type BitDepth,
  type ColorType,
  filterDistance,
  PNG_LIMITS,
  type PngHeader,
  type PngLimits,
  readHeader,
  rowBytes,
} from './header.ts';
import { readTextChunk } from './text.ts';
import { unfilter } from './unfilter.ts';
import type { Zlib } from './zlib.ts';

export interface DecodedPng {
  image: RgbaImage;
  /** Texts by key; of two with the same key the last. */
  text: Record<string, string>;
  bitDepth: BitDepth;
  colorType: ColorType;
}

/** Deflate packs at most 1032 to 1, so a shorter stream cannot hold the pixels. */
const DEFLATE_RATIO = 1032;

/** Bytes that a stream may hold beyond its pixels; some writers pad. */
const SLACK_BYTES = 4096;

const CRITICAL = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);

/**
 * Decodes a PNG of any kind (W3C PNG, third edition) to RGBA of 8 bits; colour profiles and gamma are left aside.
 * @throws PngError
 */
export function decodePng(
  bytes: Uint8Array,
  zlib: Zlib,
  limits: PngLimits = PNG_LIMITS,
): DecodedPng {
  const chunks = readChunks(bytes);
  const header = readHeader(chunks[0]!.body, limits);
  checkCritical(chunks);
  const colors = readColors(header, only(chunks, 'PLTE'), only(chunks, 'tRNS'));
  const passes = passesOf(header.width, header.height, header.interlaced);
  const sizes = passes.map(pass => pass.height * (1 + rowBytes(header, pass.width)));
  const rows = inflateRows(
    chunks,
    sizes.reduce((sum, size) => sum + size, 0),
    zlib,
  );
  const image = createImage(header.width, header.height);
  let start = 0;
  for (const [index, pass] of passes.entries()) {
    unfilter(rows, start, pass.height, rowBytes(header, pass.width), filterDistance(header));
    expandPass(image, header, colors, pass, rows, start);
    start += sizes[index]!;
  }
  return { image, text: textOf(chunks, zlib), ...kindOf(header) };
}

function kindOf({ bitDepth, colorType }: PngHeader): Pick<DecodedPng, 'bitDepth' | 'colorType'> {
  return { bitDepth, colorType };
}

/** An upper-case first letter marks chunks without which a picture cannot be shown. */
function checkCritical(chunks: readonly Chunk[]): void {
  const strange = chunks.find(({ type }) => /^[A-Z]/.test(type) && !CRITICAL.has(type));
  if (strange !== undefined) {
    throw new PngError(
      'unsupported',
      `The PNG needs its ${strange.type} chunk, which is not read.`,
    );
  }
}

function only(chunks: readonly Chunk[], type: string): Uint8Array | undefined {
  const [first, second] = chunks.filter(chunk => chunk.type === type);
  if (second !== undefined) throw new PngError('corrupt', `The PNG has two ${type} chunks.`);
  return first?.body;
}

function inflateRows(chunks: readonly Chunk[], size: number, zlib: Zlib): Uint8Array {
  const first = chunks.findIndex(chunk => chunk.type === 'IDAT');
  const parts = chunks.filter(chunk => chunk.type === 'IDAT').map(chunk => chunk.body);
  if (first < 0) throw new PngError('corrupt', 'The PNG has no pixels.');
  if (chunks.slice(first, first + parts.length).some(chunk => chunk.type !== 'IDAT')) {
    throw new PngError('corrupt', 'The pixels of the PNG are not in one piece.');
  }
  const packed = joined(parts);
  if (packed.length * DEFLATE_RATIO < size) throw fewPixels();
  let rows: Uint8Array;
  try {
    rows = zlib.inflate(packed, size + SLACK_BYTES);
  } catch {
    throw new PngError('corrupt', 'The PNG is damaged: its pixels cannot be unpacked.');
  }
  if (rows.length < size) throw fewPixels();
  return rows;
}

function fewPixels(): PngError {
  return new PngError('truncated', 'The PNG holds fewer pixels than its size needs.');
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function textOf(chunks: readonly Chunk[], zlib: Zlib): Record<string, string> {
  return Object.fromEntries(
    chunks.map(chunk => readTextChunk(chunk, zlib)).filter(entry => entry !== null),
  );
}
