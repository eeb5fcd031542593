import { packSheet } from '../sheet/pack.ts';
import { playbackOf } from '../sheet/playback.ts';
import type { PackedSheet } from '../sheet/placement.ts';
import type { Sheet, SheetTag } from '../sheet/sheet.ts';
import { shapeFrames } from './atlas-frames.ts';
import type { TextFile } from './file.ts';
import { byName, type JsonObject, jsonText, over, presentJson } from './json.ts';
import { pageFile, pagePngs } from './pages.ts';
import type { ExportRequest, ExportResult } from './target.ts';
import { packerFrame } from './texturepacker.ts';

/** Marks an animation as ours in a field that Phaser leaves aside, so that a tag that is gone takes its animation with it. */
const MARK = 'dgxPixels';

/** The animations of a sheet, for `load.animation`. */
function animationsPath(name: string): string {
  return `${name}.anims.json`;
}

export function phaserPaths({ name, tags }: Sheet): string[] {
  return [`${name}.json`, ...(tags.length > 0 ? [animationsPath(name)] : [])];
}

/**
 * Writes a Phaser multi-atlas (`load.multiatlas`) and, where there are tags, its animations (`load.animation`), whose texture key
 * is the sheet's name. Present files keep every key and animation that we do not write.
 * @throws SheetError as `packSheet` does
 */
export function writePhaser(request: ExportRequest): ExportResult {
  const packed = packSheet(request.sheet, request.layout);
  const { tags } = request.sheet;
  return {
    files: [
      ...pagePngs(packed, request.zlib),
      atlasFile(request, packed),
      ...(tags.length > 0 ? [animationsFile(request)] : []),
    ],
    warnings: [],
  };
}

function atlasFile({ sheet, existing }: ExportRequest, packed: PackedSheet): TextFile {
  const path = `${sheet.name}.json`;
  const present = presentJson(existing, path, 'textures');
  const before = byName(present?.['textures'], 'image');
  const textures = packed.pages.map(({ width, height, frames }, page) => {
    const image = pageFile(sheet.name, page, packed.pages.length);
    const old = before.get(image);
    const entries = frames.map(place => [place.frame.id, packerFrame(sheet, place)] as const);
    const optional = ['pivot', 'scale9Borders'];
    return over(old, {
      image,
      format: 'RGBA8888',
      size: { w: width, h: height },
      scale: 1,
      frames: shapeFrames('array', entries, old?.['frames'], optional),
    });
  });
  const meta = over(present?.['meta'], { app: 'dgx-pixels', version: '1.0' });
  return { path, text: jsonText(over(present, { textures, meta })) };
}

/** Phaser calls what it plays once `repeat: 0`; our tags write repetitions out. */
function animation(sheet: Sheet, tag: SheetTag): JsonObject {
  const { frames, loop } = playbackOf(tag);
  const steps = frames.map(index => {
    const { id, durationMs } = sheet.frames[index]!;
    return { key: sheet.name, frame: id, duration: durationMs };
  });
  return {
    key: tag.name,
    type: 'frame',
    frames: steps,
    duration: steps.reduce((sum, step) => sum + step.duration, 0),
    repeat: loop ? -1 : 0,
    [MARK]: true,
  };
}

function animationsFile({ sheet, existing }: ExportRequest): TextFile {
  const path = animationsPath(sheet.name);
  const present = presentJson(existing, path, 'anims');
  const before = byName(present?.['anims'], 'key');
  const names = new Set(sheet.tags.map(tag => tag.name));
  const ours = sheet.tags.map(tag => over(before.get(tag.name), animation(sheet, tag)));
  const others = [...before.values()].filter(
    other => other[MARK] !== true && !names.has(String(other['key'])),
  );
  return { path, text: jsonText(over(present, { anims: [...ours, ...others] })) };
}
