import { type Document, isMap, isSeq, parseDocument, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { SheetError } from '../../sheet/error.ts';
import { powerOfTwo } from '../../sheet/page-size.ts';
import { packSheet } from '../../sheet/pack.ts';
import type { PackedSheet } from '../../sheet/placement.ts';
import type { TextFile } from '../file.ts';
import { pageFile, pagePngs } from '../pages.ts';
import { stableId } from '../stable-id.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import { isEdited, mayRecord, readRecord, recordText } from './placing.ts';
import { internalIdOf, type UnitySprite, unitySprite } from './sprite.ts';
import { metaTemplate } from './template.ts';

/** Unity's id of the class Sprite. */
const SPRITE_CLASS = '213';

/** Everything stays the text it is: `1e10` may be a part of a guid. Ten thousand keys are not compared with each other. */
const READ = { schema: 'failsafe', keepSourceTokens: false, uniqueKeys: false } as const;
const WRITE = { lineWidth: 0, indentSeq: false, flowCollectionPadding: false } as const;

/**
 * Writes the sheet and Unity's `.png.meta` beside it. Ids follow from the folder, the sheet's and the frames' names. A present file
 * keeps its guid, importer settings, ids, outlines and physics shapes, and pivots and borders that were set in Unity; only the
 * rectangles and the list of our sprites are ours.
 * @throws SheetError as `packSheet` does; `unreadable` and `foreign-file` for a present file that is no texture's
 */
export function writeUnity(request: ExportRequest): ExportResult {
  const packed = packSheet(request.sheet, request.layout);
  const metas = packed.pages.map((_, page) => metaFile(request, packed, page));
  return { files: [...pagePngs(packed, request.zlib), ...metas], warnings: [] };
}

function metaFile(request: ExportRequest, packed: PackedSheet, index: number): TextFile {
  const { sheet, existing, folder } = request;
  const page = packed.pages[index]!;
  const png = pageFile(sheet.name, index, packed.pages.length);
  const path = `${png}.meta`;
  const present = existing.get(path);
  const side = Math.max(2048, powerOfTwo(Math.max(page.width, page.height)));
  const guid = stableId(32, 'unity asset', folder, png);
  const unit = sheet.frames[0]!.image.width;
  const document = parseMeta(present ?? metaTemplate(guid, unit, side), path);
  const sprites = page.frames.map(place => unitySprite(sheet, place, page));
  takeSprites(document, sprites, present === undefined);
  return { path, text: document.toString(WRITE) };
}

function parseMeta(text: string, path: string): Document {
  const document = parseDocument(text, READ);
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw new SheetError('unreadable', `${path} is no YAML: ${fault.message.split('\n')[0] ?? ''}`);
  }
  if (!isMap(document.getIn(['TextureImporter']))) {
    throw new SheetError('foreign-file', `${path} is not the meta file of a texture in Unity.`);
  }
  return document;
}

function takeSprites(document: Document, sprites: readonly UnitySprite[], fresh: boolean): void {
  const importer = ['TextureImporter'];
  const userData: unknown = document.getIn([...importer, 'userData']);
  const record = readRecord(userData);
  const listPath = [...importer, 'spriteSheet', 'sprites'];
  const list = listAt(document, listPath);
  const present = new Map(list.items.filter(isMap).map(item => [String(item.get('name')), item]));
  const names = new Set(sprites.map(({ name }) => name));
  // Our ids tell our sprites from those that somebody cut in Unity.
  const gone = [...present]
    .filter(([name, item]) => !names.has(name) && item.get('internalID') === internalIdOf(name))
    .map(([name]) => name);
  for (const name of gone) present.delete(name);
  for (const sprite of sprites) {
    const item = present.get(sprite.name);
    if (item === undefined) present.set(sprite.name, freshSprite(document, sprite));
    else updateSprite(document, item, sprite, isEdited(item, sprite.name, record));
  }
  list.items = [...present.values()];
  list.flow = list.items.length === 0;
  takeTables(document, [...present], gone);
  // A texture that was one sprite becomes a sheet, or nothing of this shows.
  document.setIn([...importer, 'spriteMode'], '2');
  if (fresh || mayRecord(userData)) {
    document.setIn([...importer, 'userData'], recordText(sprites));
  }
}

function listAt(document: Document, path: string[]): YAMLSeq {
  const node = document.getIn(path, true);
  if (isSeq(node)) return node;
  const list = new YAMLSeq();
  document.setIn(path, list);
  return list;
}

