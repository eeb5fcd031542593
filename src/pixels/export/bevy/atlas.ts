import { SheetError } from '../../sheet/error.ts';
import { packSheet } from '../../sheet/pack.ts';
import type { PackedSheet } from '../../sheet/placement.ts';
import { playbackOf } from '../../sheet/playback.ts';
import type { Sheet } from '../../sheet/sheet.ts';
import { onlyPage, pagePngs } from '../pages.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import {
  formatRon,
  parseRon,
  type Ron,
  ronAtom,
  ronList,
  ronString,
  type RonStruct,
  ronStruct,
  ronText,
  ronTuple,
} from './ron.ts';

export function bevyPath(sheet: Sheet): string {
  return `${sheet.name}.atlas.ron`;
}

/**
 * Writes Bevy's `TextureAtlasLayout` in its serde form, with the frames' names, pivots and animations beside it. A frame keeps its
 * index in a re-export; one that is gone leaves an empty rectangle. A present file keeps the fields and animations that are not ours,
 * but no comments. Bevy knows no trimmed frames, so none is.
 * @throws SheetError `one-page-only`, `unreadable`, `foreign-file`, and as `packSheet` does
 */
export function writeBevy(request: ExportRequest): ExportResult {
  const { sheet, existing, zlib } = request;
  const packed = packSheet(sheet, { ...request.layout, trim: false });
  const page = onlyPage(packed, "Bevy's atlas");
  const path = bevyPath(sheet);
  const text = existing.get(path);
  const present = text === undefined ? null : atlasOf(parseRon(text, path), path);
  const slots = slotsOf(sheet, namesOf(present?.fields.get('names')));
  const file = present ?? ronStruct({});
  file.fields.set('size', ronTuple(page.width, page.height));
  file.fields.set('textures', ronList(textures(packed, slots)));
  file.fields.set('names', ronList(names(sheet, slots)));
  file.fields.set('pivots', ronList(pivots(sheet, slots)));
  const tags = namesOf(file.fields.get('tags'));
  file.fields.set('tags', ronList(sheet.tags.map(tag => ronString(tag.name))));
  file.fields.set('animations', animations(sheet, slots, file.fields.get('animations'), tags));
  const warnings =
    request.layout.trim === true ? ['Bevy knows no trimmed frames; they are stored whole.'] : [];
  return {
    files: [...pagePngs(packed, zlib), { path, text: `${formatRon(file)}\n` }],
    warnings,
  };
}

function atlasOf(value: Ron, path: string): RonStruct {
  if (value.kind === 'struct' && value.fields.has('textures')) return value;
  throw new SheetError('foreign-file', `${path} is RON, but no texture atlas.`);
}

function namesOf(list: Ron | undefined): string[] {
  return list?.kind === 'list' ? list.items.map(item => ronText(item) ?? '') : [];
}

/** Index of each frame in the layout: the one it had, or one behind. */
function slotsOf(sheet: Sheet, before: readonly string[]): number[] {
  const known = new Map(before.map((name, slot) => [name, slot]));
  let next = before.length;
  return sheet.frames.map(({ id }) => known.get(id) ?? next++);
}

function bySlot(slots: readonly number[], empty: Ron, valueOf: (frame: number) => Ron): Ron[] {
  const count = slots.reduce((most, slot) => Math.max(most, slot + 1), 0);
  const list = Array.from({ length: count }, () => empty);
  for (const [frame, slot] of slots.entries()) list[slot] = valueOf(frame);
  return list;
}

function rectangle(x: number, y: number, width: number, height: number): Ron {
  return ronStruct({ min: ronTuple(x, y), max: ronTuple(x + width, y + height) });
}

function textures({ placed }: PackedSheet, slots: readonly number[]): Ron[] {
  return bySlot(slots, rectangle(0, 0, 0, 0), frame => {
    const { x, y, part } = placed[frame]!;
    return rectangle(x, y, part.width, part.height);
  });
}

function names({ frames }: Sheet, slots: readonly number[]): Ron[] {
  return bySlot(slots, ronString(''), frame => ronString(frames[frame]!.id));
}

/** In pixels from the top left; Bevy's `Anchor` is a share from the centre, upwards. */
function pivots({ frames }: Sheet, slots: readonly number[]): Ron[] {
  const none: Ron = { kind: 'atom', text: 'None' };
  return bySlot(slots, none, frame => {
    const { pivot } = frames[frame]!;
    if (pivot === null) return none;
    return { kind: 'tuple', name: 'Some', items: [ronTuple(pivot.x, pivot.y)] };
  });
}

function animations(
  sheet: Sheet,
  slots: readonly number[],
  present: Ron | undefined,
  before: readonly string[],
): Ron {
  const old = new Map(
    present?.kind === 'map' ? present.entries.map(entry => [ronText(entry[0]), entry]) : [],
  );
  const ours = sheet.tags.map((tag): [Ron, Ron] => {
    const { name, frames, loop } = playbackOf(tag);
    const value = old.get(name)?.[1];
    const fields = value?.kind === 'struct' ? value.fields : new Map<string, Ron>();
    fields.set('frames', ronList(frames.map(frame => ronAtom(slots[frame]!))));
    const times = frames.map(frame => ronAtom(sheet.frames[frame]!.durationMs));
    fields.set('durations_ms', ronList(times));
    fields.set('repeat', ronAtom(loop));
    return [ronString(name), { kind: 'struct', name: '', fields }];
  });
  const gone = new Set([...before, ...sheet.tags.map(tag => tag.name)]);
  const others = [...old].filter(([name]) => name === undefined || !gone.has(name));
  return { kind: 'map', entries: [...ours, ...others.map(([, entry]) => entry)] };
}
