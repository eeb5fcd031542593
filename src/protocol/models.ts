import * as z from 'zod';

/** Family of a base model, as far as its name or header tells. */
export const modelFamilySchema = z.enum(['sd15', 'sdxl', 'sd3', 'flux', 'builtin', 'unknown']);
export type ModelFamily = z.output<typeof modelFamilySchema>;

export const modelSchema = z.object({
  name: z.string(),
  family: modelFamilySchema,
  /** Drawn by the built-in engine: placeholder art. */
  placeholder: z.boolean(),
  /** Servers that list it. */
  servers: z.array(z.string()),
  bytes: z.number().nullable(),
  /** null where the worker cannot read the file: unverified. */
  sha256: z.string().nullable(),
  triggerWords: z.array(z.string()),
  license: z.string().nullable(),
});
export type Model = z.output<typeof modelSchema>;

export const workflowInfoSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  family: modelFamilySchema,
  /** `shipped` with the product, `user` from the worker's data folder. */
  origin: z.enum(['shipped', 'user']),
  graph: z.string(),
  roles: z.array(z.string()),
  /** Engine pixels it is made for, [w, h] each. */
  renderSizes: z.array(z.tuple([z.int(), z.int()])),
  defaults: z.object({
    negative: z.string(),
    steps: z.int(),
    cfg: z.number(),
    sampler: z.string(),
    scheduler: z.string(),
    checkpoint: z.string().nullable(),
  }),
  /** What is wrong with it, if anything: it is listed but refused. */
  problem: z.string().nullable(),
});
export type WorkflowInfo = z.output<typeof workflowInfoSchema>;

export const inventorySchema = z.object({
  checkpoints: z.array(modelSchema),
  loras: z.array(modelSchema),
  vaes: z.array(modelSchema),
  samplers: z.array(z.string()),
  schedulers: z.array(z.string()),
});
export type Inventory = z.output<typeof inventorySchema>;
