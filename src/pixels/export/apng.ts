import type { RgbaImage } from '../image.ts';
import { type Chunk, writeChunks } from '../png/chunks.ts';
import { filterRows } from '../png/filter.ts';
import { indexColors, packIndexes, paletteChunks } from '../png/palette.ts';
import type { Zlib } from '../png/zlib.ts';
import { type Film, filmFiles } from './animation-files.ts';
import { stacked } from './gif/colors.ts';
import { sealPng } from './seal.ts';
import type { ExportRequest, ExportResult } from './target.ts';

/**
 * Writes an animated PNG per tag (W3C PNG, third edition, clause 11.3.4), without loss: each frame whole, as indexes when the film
 * has up to 256 colours.
 * @throws SheetError as `checkSheet` and `imagesOnCanvas` do
 */
export function writeApng({ sheet, zlib }: ExportRequest): ExportResult {
  const files = filmFiles(sheet, '.png', film => sealPng(encodeApng(film, zlib)));
  return { files, warnings: [] };
}

function encodeApng({ images, durationsMs, loop }: Film, zlib: Zlib): Uint8Array {
  const [{ width, height }] = images as [RgbaImage];
  const indexed = indexColors(stacked(images));
  const pixels = width * height;
  const rows = images.map((image, i) =>
    indexed === null
      ? filterRows(image, 4)
      : packIndexes(indexed.indexes.subarray(i * pixels, (i + 1) * pixels), width, height, 8),
  );
  let sequence = 0;
  const frames = rows.flatMap((row, i): Chunk[] => {
    const data = zlib.deflate(row, 9);
    const control = frameControl(sequence++, width, height, durationsMs[i]!);
    if (i === 0) return [control, { type: 'IDAT', body: data }];
    return [control, { type: 'fdAT', body: numbered(sequence++, data) }];
  });
  return writeChunks([
    { type: 'IHDR', body: header(width, height, indexed === null ? 6 : 3) },
    { type: 'acTL', body: words(images.length, loop ? 0 : 1) },
    ...(indexed === null ? [] : paletteChunks(indexed.colors)),
    ...frames,
    { type: 'IEND', body: new Uint8Array(0) },
  ]);
}

function words(...values: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [i, value] of values.entries()) view.setUint32(i * 4, value);
  return new Uint8Array(view.buffer);
}

function header(width: number, height: number, colorType: number): Uint8Array {
  return Uint8Array.of(...words(width, height), 8, colorType, 0, 0, 0);
}

/** Dispose 1 clears to transparent, blend 0 replaces: every frame stands for itself. */
function frameControl(sequence: number, width: number, height: number, ms: number): Chunk {
  const delay = [ms >> 8, ms & 255, 1000 >> 8, 1000 & 255];
  const body = Uint8Array.of(...words(sequence, width, height, 0, 0), ...delay, 1, 0);
  return { type: 'fcTL', body };
}

function numbered(sequence: number, data: Uint8Array): Uint8Array {
  const body = new Uint8Array(4 + data.length);
  body.set(words(sequence));
  body.set(data, 4);
  return body;
}
