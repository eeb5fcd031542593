import * as z from 'zod';
import { modelFamilySchema } from '../../protocol/models.ts';
import { pixelSettingsSchema } from '../../protocol/pixels.ts';
import { renderSizeSchema } from '../../protocol/recipe.ts';
import type { FileRole } from './roles.ts';

const patternSchema = z.string().min(1).max(512);

const neededFileSchema = z.union([
  patternSchema.transform(file => ({ files: [file] })),
  z
    .array(patternSchema)
    .min(1)
    .max(50)
    .transform(files => ({ files })),
  z.strictObject({
    files: z.array(patternSchema).min(1).max(50),
    get: z.string().max(500).optional(),
  }),
]);

/** The content of `<name>.roles.yaml`: what a graph itself cannot say. */
export const sidecarSchema = z.strictObject({
  title: z.string().max(200).optional(),
  description: z.string().max(2000).optional(),
  family: modelFamilySchema.optional(),
  /** Engine pixels it is made for, the preferred ones first. */
  renderSizes: z.array(renderSizeSchema).min(1).max(50).optional(),
  /** Roles by node id, for nodes on which none is written. */
  roles: z.record(z.string(), z.string()).optional(),
  /**
   * Files that fit a role, the preferred ones first: names, or patterns with `*`, that are compared without folder and
   * case; and where to get the first of them.
   */
  models: z
    .strictObject({
      distill: neededFileSchema.optional(),
      background: neededFileSchema.optional(),
    } satisfies Record<FileRole, unknown>)
    .optional(),
  /** Pixel settings of a recipe that names none. */
  pixels: pixelSettingsSchema.optional(),
});

/** What a sidecar may add to a graph. */
export type WorkflowSidecar = z.output<typeof sidecarSchema>;

/** A sidecar laid over another: what it names wins, roles and models one by one. */
export function overlaySidecar(below: WorkflowSidecar, above: WorkflowSidecar): WorkflowSidecar {
  return {
    ...below,
    ...above,
    ...((below.roles ?? above.roles) && { roles: { ...below.roles, ...above.roles } }),
    ...((below.models ?? above.models) && { models: { ...below.models, ...above.models } }),
  };
}
