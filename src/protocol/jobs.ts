import * as z from 'zod';
import { compareSpecSchema } from './compare.ts';
import { wireErrorSchema } from './errors.ts';
import { LIMITS } from './limits.ts';
import { digestSchema, fileNameSchema, projectKeySchema, uuidSchema } from './names.ts';
import { pixelReportSchema, pixelSettingsSchema } from './pixels.ts';
import { recipeRequestSchema, recipeSchema } from './recipe.ts';

/** Lanes in the order they are served. */
export const LANES = ['interactive', 'batch', 'training'] as const;
export const laneSchema = z.enum(LANES);
export type Lane = z.output<typeof laneSchema>;

/**
 * States of a run, one ComfyUI prompt of a job. `parked` = handed to the engine, waiting behind the one that executes;
 * `loading` = executing, no sampling step yet; `finishing` = the engine is done, images are being fetched and fixed;
 * `lost` = the engine no longer knows it and its outputs are not found.
 */
export const RUN_STATES = [
  'queued',
  'parked',
  'loading',
  'running',
  'finishing',
  'done',
  'failed',
  'cancelled',
  'lost',
] as const;
export const runStateSchema = z.enum(RUN_STATES);
export type RunState = z.output<typeof runStateSchema>;

/** States of a job, derived from its runs. `partial` = ended with some runs done and some not. */
export const JOB_STATES = [
  'queued',
  'running',
  'paused',
  'done',
  'partial',
  'failed',
  'cancelled',
  'lost',
] as const;
export const jobStateSchema = z.enum(JOB_STATES);
export type JobState = z.output<typeof jobStateSchema>;

/** What happens to a run whose engine restarted before any output existed: one more try, or lost until a person decides. */
export const retryLostSchema = z.enum(['once', 'ask']);
export type RetryLost = z.output<typeof retryLostSchema>;

/** One sprite to draw `count` times, with the seeds s … s+count-1, one run each. */
export const generateItemSchema = z.strictObject({
  /** Name for files made of the result. */
  name: fileNameSchema.optional(),
  recipe: recipeRequestSchema,
  count: z.int().min(1).max(LIMITS.runsPerJob).default(1),
});

export const generateSpecSchema = z.strictObject({
  kind: z.literal('generate'),
  items: z.array(generateItemSchema).min(1).max(LIMITS.runsPerJob),
});

/** What a job does. Further kinds are added here; each expands to runs. */
export const jobSpecSchema = z.discriminatedUnion('kind', [generateSpecSchema, compareSpecSchema]);
export type JobSpec = z.output<typeof jobSpecSchema>;
export type GenerateSpec = z.output<typeof generateSpecSchema>;
export type GenerateItem = z.output<typeof generateItemSchema>;

const timeSchema = z.number().describe('Unix time in milliseconds');

export const runCountsSchema = z.object({
  total: z.int(),
  queued: z.int(),
  active: z.int(),
  done: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  lost: z.int(),
});
export type RunCounts = z.output<typeof runCountsSchema>;

export const jobSchema = z.object({
  id: uuidSchema,
  kind: z.string(),
  lane: laneSchema,
  title: z.string(),
  project: z.string().nullable(),
  group: z.string().nullable(),
  state: jobStateSchema,
  paused: z.boolean(),
  runs: runCountsSchema,
  retryLost: retryLostSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
  finishedAt: timeSchema.nullable(),
  /** Share of the work done, 0-1, the fraction of runs under way included. */
  progress: z.number().min(0).max(1),
  /** Estimated milliseconds until the job ends, from measured step times; null when nothing was measured yet. */
  etaMs: z.number().nullable(),
  /** First error of its runs, if any. */
  error: wireErrorSchema.nullable(),
  /** True when a result was drawn by the built-in engine. */
  placeholder: z.boolean(),
});
export type Job = z.output<typeof jobSchema>;

export const runImageSchema = z.object({
  /** Place in the batch, 0-based, and the batch's size. */
  index: z.int().min(0),
  size: z.int().min(1),
  /** The engine's picture, bytes as delivered. */
  raw: digestSchema,
  /** The sprite after the pixel stage; the raw itself when the recipe says `fix: none`. */
  sprite: digestSchema,
  width: z.int(),
  height: z.int(),
  /** Which pixel stage made the sprite. */
  fix: z.string(),
  warnings: z.array(z.string()),
  placeholder: z.boolean(),
  /** What the pixel stage found and did; absent where there was none, or an older one. */
  report: pixelReportSchema.optional(),
  /** Pixel settings that it was fixed again with; absent: those of the run's recipe. */
  pixels: pixelSettingsSchema.optional(),
});
export type RunImage = z.output<typeof runImageSchema>;

