import { packSheet } from '../../sheet/pack.ts';
import { isTrimmed, type PackedSheet, type PlacedFrame } from '../../sheet/placement.ts';
import type { Sheet } from '../../sheet/sheet.ts';
import { pageFile, pagePngs } from '../pages.ts';
import { stableId } from '../stable-id.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import {
  type Animation,
  animationsOf,
  animationVariant,
  mergeAnimation,
  nameOf,
  withoutTextures,
} from './animations.ts';
import { type GodotRecord, readRecord, writeRecord } from './record.ts';
import {
  idOf,
  readResource,
  resourceText,
  type Section,
  section,
  type TextResource,
} from './resource.ts';
import { atom, call, referenceOf, string, textOf, type Variant, walk } from './variant.ts';

export function spriteFramesPath(sheet: Sheet): string {
  return `${sheet.name}.tres`;
}

/** `res://folder/file` */
export function resourcePath(folder: string, file: string): string {
  return folder === '' ? `res://${file}` : `res://${folder}/${file}`;
}

/**
 * Writes Godot 4's `SpriteFrames` over `AtlasTexture`s, one animation per tag. Pingpongs and repetitions are written out. A present
 * file keeps what was edited in Godot: speeds, loops, durations, frames, further animations and resources, and its uids.
 * @throws SheetError as `packSheet` and `readResource` do
 */
export function writeSpriteFrames(request: ExportRequest): ExportResult {
  const { sheet, existing, zlib, folder } = request;
  const packed = packSheet(sheet, request.layout);
  const path = spriteFramesPath(sheet);
  const text = existing.get(path);
  const present = text === undefined ? null : readResource(text, path, 'SpriteFrames');
  const file = present ?? emptyResource('SpriteFrames');
  const before = present && readRecord(present);
  const warnings: string[] = [];
  const paths = packed.pages.map((_, page) =>
    resourcePath(folder, pageFile(sheet.name, page, packed.pages.length)),
  );
  const pages = paths.map(page => externalTexture(file, page));
  const frames = new Map(sheet.frames.map(({ id }) => [id, subIdOf(id)]));
  const gone = goneFrames(before, new Set(frames.values()));
  takeAtlases(file, packed, pages, gone);
  const ours = animationsOf(sheet, subIdOf);
  takeAnimations(file, ours, before, gone, warnings);
  dropUnused(file, before, new Set(paths));
  writeRecord(file, {
    pages: paths,
    frames: Object.fromEntries(frames),
    animations: Object.fromEntries(ours.map(recordOf)),
  });
  countSteps(file);
  return { files: [...pagePngs(packed, zlib), { path, text: resourceText(file) }], warnings };
}

function recordOf({ name, speed, loop, steps }: Animation) {
  const list = steps.map(({ texture, duration }): [string, number] => [texture, duration]);
  return [name, { speed, loop, steps: list }] as const;
}

/** The same for a frame in every export, whatever the frames around it. */
function subIdOf(frame: string): string {
  return `AtlasTexture_${stableId(12, frame)}`;
}

export function emptyResource(type: string): TextResource {
  const attributes = { type: string(type), load_steps: atom(1), format: atom(3) };
  return {
    header: section('gd_resource', attributes),
    external: [],
    internal: [],
    resource: section('resource', {}),
  };
}

/** The id of a texture file, which keeps the uid that Godot gave it. */
export function externalTexture({ external }: TextResource, path: string): string {
  const found = external.find(({ attributes }) => textOf(attributes.get('path')) === path);
  if (found !== undefined) return idOf(found);
  const taken = new Set(external.map(idOf));
  let number = external.length + 1;
  const suffix = stableId(5, path);
  while (taken.has(`${number}_${suffix}`)) number++;
  const id = `${number}_${suffix}`;
  external.push(
    section('ext_resource', { type: string('Texture2D'), path: string(path), id: string(id) }),
  );
  return id;
}

function goneFrames(before: GodotRecord | null, now: ReadonlySet<string>): Set<string> {
  return new Set(Object.values(before?.frames ?? {}).filter(id => !now.has(id)));
}

