import * as z from 'zod';
import { LIMITS } from './limits.ts';
import { digestSchema, fileNameSchema, modelNameSchema } from './names.ts';
import { pixelSettingsSchema } from './pixels.ts';

/** Width and height. Sprite sizes count cells, render sizes count the engine's pixels. */
export type Size = [width: number, height: number];

function parseSize(value: number | string | number[]): unknown[] {
  if (typeof value === 'number') return [value, value];
  if (Array.isArray(value)) return value;
  const match = /^\s*(\d{1,6})(?:\s*[x×*]\s*(\d{1,6}))?\s*$/i.exec(value);
  return match ? [Number(match[1]), Number(match[2] ?? match[1])] : [value];
}

const sizeInput = z.union([z.number(), z.string().max(32), z.array(z.number()).max(8)]);

function sizeSchemaOf(edge: z.ZodNumber, description: string) {
  return sizeInput
    .transform(parseSize)
    .pipe(z.tuple([edge, edge], { error: `must be a size such as 32, "32x48" or [32, 48]` }))
    .transform((size): Size => [size[0], size[1]])
    .describe(description);
}

/** The sprite's own cells: `32` and `"32x32"` mean 32×32. */
export const spriteSizeSchema = sizeSchemaOf(
  z.int().min(1).max(512),
  "The sprite's own cells, W×H, 1-512; 32 means 32×32",
);

/** The engine's pixels. */
export const renderSizeSchema = sizeSchemaOf(
  z.int().min(16).max(8192).multipleOf(8),
  "The engine's pixels, W×H, each a multiple of 8 from 16 to 8192",
);

export const seedSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

export const loraSchema = z.strictObject({
  name: modelNameSchema,
  /** Strength on the diffusion model. */
  strength: z.number().min(-10).max(10).default(1),
  /** Strength on the text encoder; the same as `strength` when absent. */
  clipStrength: z.number().min(-10).max(10).optional(),
});

export const initImageSchema = z.strictObject({
  /** Artifact that the drawing starts from. */
  image: digestSchema,
  /** Share of the sampling that is done anew: 0 keeps the image, 1 ignores it. */
  denoise: z.number().min(0).max(1).default(0.6),
});

const promptSchema = z.string().max(LIMITS.promptCharacters);
const stepsSchema = z.int().min(1).max(1000);
const cfgSchema = z.number().min(0).max(100);
const optionNameSchema = z.string().min(1).max(100);
const batchSchema = z.int().min(1).max(64);
/** Only this image of the batch, 0-based, drawn again alone. */
const batchIndexSchema = z.int().min(0).max(63);
const lorasSchema = z.array(loraSchema).max(16);

/** What a person asks for. Everything left out is chosen by the workflow and written into the resolved recipe. */
export const recipeRequestSchema = z.strictObject({
  workflow: fileNameSchema.optional(),
  prompt: promptSchema,
  negative: promptSchema.optional(),
  size: spriteSizeSchema.optional(),
  renderSize: renderSizeSchema.optional(),
  seed: seedSchema.optional(),
  steps: stepsSchema.optional(),
  cfg: cfgSchema.optional(),
  sampler: optionNameSchema.optional(),
  scheduler: optionNameSchema.optional(),
  checkpoint: modelNameSchema.optional(),
  vae: modelNameSchema.optional(),
  loras: lorasSchema.optional(),
  init: initImageSchema.optional(),
  /** Images of one run, drawn together. */
  batch: batchSchema.optional(),
  batchIndex: batchIndexSchema.optional(),
  pixels: pixelSettingsSchema.optional(),
});

/** Checkpoint of a recipe whose workflow loads none. */
export const NO_CHECKPOINT = 'none';

/** Everything that decides an image. Complete: two equal recipes give the same picture on the same engine and models. */
export const recipeSchema = z.strictObject({
  workflow: fileNameSchema,
  /** SHA-256 of the workflow's graph as canonical JSON. */
  graph: digestSchema,
  prompt: promptSchema,
  negative: promptSchema,
  size: spriteSizeSchema,
  renderSize: renderSizeSchema,
  seed: seedSchema,
  steps: stepsSchema,
  cfg: cfgSchema,
  sampler: optionNameSchema,
  scheduler: optionNameSchema,
  /** `none` where the workflow loads none. */
  checkpoint: modelNameSchema,
  /** null = the checkpoint's own VAE. */
  vae: modelNameSchema.nullable(),
  loras: lorasSchema,
  init: initImageSchema.nullable(),
  batch: batchSchema,
  batchIndex: batchIndexSchema.optional(),
  pixels: pixelSettingsSchema,
});

/** As written by a person: sizes may be `32` or `"32x48"`. */
export type RecipeInput = z.input<typeof recipeRequestSchema>;
export type RecipeRequest = z.output<typeof recipeRequestSchema>;
export type Recipe = z.output<typeof recipeSchema>;
export type Lora = z.output<typeof loraSchema>;
