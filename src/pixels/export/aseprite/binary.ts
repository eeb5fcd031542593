import { createImage, type RgbaImage } from '../../image.ts';
import { indexColors } from '../../png/palette.ts';
import type { Zlib } from '../../png/zlib.ts';
import { commonCanvas } from '../../sheet/canvas.ts';
import { SheetError } from '../../sheet/error.ts';
import {
  keyAt,
  type Sheet,
  type SheetSlice,
  type SheetTag,
  type SliceKey,
  TAG_DIRECTIONS,
} from '../../sheet/sheet.ts';
import { checkSheet } from '../../sheet/validate.ts';
import { ByteWriter } from '../byte-writer.ts';
import { seal, SEAL_BLANK } from '../seal.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import { withPivotSlice } from './pivot-slice.ts';

/**
 * Writes an `.aseprite` file (the format's public specification) of one layer in RGBA: a cel per frame, tags, slices, and up to
 * 256 colours as its palette. Frames of different sizes lie with their pivots in one place.
 * @throws SheetError as `checkSheet` and `commonCanvas` do
 */
export function writeAseprite({ sheet, zlib }: ExportRequest): ExportResult {
  checkSheet(sheet);
  return {
    files: [{ path: `${sheet.name}.aseprite`, bytes: seal(fileOf(sheet, zlib)) }],
    warnings: [],
  };
}

function fileOf(sheet: Sheet, zlib: Zlib): Uint8Array<ArrayBuffer> {
  const canvas = commonCanvas(sheet);
  const frames = new ByteWriter();
  const colors = paletteOf(sheet);
  for (const [index, frame] of sheet.frames.entries()) {
    const { x, y } = canvas.corners[index]!;
    const chunks = [
      ...(index === 0 ? headChunks(sheet, colors, canvas.corners) : []),
      celChunk(frame.image, x, y, zlib),
    ];
    const body = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    frames
      .u32(16 + body)
      .u16(0xf1fa)
      .u16(Math.min(chunks.length, 0xffff))
      .u16(frame.durationMs)
      .zeros(2)
      .u32(chunks.length);
    for (const chunk of chunks) frames.bytes(chunk);
  }
  const header = new ByteWriter()
    .u32(128 + frames.length)
    .u16(0xa5e0)
    .u16(sheet.frames.length)
    .u16(canvas.width)
    .u16(canvas.height)
    .u16(32)
    // Layer opacity is valid.
    .u32(1)
    .u16(100)
    .zeros(12)
    .u16(colors.length / 4)
    // Square pixels, grid of 16.
    .u8(1)
    .u8(1)
    .zeros(4)
    .u16(16)
    .u16(16)
    .zeros(84);
  return header.bytes(frames.done()).done();
}

type Corners = readonly { x: number; y: number }[];

function headChunks(sheet: Sheet, colors: Uint8Array, corners: Corners): Uint8Array[] {
  return [
    // sRGB.
    chunk(0x2007, new ByteWriter().u16(1).zeros(14)),
    chunk(0x2019, paletteBody(colors)),
    // User data right after the palette are the sprite's own.
    chunk(0x2020, string(new ByteWriter().u32(1), SEAL_BLANK)),
    chunk(0x2004, string(new ByteWriter().u16(3).zeros(10).u8(255).zeros(3), sheet.name)),
    ...(sheet.tags.length > 0 ? [chunk(0x2018, tagsBody(sheet.tags))] : []),
    ...withPivotSlice(sheet).map(slice => chunk(0x2022, sliceBody(slice, corners))),
  ];
}

function chunk(type: number, body: ByteWriter): Uint8Array {
  return new ByteWriter()
    .u32(6 + body.length)
    .u16(type)
    .bytes(body.done())
    .done();
}

function string(writer: ByteWriter, value: string): ByteWriter {
  const bytes = new TextEncoder().encode(value);
  if (bytes.length > 0xffff) {
    throw new SheetError('invalid-name', `"${value.slice(0, 40)}…" is too long a name.`);
  }
  return writer.u16(bytes.length).bytes(bytes);
}

/** The colours of all frames, or black where there are too many for a palette. */
function paletteOf({ frames }: Sheet): Uint8Array {
  const pixels = frames.reduce((sum, { image }) => sum + image.width * image.height, 0);
  const all = createImage(pixels, 1);
  let at = 0;
  for (const { image } of frames) {
    all.data.set(image.data, at);
    at += image.data.length;
  }
  return indexColors(all)?.colors ?? Uint8Array.of(0, 0, 0, 255);
}

function paletteBody(colors: Uint8Array): ByteWriter {
  const count = colors.length / 4;
  const body = new ByteWriter()
    .u32(count)
    .u32(0)
    .u32(count - 1)
    .zeros(8);
  for (let i = 0; i < count; i++) body.u16(0).bytes(colors.subarray(i * 4, i * 4 + 4));
  return body;
}

function tagsBody(tags: readonly SheetTag[]): ByteWriter {
  const body = new ByteWriter().u16(tags.length).zeros(8);
  for (const { name, from, to, direction, repeat } of tags) {
    body.u16(from).u16(to).u8(TAG_DIRECTIONS.indexOf(direction)).u16(repeat).zeros(10);
    string(body, name);
  }
  return body;
}

/** The keys of a slice, with one more wherever the frame itself lies elsewhere on the canvas. */
function keysOnCanvas(slice: SheetSlice, corners: Corners): SliceKey[] {
  return corners.flatMap((corner, frame) => {
    const key = keyAt(slice, frame);
    const before = corners[frame - 1];
    const moved = before !== undefined && (before.x !== corner.x || before.y !== corner.y);
    return key !== null && (key.frame === frame || moved) ? [{ ...key, frame }] : [];
  });
}

function sliceBody(slice: SheetSlice, corners: Corners): ByteWriter {
  const { name } = slice;
  const keys = keysOnCanvas(slice, corners);
  const nine = keys.some(key => key.center !== null);
  const pivots = keys.some(key => key.pivot !== null);
  const body = new ByteWriter()
    .u32(keys.length)
    .u32((nine ? 1 : 0) | (pivots ? 2 : 0))
    .zeros(4);
  string(body, name);
  for (const { frame, bounds, center, pivot } of keys) {
    const corner = corners[frame]!;
    body
      .u32(frame)
      .i32(bounds.x + corner.x)
      .i32(bounds.y + corner.y);
    body.u32(bounds.width).u32(bounds.height);
    if (nine) {
      const part = center ?? { x: 0, y: 0, width: 0, height: 0 };
      body.i32(part.x).i32(part.y).u32(part.width).u32(part.height);
    }
    if (pivots) body.i32(Math.round(pivot?.x ?? 0)).i32(Math.round(pivot?.y ?? 0));
  }
  return body;
}

function celChunk(image: RgbaImage, x: number, y: number, zlib: Zlib): Uint8Array {
  const { data, width, height } = image;
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const body = new ByteWriter().u16(0).i16(x).i16(y).u8(255).u16(2).i16(0).zeros(5);
  return chunk(0x2005, body.u16(width).u16(height).bytes(zlib.deflate(pixels, 9)));
}
