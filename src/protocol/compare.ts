import * as z from 'zod';
import { LIMITS } from './limits.ts';
import { fileNameSchema } from './names.ts';
import { recipeRequestSchema, seedSchema, spriteSizeSchema } from './recipe.ts';

/** Most images that a comparison draws without somebody having agreed to the number. */
export const UNASKED_CELLS = 1000;

/** What kind of sprite a prompt asks for: models differ in what they are good at. */
export const SPRITE_CATEGORIES = ['character', 'item', 'tile', 'icon', 'other'] as const;
export const spriteCategorySchema = z.enum(SPRITE_CATEGORIES);
export type SpriteCategory = z.output<typeof spriteCategorySchema>;

const recipe = recipeRequestSchema.shape;

/** What a contender may change of the recipe that all share; what it leaves out is as in the base. */
export const contenderSchema = z.strictObject({
  /** For people; made from model and LoRAs when absent. */
  name: z.string().trim().min(1).max(60).optional(),
  workflow: recipe.workflow,
  checkpoint: recipe.checkpoint,
  vae: recipe.vae,
  loras: recipe.loras,
  steps: recipe.steps,
  cfg: recipe.cfg,
  sampler: recipe.sampler,
  scheduler: recipe.scheduler,
  negative: recipe.negative,
});
export type Contender = z.output<typeof contenderSchema>;

/** The recipe that all contenders share but for what they change. */
export const compareBaseSchema = recipeRequestSchema.omit({
  prompt: true,
  seed: true,
  batch: true,
  batchIndex: true,
});

export const comparePromptSchema = z.strictObject({
  prompt: recipe.prompt.min(1),
  category: spriteCategorySchema.default('other'),
  /** In place of the base's. */
  size: spriteSizeSchema.optional(),
  /** Name for files made of the result. */
  name: fileNameSchema.optional(),
});
export type ComparePrompt = z.output<typeof comparePromptSchema>;

/** Seeds as a list, or `count` of them from `first` on. */
export const compareSeedsSchema = z.union([
  z.array(seedSchema).min(1).max(LIMITS.runsPerJob),
  z
    .strictObject({ first: seedSchema, count: z.int().min(1).max(LIMITS.runsPerJob) })
    .refine(({ first, count }) => first <= Number.MAX_SAFE_INTEGER - (count - 1), {
      message: 'leaves no room for so many seeds; choose a smaller first one',
    }),
]);
export type CompareSeeds = z.output<typeof compareSeedsSchema>;

/** `draft`: few steps, to choose by; `full`: as it will be used. */
export const compareModeSchema = z.enum(['draft', 'full']);
export type CompareMode = z.output<typeof compareModeSchema>;

/**
 * The same prompts and seeds drawn by two to four contenders. Each pair of prompt and seed is a set, each set has one cell per contender,
 * each cell is one run.
 */
export const compareSpecSchema = z.strictObject({
  kind: z.literal('compare'),
  contenders: z
    .array(contenderSchema)
    .min(2, { error: 'must be two to four contenders; one alone cannot be compared' })
    .max(4, { error: 'must be two to four contenders; more than four cannot be judged at once' }),
  base: compareBaseSchema.default({}),
  prompts: z.array(comparePromptSchema).min(1).max(LIMITS.runsPerJob),
  seeds: compareSeedsSchema,
  mode: compareModeSchema.default('full'),
  /** Number of cells that somebody was shown and agreed to; needed above 1000. */
  confirmed: z.int().min(0).optional(),
});
export type CompareSpec = z.output<typeof compareSpecSchema>;
/** As written by a person. */
export type CompareInput = z.input<typeof compareSpecSchema>;
