import * as z from 'zod';
import type { TextResource } from './resource.ts';
import { string, textOf } from './variant.ts';

/** What an export wrote last, so that the next one tells an edit made in Godot from an older state of its own. */
const recordSchema = z.object({
  /** Texture files, as `res://…`. */
  pages: z.array(z.string()),
  /** Sub-resource of each frame by the frame's id. */
  frames: z.record(z.string(), z.string()),
  animations: z.record(
    z.string(),
    z.object({
      speed: z.number(),
      loop: z.boolean(),
      /** Sub-resource and relative duration of each step. */
      steps: z.array(z.tuple([z.string(), z.number()])),
    }),
  ),
});

export type GodotRecord = z.output<typeof recordSchema>;

/** Godot keeps metadata of a resource as they are. */
const PROPERTY = 'metadata/dgx_pixels';

/** The record of a file; null when no export of ours wrote it. */
export function readRecord({ resource }: TextResource): GodotRecord | null {
  const text = textOf(resource.properties.get(PROPERTY));
  if (text === undefined) return null;
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function writeRecord({ resource }: TextResource, record: GodotRecord): void {
  resource.properties.set(PROPERTY, string(JSON.stringify(record)));
}
