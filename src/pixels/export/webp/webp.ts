import type { RgbaImage } from '../../image.ts';
import { type Film, filmFiles } from '../animation-files.ts';
import { ByteWriter } from '../byte-writer.ts';
import { seal, SEAL_BLANK } from '../seal.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import { encodeVp8l } from './vp8l.ts';

const ALPHA = 0x10;
const ANIMATION = 0x02;
const XMP = 0x04;

/** Replace what is there, and clear it after. */
const NO_BLEND_AND_CLEAR = 0b11;

/**
 * Writes a lossless WebP per tag (RFC 9649), animated when it has several frames.
 * @throws SheetError as `checkSheet` and `imagesOnCanvas` do
 */
export function writeWebp({ sheet }: ExportRequest): ExportResult {
  return { files: filmFiles(sheet, '.webp', encodeWebp), warnings: [] };
}

function encodeWebp({ images, durationsMs, loop }: Film): Uint8Array<ArrayBuffer> {
  const [first] = images as [RgbaImage];
  const animated = images.length > 1;
  const head = new ByteWriter()
    .u8(ALPHA | XMP | (animated ? ANIMATION : 0))
    .zeros(3)
    .u24(first.width - 1)
    .u24(first.height - 1);
  const body = new ByteWriter().utf8('WEBP').bytes(chunk('VP8X', head.done()));
  if (animated) {
    body.bytes(
      chunk(
        'ANIM',
        new ByteWriter()
          .u32(0)
          .u16(loop ? 0 : 1)
          .done(),
      ),
    );
    for (const [i, image] of images.entries()) body.bytes(frameChunk(image, durationsMs[i]!));
  } else body.bytes(chunk('VP8L', encodeVp8l(first)));
  body.bytes(chunk('XMP ', xmp()));
  const file = new ByteWriter().utf8('RIFF').u32(body.length).bytes(body.done());
  return seal(file.done());
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const writer = new ByteWriter().utf8(name).u32(body.length).bytes(body);
  return writer.zeros(body.length & 1).done();
}

function frameChunk(image: RgbaImage, durationMs: number): Uint8Array {
  const body = new ByteWriter()
    .zeros(6)
    .u24(image.width - 1)
    .u24(image.height - 1)
    .u24(durationMs)
    .u8(NO_BLEND_AND_CLEAR)
    .bytes(chunk('VP8L', encodeVp8l(image)));
  return chunk('ANMF', body.done());
}

/** A packet without facts, whose only use is the seal in it. */
function xmp(): Uint8Array {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="${SEAL_BLANK}"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>`;
  return new TextEncoder().encode(packet);
}
