import { packSheet } from '../../sheet/pack.ts';
import type { Rectangle } from '../../image.ts';
import type { Sheet, SheetSlice, SheetTag, SliceKey } from '../../sheet/sheet.ts';
import {
  atlasFrame,
  atlasMeta,
  checkHashOrder,
  type FramesShape,
  shapeFrames,
} from '../atlas-frames.ts';
import { byName, isObject, type JsonObject, jsonText, over, presentJson } from '../json.ts';
import { onlyPage, pageFile, pagePngs } from '../pages.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import { withPivotSlice } from './pivot-slice.ts';

/**
 * Writes Aseprite's JSON (`--format json-hash` or `json-array` of its exporter) beside the sheet. A frame's pivot becomes the
 * slice `pivot`. A present file keeps every key that we do not write.
 * @throws SheetError `one-page-only`, and as `packSheet` and `checkHashOrder` do
 */
export function writeAsepriteJson(request: ExportRequest, shape: FramesShape): ExportResult {
  const packed = packSheet(request.sheet, request.layout);
  onlyPage(packed, "Aseprite's JSON");
  if (shape === 'hash') checkHashOrder(request.sheet.frames.map(frame => frame.id));
  const { name, tags } = request.sheet;
  const path = `${name}.json`;
  const present = presentJson(request.existing, path, 'frames');
  const meta = isObject(present?.['meta']) ? present['meta'] : {};
  const frames = packed.placed.map(place => {
    const fields = { ...atlasFrame(place), duration: place.frame.durationMs };
    return [place.frame.id, fields] as const;
  });
  const tagsBefore = byName(meta['frameTags'], 'name');
  const slicesBefore = byName(meta['slices'], 'name');
  const json = over(present, {
    frames: shapeFrames(shape, frames, present?.['frames']),
    meta: over(meta, {
      ...atlasMeta(packed, 0, pageFile(name, 0, 1)),
      frameTags: tags.map(tag => over(tagsBefore.get(tag.name), tagJson(tag), ['repeat'])),
      layers: Array.isArray(meta['layers'])
        ? (meta['layers'] as unknown[])
        : [{ name, opacity: 255, blendMode: 'normal' }],
      slices: withPivotSlice(request.sheet).map(slice =>
        over(slicesBefore.get(slice.name), sliceJson(slice)),
      ),
    }),
  });
  return {
    files: [...pagePngs(packed, request.zlib), { path, text: jsonText(json) }],
    warnings: [],
  };
}

/** The file that `writeAsepriteJson` builds on. */
export function asepriteJsonPath(sheet: Sheet): string {
  return `${sheet.name}.json`;
}

function tagJson({ name, from, to, direction, repeat }: SheetTag): JsonObject {
  // Aseprite writes the count as a string, and only when there is one.
  const count = repeat > 0 ? { repeat: String(repeat) } : {};
  return { name, from, to, direction, ...count };
}

function sliceJson({ name, keys }: SheetSlice): JsonObject {
  return { name, keys: keys.map(keyJson) };
}

function keyJson({ frame, bounds, center, pivot }: SliceKey): JsonObject {
  return {
    frame,
    bounds: rectangleJson(bounds),
    ...(center === null ? {} : { center: rectangleJson(center) }),
    ...(pivot === null ? {} : { pivot: { x: Math.round(pivot.x), y: Math.round(pivot.y) } }),
  };
}

function rectangleJson({ x, y, width, height }: Rectangle): JsonObject {
  return { x, y, w: width, h: height };
}