/** What an `AtlasTexture` needs for a frame; a margin gives trimmed edges back. */
export function atlasProperties(place: PlacedFrame, page: string): Record<string, Variant> {
  const { part, frame, x, y } = place;
  const rect = (...sides: number[]) => call('Rect2', ...sides.map(atom));
  return {
    atlas: call('ExtResource', string(page)),
    region: rect(x, y, part.width, part.height),
    ...(isTrimmed(place) && {
      margin: rect(
        part.x,
        part.y,
        frame.image.width - part.width,
        frame.image.height - part.height,
      ),
    }),
  };
}

/** Sets our properties and keeps the others; new textures do not bleed into their neighbours. */
export function setAtlas({ properties }: Section, ours: Readonly<Record<string, Variant>>): void {
  if (ours['margin'] === undefined) properties.delete('margin');
  for (const [key, value] of Object.entries(ours)) properties.set(key, value);
  if (!properties.has('filter_clip')) properties.set('filter_clip', atom(true));
}

function takeAtlases(
  file: TextResource,
  { placed }: PackedSheet,
  pages: readonly string[],
  gone: ReadonlySet<string>,
): void {
  file.internal = file.internal.filter(part => !gone.has(idOf(part)));
  const present = new Map(file.internal.map(part => [idOf(part), part]));
  for (const place of placed) {
    const id = subIdOf(place.frame.id);
    let part = present.get(id);
    if (part === undefined) {
      part = section('sub_resource', { type: string('AtlasTexture'), id: string(id) });
      file.internal.push(part);
    }
    setAtlas(part, atlasProperties(place, pages[place.page]!));
  }
}

function takeAnimations(
  file: TextResource,
  ours: readonly Animation[],
  before: GodotRecord | null,
  gone: ReadonlySet<string>,
  warnings: string[],
): void {
  const list = file.resource.properties.get('animations');
  const present = list?.kind === 'array' ? list.items : [];
  const wanted = new Map(ours.map(animation => [animation.name, animation]));
  const items: Variant[] = [];
  for (const entry of present) {
    const name = nameOf(entry);
    const animation = wanted.get(name);
    // A tag may be named as something that every object has.
    const last =
      before !== null && Object.hasOwn(before.animations, name)
        ? before.animations[name]
        : undefined;
    if (animation === undefined && last !== undefined) continue;
    let result = entry;
    if (animation !== undefined) {
      wanted.delete(name);
      const merged = mergeAnimation(entry, animation, last);
      result = merged.animation;
      if (merged.framesEdited) {
        warnings.push(`Animation "${name}" keeps the frames that were set in Godot.`);
      }
    }
    const left = withoutTextures(result, gone);
    if (left.removed > 0) {
      warnings.push(
        `Animation "${name}" loses ${left.removed} frames that the sheet no longer has.`,
      );
    }
    items.push(left.animation);
  }
  for (const animation of wanted.values()) items.push(animationVariant(animation));
  file.resource.properties.set('animations', { kind: 'array', items });
}

/** Takes out pages of an earlier export that nothing refers to any more. */
function dropUnused(
  file: TextResource,
  before: GodotRecord | null,
  pages: ReadonlySet<string>,
): void {
  const used = new Set<string>();
  for (const { properties } of [...file.internal, file.resource]) {
    for (const value of properties.values()) {
      for (const inner of walk(value)) {
        const id = referenceOf(inner, 'ExtResource');
        if (id !== undefined) used.add(id);
      }
    }
  }
  file.external = file.external.filter(part => {
    const path = textOf(part.attributes.get('path')) ?? '';
    return used.has(idOf(part)) || pages.has(path) || before?.pages.includes(path) !== true;
  });
}

/** Godot up to 4.5 counts a file's resources in its head. */
export function countSteps({ header, external, internal }: TextResource): void {
  if (!header.attributes.has('load_steps')) return;
  header.attributes.set('load_steps', atom(external.length + internal.length + 1));
}
