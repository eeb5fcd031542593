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
  /** What is wrong with its file, for a person; absent or null when nothing is known to be. */
  problem: z.string().nullable().optional(),
  /** Checkpoints: most memory that one image takes by forecast, on the first server that has it; absent or null when nothing is forecast. */
  forecast: z
    .object({
      renderSize: z.tuple([z.int(), z.int()]),
      peakBytes: z.number(),
      weightsBytes: z.number(),
      /** False when it does not fit beside what is in use there now, even with all models unloaded. */
      fits: z.boolean(),
    })
    .nullable()
    .optional(),
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

export const workflowFindingSchema = z.object({
  /** `error`: the engine refuses it; `warning`: it runs, but not as meant; `note`: good to know. */
  level: z.enum(['error', 'warning', 'note']),
  /** Such as `unknown-class`, `missing-input`, `not-in-list`, `missing-file`. */
  code: z.string(),
  node: z.string().nullable(),
  input: z.string().nullable(),
  message: z.string(),
});

/** What the check of a workflow found. */
export const workflowCheckSchema = z.object({
  name: z.string(),
  /** Node ids by role. */
  roles: z.record(z.string(), z.array(z.string())),
  /** Values of a recipe that it has no place for, with the role they would need. */
  missing: z.array(z.object({ role: z.string(), value: z.string() })),
  /** One entry for each server that answers. */
  servers: z.array(
    z.object({
      server: z.string(),
      version: z.string(),
      findings: z.array(workflowFindingSchema),
      /** Findings left out beyond the first 200. */
      left: z.int(),
    }),
  ),
});
export type WorkflowCheck = z.output<typeof workflowCheckSchema>;

/** What a run would take on a server by forecast; never a measured figure. */
export const runForecastSchema = z.object({
  server: z.string(),
  /** The most at any time. */
  peakBytes: z.number(),
  /** The loaded models' part of it. */
  weightsBytes: z.number(),
  /** What may still be taken there, with what is loaded now left in place. */
  roomBytes: z.number(),
  guardBytes: z.number(),
  fits: z.boolean(),
});
export type RunForecast = z.output<typeof runForecastSchema>;

/** How long runs of a kind took so far. */
export const stepTimeSchema = z.object({
  server: z.string(),
  checkpoint: z.string(),
  renderSize: z.tuple([z.int(), z.int()]),
  batch: z.int(),
  /** Evaluations of the model per step: guidance above 1 and second-order samplers double them. */
  evaluations: z.int(),
  stepMs: z.number(),
  /** From the engine's beginning to its first step. */
  loadMs: z.number(),
  /** After the last step. */
  restMs: z.number(),
  /** Runs that it was learnt from. */
  samples: z.int(),
});
export type StepTimeRow = z.output<typeof stepTimeSchema>;

export const inventorySchema = z.object({
  checkpoints: z.array(modelSchema),
  loras: z.array(modelSchema),
  vaes: z.array(modelSchema),
  samplers: z.array(z.string()),
  schedulers: z.array(z.string()),
  /** Models that tell foreground from background; absent from what older workers noted. */
  backgroundModels: z.array(z.string()).optional(),
  /** Learnt from runs, by server and model. */
  stepTimes: z.array(stepTimeSchema).optional(),
});
export type Inventory = z.output<typeof inventorySchema>;
