import * as z from 'zod';
import { digestSchema } from './names.ts';

export const artifactSchema = z.object({
  digest: digestSchema,
  bytes: z.int(),
  mime: z.string(),
  /** Pixels; null for what is no image. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  createdAt: z.number(),
  /** Kept by a person or pinned by a project: never pruned. */
  pinned: z.boolean(),
  /** Run that made it; null for an upload. */
  origin: z.object({ job: z.string(), run: z.int(), role: z.string() }).nullable(),
});
export type Artifact = z.output<typeof artifactSchema>;
