import { packSheet } from '../sheet/pack.ts';
import type { PackedSheet, PlacedFrame } from '../sheet/placement.ts';
import { bordersOf, type Sheet } from '../sheet/sheet.ts';
import {
  atlasFrame,
  atlasMeta,
  type FramesShape,
  pivotShare,
  shapeFrames,
} from './atlas-frames.ts';
import type { TextFile } from './file.ts';
import { isObject, type JsonObject, jsonText, over, presentJson } from './json.ts';
import { pageFile, pagePngs } from './pages.ts';
import type { ExportRequest, ExportResult } from './target.ts';

/** Fields of a frame that we leave out when they do not apply. */
const OPTIONAL = ['pivot', 'scale9Borders'];

/** A frame as TexturePacker writes it, with its pivot in shares and the middle of a nine-patch. */
export function packerFrame(sheet: Sheet, place: PlacedFrame): JsonObject {
  const pivot = pivotShare(place);
  const borders = bordersOf(sheet, place.index);
  const { width, height } = place.frame.image;
  return {
    ...atlasFrame(place),
    ...(pivot !== null && { pivot }),
    ...(borders !== null && {
      scale9Borders: {
        x: borders.left,
        y: borders.top,
        w: width - borders.left - borders.right,
        h: height - borders.top - borders.bottom,
      },
    }),
  };
}

/**
 * Writes TexturePacker's JSON, one file per page; several refer to each other in `related_multi_packs`. A present file keeps
 * every key that we do not write.
 * @throws SheetError as `packSheet` does
 */
export function writeTexturePacker(request: ExportRequest, shape: FramesShape): ExportResult {
  const packed = packSheet(request.sheet, request.layout);
  const texts = packed.pages.map((_, page) => pageJson(request, packed, shape, page));
  return { files: [...pagePngs(packed, request.zlib), ...texts], warnings: [] };
}

function pageJson(
  { sheet, existing }: ExportRequest,
  packed: PackedSheet,
  shape: FramesShape,
  page: number,
): TextFile {
  const { pages } = packed;
  const path = pageFile(sheet.name, page, pages.length, '.json');
  const present = presentJson(existing, path, 'frames');
  const others = pages
    .map((_, other) => pageFile(sheet.name, other, pages.length, '.json'))
    .filter(other => other !== path);
  const frames = pages[page]!.frames.map(
    place => [place.frame.id, packerFrame(sheet, place)] as const,
  );
  const meta = atlasMeta(packed, page, pageFile(sheet.name, page, pages.length));
  const related = others.length > 0 ? { related_multi_packs: others } : {};
  const json = over(present, {
    frames: shapeFrames(shape, frames, present?.['frames'], OPTIONAL),
    meta: over(isObject(present?.['meta']) ? present['meta'] : {}, { ...meta, ...related }, [
      'related_multi_packs',
    ]),
  });
  return { path, text: jsonText(json) };
}
