import { SheetError } from '../../sheet/error.ts';
import type { Sheet } from '../../sheet/sheet.ts';
import { pageFile, pagePngs } from '../pages.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import { parseRecord, RECORD_PROPERTY, recordText, type TileStep } from './record.ts';
import { columnsOf, layTileset, type Tileset } from './tileset.ts';
import { childrenOf, element, isElement, parseXml, type XmlElement, xmlText } from './xml.ts';

export function tsxPath(sheet: Sheet): string {
  return `${sheet.name}.tsx`;
}

/** The order in which Tiled writes, and expects, what comes in front of the tiles. */
const BEFORE_TILES = [
  'editorsettings',
  'tileoffset',
  'grid',
  'properties',
  'image',
  'transformations',
  'terraintypes',
];

/**
 * Writes a tileset of Tiled as XML (format 1.10). Tiles keep their numbers in a re-export; a present file keeps its name, properties,
 * classes, collision shapes, wang sets, terrains, and animations that were made or changed in Tiled.
 * @throws SheetError as `layTileset` and `parseXml` do, and `foreign-file` for other XML
 */
export function writeTsx(request: ExportRequest): ExportResult {
  const { sheet, existing, zlib } = request;
  const path = tsxPath(sheet);
  const text = existing.get(path);
  const root = text === undefined ? freshRoot(sheet.name) : tilesetOf(parseXml(text, path), path);
  const tileset = layTileset(
    request,
    recordOf(root),
    animationsOf(root),
    columnsOf(root.attributes.get('columns')),
  );
  setRoot(root, tileset);
  setImage(root, tileset, pageFile(sheet.name, 0, 1));
  setRecord(root, recordText(tileset.record));
  for (const [tile, steps] of tileset.animations) setAnimation(root, tile, steps);
  return {
    files: [...pagePngs(tileset.packed, zlib), { path, text: xmlText(root) }],
    warnings: tileset.warnings,
  };
}

function freshRoot(name: string): XmlElement {
  return element('tileset', { version: '1.10', tiledversion: '1.11.0', name });
}

function tilesetOf(root: XmlElement, path: string): XmlElement {
  if (root.name === 'tileset') return root;
  throw new SheetError('foreign-file', `${path} is XML, but no tileset of Tiled.`);
}

function setRoot(root: XmlElement, { grid, tileCount }: Tileset): void {
  const ours = {
    tilewidth: grid.cellWidth,
    tileheight: grid.cellHeight,
    spacing: grid.spacing,
    margin: grid.margin,
    tilecount: tileCount,
    columns: grid.columns,
  };
  for (const [key, value] of Object.entries(ours)) root.attributes.set(key, String(value));
}

/** The first child of a name, made at its place among the others when there is none. */
function childAt(root: XmlElement, name: string): XmlElement {
  const [found] = childrenOf(root, name);
  if (found !== undefined) return found;
  const child = element(name, {});
  const rank = BEFORE_TILES.indexOf(name);
  const at = root.children.findIndex(node => {
    if (!isElement(node)) return false;
    const other = BEFORE_TILES.indexOf(node.name);
    return other < 0 || other > rank;
  });
  root.children.splice(at < 0 ? root.children.length : at, 0, child);
  return child;
}

function setImage(root: XmlElement, { page }: Tileset, source: string): void {
  const { attributes } = childAt(root, 'image');
  attributes.set('source', source);
  attributes.set('width', String(page.width));
  attributes.set('height', String(page.height));
}

function recordProperty(root: XmlElement): XmlElement | undefined {
  return childrenOf(root, 'properties')
    .flatMap(list => childrenOf(list, 'property'))
    .find(({ attributes }) => attributes.get('name') === RECORD_PROPERTY);
}

function recordOf(root: XmlElement) {
  return parseRecord(recordProperty(root)?.attributes.get('value'));
}

function setRecord(root: XmlElement, value: string): void {
  const found = recordProperty(root);
  if (found !== undefined) found.attributes.set('value', value);
  else {
    const property = element('property', { name: RECORD_PROPERTY, value });
    childAt(root, 'properties').children.push(property);
  }
}

function animationsOf(root: XmlElement): Map<number, TileStep[]> {
  const found = childrenOf(root, 'tile').flatMap((tile): [number, TileStep[]][] => {
    const [animation] = childrenOf(tile, 'animation');
    if (animation === undefined) return [];
    const steps = childrenOf(animation, 'frame').map(({ attributes }): TileStep => [
      Number(attributes.get('tileid')),
      Number(attributes.get('duration')),
    ]);
    return [[Number(tile.attributes.get('id')), steps]];
  });
  return new Map(found);
}

function setAnimation(root: XmlElement, id: number, steps: readonly TileStep[] | null): void {
  const tiles = childrenOf(root, 'tile');
  let tile = tiles.find(({ attributes }) => attributes.get('id') === String(id));
  if (tile === undefined) {
    if (steps === null) return;
    tile = element('tile', { id });
    const next = tiles.find(({ attributes }) => Number(attributes.get('id')) > id);
    const wangsets = root.children.findIndex(node => isElement(node) && node.name === 'wangsets');
    const at = next === undefined ? wangsets : root.children.indexOf(next);
    root.children.splice(at < 0 ? root.children.length : at, 0, tile);
  }
  const rest = tile.children.filter(node => !isElement(node) || node.name !== 'animation');
  const frames = steps?.map(([tileid, duration]) => element('frame', { tileid, duration }));
  tile.children = frames === undefined ? rest : [...rest, element('animation', {}, frames)];
  // Tiled lists only tiles that say something.
  if (tile.children.length === 0 && tile.attributes.size === 1) {
    root.children.splice(root.children.indexOf(tile), 1);
  }
}
