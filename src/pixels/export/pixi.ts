import { packSheet } from '../sheet/pack.ts';
import { playbackOf } from '../sheet/playback.ts';
import type { PackedSheet, PlacedFrame } from '../sheet/placement.ts';
import { bordersOf, type Sheet } from '../sheet/sheet.ts';
import { atlasFrame, atlasMeta, pivotShare, shapeFrames } from './atlas-frames.ts';
import type { TextFile } from './file.ts';
import { isObject, type JsonObject, jsonText, objectOf, over, presentJson } from './json.ts';
import { pageFile, pagePngs } from './pages.ts';
import type { ExportRequest, ExportResult } from './target.ts';

/**
 * Writes PixiJS' spritesheet JSON: `Assets.load('hero.json')` gives textures with anchors and borders, and `animations` for
 * `AnimatedSprite`. Pixi's animations carry no times; they stand in `meta.durations` by frame. A present file keeps every key
 * and animation that we do not write.
 * @throws SheetError as `packSheet` does
 */
export function writePixi(request: ExportRequest): ExportResult {
  const packed = packSheet(request.sheet, request.layout);
  const plays = pagedAnimations(packed);
  const texts = packed.pages.map((_, page) => pageJson(request, packed, plays, page));
  return {
    files: [...pagePngs(packed, request.zlib), ...texts],
    warnings: plays
      .filter(play => play.page === null)
      .map(
        ({ name }) =>
          `Animation "${name}" lies on several pages, which PixiJS cannot play from one sheet; raise the page's size.`,
      ),
  };
}

interface PagedAnimation {
  name: string;
  ids: string[];
  /** null when its frames lie on several: a Pixi sheet only knows its own textures. */
  page: number | null;
}

function pagedAnimations({ sheet, placed }: PackedSheet): PagedAnimation[] {
  return sheet.tags.map(tag => {
    const { name, frames } = playbackOf(tag);
    const pages = new Set(frames.map(index => placed[index]!.page));
    const [page = null] = pages.size === 1 ? pages : [];
    return { name, ids: frames.map(index => sheet.frames[index]!.id), page };
  });
}

function pixiFrame(sheet: Sheet, place: PlacedFrame): JsonObject {
  const anchor = pivotShare(place);
  const borders = bordersOf(sheet, place.index);
  return {
    ...atlasFrame(place),
    ...(anchor !== null && { anchor }),
    ...(borders !== null && { borders }),
  };
}

function pageJson(
  { sheet, existing }: ExportRequest,
  packed: PackedSheet,
  plays: readonly PagedAnimation[],
  page: number,
): TextFile {
  const { pages } = packed;
  const path = pageFile(sheet.name, page, pages.length, '.json');
  const present = presentJson(existing, path, 'frames');
  const before = isObject(present?.['meta']) ? present['meta'] : {};
  const here = pages[page]!.frames;
  const entries = here.map(place => [place.frame.id, pixiFrame(sheet, place)] as const);
  const others = pages
    .map((_, other) => pageFile(sheet.name, other, pages.length, '.json'))
    .filter(other => other !== path);
  const durations = objectOf(here.map(({ frame }) => [frame.id, frame.durationMs]));
  const ours = plays
    .filter(play => play.page === page)
    .map(({ name, ids }) => [name, ids] as const);
  const meta = {
    ...atlasMeta(packed, page, pageFile(sheet.name, page, pages.length)),
    // Pixi loads the others only from the first.
    ...(others.length > 0 && page === 0 ? { related_multi_packs: others } : {}),
    durations,
    ownAnimations: ours.map(([name]) => name),
  };
  const json = over(present, {
    frames: shapeFrames('hash', entries, present?.['frames'], ['anchor', 'borders']),
    meta: over(before, meta, ['related_multi_packs']),
    animations: over(present?.['animations'], objectOf(ours), ownedBefore(before)),
  });
  return { path, text: jsonText(json) };
}

/** Names of the animations that an earlier export wrote; the others are somebody's own. */
function ownedBefore(meta: JsonObject): string[] {
  return Array.isArray(meta['ownAnimations']) ? meta['ownAnimations'].map(String) : [];
}