function texts(values: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, decimal(value)]));
}

/** Unity reads 32-bit floats. */
function decimal(value: string | number): string {
  return typeof value === 'string' ? value : String(Number(value.toFixed(7)));
}

function flowMap(document: Document, values: Readonly<Record<string, number>>): YAMLMap {
  const node = document.createNode(texts(values)) as YAMLMap;
  node.flow = true;
  return node;
}

function rectNode(document: Document, { rect }: UnitySprite) {
  return document.createNode(texts({ serializedVersion: 2, ...rect }));
}

function freshSprite(document: Document, sprite: UnitySprite): YAMLMap {
  const node = document.createNode({ serializedVersion: '2' }) as YAMLMap;
  node.set('name', nameNode(sprite.name));
  node.set('rect', rectNode(document, sprite));
  setPlacing(document, node, sprite);
  for (const key of ['outline', 'physicsShape']) {
    const empty = new YAMLSeq();
    empty.flow = true;
    node.set(key, empty);
  }
  node.set('tessellationDetail', '0');
  for (const key of ['bones', 'edges', 'weights']) {
    const empty = new YAMLSeq();
    empty.flow = true;
    node.set(key, empty);
  }
  node.set('spriteID', sprite.spriteId);
  node.set('internalID', sprite.internalId);
  return node;
}

/** Readers that know types must not take a name such as `1e5` or `no` for something else. */
function nameNode(name: string): Scalar {
  const node = new Scalar(name);
  if (/^[\d.+-]|^(?:~|null|true|false|yes|no|on|off|y|n)$/i.test(name)) node.type = 'QUOTE_DOUBLE';
  return node;
}

function setPlacing(document: Document, node: YAMLMap, sprite: UnitySprite): void {
  node.set('alignment', String(sprite.alignment));
  node.set('pivot', flowMap(document, sprite.pivot));
  node.set('border', flowMap(document, sprite.border));
}

function updateSprite(
  document: Document,
  item: YAMLMap,
  sprite: UnitySprite,
  edited: boolean,
): void {
  for (const [key, value] of Object.entries(sprite.rect)) {
    if (isMap(item.get('rect'))) item.setIn(['rect', key], decimal(value));
  }
  if (!isMap(item.get('rect'))) item.set('rect', rectNode(document, sprite));
  if (!edited) setPlacing(document, item, sprite);
  if (!item.has('internalID')) item.set('internalID', sprite.internalId);
}

/** Both tables by which Unity finds a sprite's id; the ids are those of the sprites themselves. */
function takeTables(
  document: Document,
  sprites: readonly (readonly [name: string, item: YAMLMap])[],
  gone: readonly string[],
): void {
  const ids = new Map(sprites.map(([name, item]) => [name, textAt(item, 'internalID')]));
  const leaving = new Set(gone);
  const list = listAt(document, ['TextureImporter', 'internalIDToNameTable']);
  const listed = new Set<string>();
  list.items = list.items.filter(item => {
    const name = isMap(item) ? String(item.get('second')) : '';
    if (leaving.has(name)) return false;
    listed.add(name);
    return true;
  });
  for (const [name, id] of ids) {
    if (listed.has(name) || id === '') continue;
    const entry = document.createNode({ first: { [SPRITE_CLASS]: id } }) as YAMLMap;
    entry.set('second', nameNode(name));
    list.items.push(entry);
  }
  list.flow = list.items.length === 0;
  const path = ['TextureImporter', 'spriteSheet', 'nameFileIdTable'];
  const node = document.getIn(path, true);
  const table = isMap(node) ? node : new YAMLMap();
  if (!isMap(node)) document.setIn(path, table);
  const kept = table.items.filter(({ key }) => !leaving.has(keyText(key)));
  const known = new Set(kept.map(({ key }) => keyText(key)));
  for (const [name, id] of ids) {
    if (!known.has(name) && id !== '') kept.push(document.createPair(nameNode(name), id));
  }
  table.items = kept;
  table.flow = kept.length === 0;
}

/** A scalar's text; '' where there is none. */
function textAt(item: YAMLMap, key: string): string {
  const value = item.get(key);
  return typeof value === 'string' ? value : '';
}

function keyText(key: unknown): string {
  return typeof key === 'object' && key !== null && 'value' in key
    ? String(key.value)
    : String(key);
}
