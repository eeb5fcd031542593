import type { Sheet } from '../../sheet/sheet.ts';
import { byName, isObject, type JsonObject, jsonText, over, presentJson } from '../json.ts';
import { pageFile, pagePngs } from '../pages.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import { parseRecord, RECORD_PROPERTY, recordText, type TileStep } from './record.ts';
import { columnsOf, layTileset } from './tileset.ts';

export function tsjPath(sheet: Sheet): string {
  return `${sheet.name}.tsj`;
}

/**
 * Writes a tileset of Tiled as JSON; as `writeTsx` in all else.
 * @throws SheetError as `layTileset` does, `unreadable` and `foreign-file` for other JSON
 */
export function writeTsj(request: ExportRequest): ExportResult {
  const { sheet, existing, zlib } = request;
  const path = tsjPath(sheet);
  const present = presentJson(existing, path, 'tilewidth') ?? {};
  const properties = byName(present['properties'], 'name');
  const told = properties.get(RECORD_PROPERTY)?.['value'];
  const before = parseRecord(typeof told === 'string' ? told : undefined);
  const tiles = byName(present['tiles'], 'id');
  const tileset = layTileset(request, before, animationsOf(tiles), columnsOf(present['columns']));
  properties.set(RECORD_PROPERTY, {
    name: RECORD_PROPERTY,
    type: 'string',
    value: recordText(tileset.record),
  });
  for (const [tile, steps] of tileset.animations) setAnimation(tiles, tile, steps);
  const { grid, page } = tileset;
  const json = over(present, {
    type: 'tileset',
    version: present['version'] ?? '1.10',
    tiledversion: present['tiledversion'] ?? '1.11.0',
    name: present['name'] ?? sheet.name,
    tilewidth: grid.cellWidth,
    tileheight: grid.cellHeight,
    spacing: grid.spacing,
    margin: grid.margin,
    tilecount: tileset.tileCount,
    columns: grid.columns,
    image: pageFile(sheet.name, 0, 1),
    imagewidth: page.width,
    imageheight: page.height,
    properties: [...properties.values()],
    tiles: [...tiles.values()].sort((a, b) => Number(a['id']) - Number(b['id'])),
  });
  const files = [...pagePngs(tileset.packed, zlib), { path, text: jsonText(json) }];
  return { files, warnings: tileset.warnings };
}

function animationsOf(tiles: ReadonlyMap<string, JsonObject>): Map<number, TileStep[]> {
  const found = [...tiles].flatMap(([id, { animation }]): [number, TileStep[]][] => {
    if (!Array.isArray(animation)) return [];
    const steps = animation
      .filter(isObject)
      .map((step): TileStep => [Number(step['tileid']), Number(step['duration'])]);
    return [[Number(id), steps]];
  });
  return new Map(found);
}

function setAnimation(
  tiles: Map<string, JsonObject>,
  id: number,
  steps: readonly TileStep[] | null,
): void {
  const key = String(id);
  if (steps !== null) {
    const animation = steps.map(([tileid, duration]) => ({ tileid, duration }));
    tiles.set(key, { ...(tiles.get(key) ?? { id }), animation });
    return;
  }
  const { animation: _, ...rest } = tiles.get(key) ?? {};
  if (Object.keys(rest).length > 1) tiles.set(key, rest);
  else tiles.delete(key);
}
