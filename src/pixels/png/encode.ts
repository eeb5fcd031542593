import type { RgbaImage } from '../image.ts';
import { type Chunk, writeChunks } from './chunks.ts';
import { filterRows } from './filter.ts';
import { indexColors, packIndexes, paletteChunks } from './palette.ts';
import { writeTextChunk } from './text.ts';
import type { Zlib } from './zlib.ts';

export interface EncodePngOptions {
  /** Texts by key, in front of the pixels. */
  text?: Readonly<Record<string, string>>;
  /** 0 to 9, default 9. */
  level?: number;
  /** `auto` (default) stores up to 256 colours as a palette. */
  palette?: 'auto' | 'never';
}

/**
 * Encodes a picture without loss, also of the colours under transparent pixels. Equal pictures, options and zlib give equal bytes.
 * @throws PngError `unsupported` for a text that PNG has no place for
 * @throws RangeError when the data do not fit the size
 */
export function encodePng(
  image: RgbaImage,
  zlib: Zlib,
  options: EncodePngOptions = {},
): Uint8Array<ArrayBuffer> {
  const { text = {}, level = 9, palette = 'auto' } = options;
  const { width, height, data } = image;
  if (width < 1 || height < 1 || data.length !== width * height * 4) {
    throw new RangeError(`A picture of ${width}x${height} cannot have ${data.length} bytes.`);
  }
  const indexed = palette === 'auto' ? indexColors(image) : null;
  const plan = indexed === null ? direct(image) : indexedPlan(image, indexed);
  return writeChunks([
    { type: 'IHDR', body: headerBody(image, plan) },
    ...Object.entries(text).map(([key, value]) => writeTextChunk(key, value)),
    ...plan.chunks,
    { type: 'IDAT', body: zlib.deflate(plan.rows, level) },
    { type: 'IEND', body: new Uint8Array(0) },
  ]);
}

interface Plan {
  bitDepth: number;
  colorType: number;
  chunks: Chunk[];
  rows: Uint8Array;
}

function indexedPlan(image: RgbaImage, indexed: NonNullable<ReturnType<typeof indexColors>>): Plan {
  const count = indexed.colors.length / 4;
  const bitDepth = count <= 2 ? 1 : count <= 4 ? 2 : count <= 16 ? 4 : 8;
  return {
    bitDepth,
    colorType: 3,
    chunks: paletteChunks(indexed.colors),
    rows: packIndexes(indexed.indexes, image.width, image.height, bitDepth),
  };
}

function direct(image: RgbaImage): Plan {
  const opaque = isOpaque(image);
  return {
    bitDepth: 8,
    colorType: opaque ? 2 : 6,
    chunks: [],
    rows: filterRows(image, opaque ? 3 : 4),
  };
}

function isOpaque({ data }: RgbaImage): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

function headerBody(image: RgbaImage, plan: Plan): Uint8Array {
  const body = new Uint8Array(13);
  const view = new DataView(body.buffer);
  view.setUint32(0, image.width);
  view.setUint32(4, image.height);
  body[8] = plan.bitDepth;
  body[9] = plan.colorType;
  return body;
}
