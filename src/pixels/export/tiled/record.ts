import * as z from 'zod';

/** Name of the tileset's property that carries the record; Tiled keeps it and shows it. */
export const RECORD_PROPERTY = 'dgx-pixels';

const stepSchema = z.tuple([z.int().min(0), z.int().min(0)]);

const recordSchema = z.object({
  /** Frame id of each tile; null where one is gone. */
  tiles: z.array(z.string().nullable()),
  /** Tile and milliseconds of each step, by the tile that carries the animation. */
  animations: z.record(z.string(), z.array(stepSchema)),
});

export type TiledRecord = z.output<typeof recordSchema>;

/** Tile and milliseconds. */
export type TileStep = z.output<typeof stepSchema>;

export function recordText(record: TiledRecord): string {
  return JSON.stringify(record);
}

/** The record in a property; null when there is none of ours. */
export function parseRecord(text: string | undefined): TiledRecord | null {
  if (text === undefined) return null;
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The tile of each frame of an earlier export. */
export function cellsOf(record: TiledRecord | null): Map<string, number> {
  const entries = (record?.tiles ?? []).flatMap((id, tile): [string, number][] =>
    id === null ? [] : [[id, tile]],
  );
  return new Map(entries);
}

export function sameSteps(a: readonly TileStep[], b: readonly TileStep[] | undefined): boolean {
  return a.length === b?.length && a.every((step, i) => step.join() === b[i]?.join());
}