export const RUN_STAGES = [
  'waiting',
  'loading',
  'encoding',
  'sampling',
  'decoding',
  'saving',
  'fixing',
] as const;
export const runStageSchema = z.enum(RUN_STAGES);
export type RunStage = z.output<typeof runStageSchema>;

export const runTransitionSchema = z.object({
  at: timeSchema,
  attempt: z.int(),
  from: runStateSchema.nullable(),
  to: runStateSchema,
  /** Why, for a person. */
  reason: z.string(),
});
export type RunTransition = z.output<typeof runTransitionSchema>;

export const runSchema = z.object({
  job: uuidSchema,
  index: z.int().min(0),
  name: z.string().nullable(),
  state: runStateSchema,
  /** 1 for the first try; each retry has its own prompt id. */
  attempt: z.int().min(1),
  promptId: uuidSchema,
  server: z.string().nullable(),
  recipe: recipeSchema,
  drawDigest: digestSchema,
  recipeDigest: digestSchema,
  error: wireErrorSchema.nullable(),
  images: z.array(runImageSchema),
  warnings: z.array(z.string()),
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  finishedAt: timeSchema.nullable(),
});
export type Run = z.output<typeof runSchema>;

/** Engine and models that made a run's images, as far as they are known. */
export const engineStampSchema = z.object({
  engine: z.enum(['comfyui', 'builtin']),
  version: z.string(),
  server: z.string(),
  models: z.array(
    z.object({ kind: z.string(), name: z.string(), sha256: digestSchema.nullable() }),
  ),
  /** Custom node packs that ComfyUI had; absent where they are not known. */
  packs: z.array(z.string()).optional(),
});
export type EngineStamp = z.output<typeof engineStampSchema>;

export const submitParamsSchema = z.object({
  /** UUIDv7 chosen by the client: the idempotency key. The same id twice is the same job. */
  id: uuidSchema,
  spec: jobSpecSchema,
  lane: laneSchema.default('interactive'),
  title: z.string().max(200).optional(),
  project: projectKeySchema.optional(),
  group: z.string().min(1).max(100).optional(),
  retryLost: retryLostSchema.default('once'),
});

/** What a job would take, told before there is one. */
export const jobPlanSchema = z.object({
  runs: z.int(),
  /** Comparisons: pairs of prompt and seed, and names of the contenders in their order; null for other jobs. */
  compare: z
    .object({
      sets: z.int(),
      contenders: z.array(z.string()),
      /** How drafts are drawn: the workflow that all share, or null where each contender keeps its own; null for full ones. */
      draft: z
        .object({ workflow: z.string().nullable(), steps: z.int(), cfg: z.number().nullable() })
        .nullable(),
    })
    .nullable(),
  /** Checkpoints that must be loaded. */
  checkpoints: z.int(),
  time: z.object({
    /** Milliseconds that the runs take on the servers that are ready; null when nothing like them was ever measured. */
    ms: z.number().nullable(),
    /** Runs whose kind was measured; the others are taken to be like these. */
    measured: z.int(),
    servers: z.int(),
  }),
  disk: z.object({ bytes: z.number(), freeBytes: z.number().nullable() }),
  /** True when a submission must say that somebody agreed to the number. */
  asks: z.boolean(),
  warnings: z.array(z.string()),
});
export type JobPlan = z.output<typeof jobPlanSchema>;

/** Which jobs a command acts on: one job, one run of it, a group, or all. */
export const targetSchema = z.union([
  z.strictObject({ job: uuidSchema, run: z.int().min(0).optional() }),
  z.strictObject({ group: z.string().min(1).max(100) }),
  z.strictObject({ all: z.literal(true) }),
]);
export type Target = z.output<typeof targetSchema>;

export const jobFilterSchema = z.object({
  states: z.array(jobStateSchema).max(JOB_STATES.length).optional(),
  lane: laneSchema.optional(),
  project: projectKeySchema.optional(),
  group: z.string().optional(),
  /** Words that must occur in the job's title or prompts. */
  search: z.string().max(200).optional(),
});
export type JobFilter = z.output<typeof jobFilterSchema>;
