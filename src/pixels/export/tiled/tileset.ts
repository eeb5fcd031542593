import { packSheet } from '../../sheet/pack.ts';
import type { GridLayout, PackedSheet, SheetPage } from '../../sheet/placement.ts';
import { playbackOf } from '../../sheet/playback.ts';
import { onlyPage } from '../pages.ts';
import type { ExportRequest } from '../target.ts';
import { cellsOf, sameSteps, type TiledRecord, type TileStep } from './record.ts';

/** What both of Tiled's forms of a tileset say. */
export interface Tileset {
  packed: PackedSheet;
  grid: GridLayout;
  page: SheetPage;
  tileCount: number;
  record: TiledRecord;
  /** Steps by the tile that carries them; null takes an animation of ours away. */
  animations: Map<number, TileStep[] | null>;
  warnings: string[];
}

/**
 * Lays a sheet out as a tileset: tiles keep their numbers from an earlier export, new ones follow behind, and one that is gone
 * leaves a hole. Every tag animates the tile of its first frame.
 * @param before record of the earlier export
 * @param present the animations that the file holds now; one that was edited in Tiled stays
 * @param columns of the file as it is
 * @throws SheetError `frame-sizes`, `one-page-only`, and as `packSheet` does
 */
export function layTileset(
  request: ExportRequest,
  before: TiledRecord | null,
  present: ReadonlyMap<number, TileStep[]>,
  columns: number | undefined,
): Tileset {
  const { sheet, layout } = request;
  const cells = { of: cellsOf(before), count: before?.tiles.length ?? 0 };
  const packed = packSheet(sheet, {
    ...layout,
    ...(columns !== undefined && layout.columns === undefined && { columns }),
    layout: 'grid',
    trim: false,
    cells,
  });
  const page = onlyPage(packed, "Tiled's tileset");
  const grid = packed.grid!;
  const warnings = layout.trim === true ? ['Tiles have one size, so they are not trimmed.'] : [];
  const tileOf = packed.placed.map(({ x, y }) => {
    const column = (x - grid.margin) / (grid.cellWidth + grid.spacing);
    const row = (y - grid.margin) / (grid.cellHeight + grid.spacing);
    return row * grid.columns + column;
  });
  const tiles: (string | null)[] = Array.from(
    { length: Math.max(cells.count, countOf(tileOf)) },
    () => null,
  );
  for (const [frame, tile] of tileOf.entries()) tiles[tile] = sheet.frames[frame]!.id;
  const ours = new Map<number, TileStep[]>();
  for (const tag of sheet.tags) {
    const { frames, loop } = playbackOf(tag);
    const tile = tileOf[frames[0]!]!;
    if (!loop) warnings.push(`Tiled plays animations for ever, so "${tag.name}" repeats there.`);
    if (ours.has(tile)) {
      warnings.push(`Two animations begin with one tile, so "${tag.name}" is left out.`);
      continue;
    }
    const steps = frames.map((f): TileStep => [tileOf[f]!, sheet.frames[f]!.durationMs]);
    if (steps.length > 1) ours.set(tile, steps);
  }
  const record: TiledRecord = {
    tiles,
    animations: Object.fromEntries([...ours].map(([tile, steps]) => [String(tile), steps])),
  };
  const animations = mergeAnimations(ours, before, present);
  return { packed, grid, page, tileCount: grid.columns * grid.rows, record, animations, warnings };
}

/** Columns that a file names; undefined for a fresh one and for nonsense. */
export function columnsOf(value: unknown): number | undefined {
  const columns = Number(value);
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}

function countOf(tiles: readonly number[]): number {
  return tiles.reduce((most, tile) => Math.max(most, tile + 1), 0);
}

function mergeAnimations(
  ours: ReadonlyMap<number, TileStep[]>,
  before: TiledRecord | null,
  present: ReadonlyMap<number, TileStep[]>,
): Map<number, TileStep[] | null> {
  const result = new Map<number, TileStep[] | null>();
  for (const [tile, steps] of present) {
    const last = before?.animations[String(tile)];
    // What is not as we wrote it was made or changed in Tiled.
    if (sameSteps(steps, last)) result.set(tile, null);
  }
  for (const [tile, steps] of ours) {
    const last = before?.animations[String(tile)];
    const deleted = last !== undefined && !present.has(tile);
    const untouched = !present.has(tile) || result.has(tile);
    if (untouched && !deleted) result.set(tile, steps);
  }
  return result;
}
