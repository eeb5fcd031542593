import * as z from 'zod';
import { contenderSchema } from '../../protocol/compare.ts';
import { loraSchema, recipeRequestSchema } from '../../protocol/recipe.ts';
import { parseLora } from '../lora-text.ts';
import { saidPixelsShape } from '../pixels/said.ts';

const loraTextSchema = z
  .string()
  .min(1)
  .describe('Name of a LoRA with its strength: pixel:0.8, or pixel:0.8:0.5 with one for the text');

/** `name`, `name:0.8` or the parts by name. */
const lorasSchema = z
  .array(z.union([loraTextSchema, loraSchema]))
  .max(16)
  .transform((loras, context) =>
    loras.flatMap((lora, place) => {
      if (typeof lora !== 'string') return [lora];
      try {
        return [parseLora(lora)];
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        context.addIssue({ code: 'custom', message, path: [place], input: lora });
        return [];
      }
    }),
  )
  .describe('LoRAs, each as name, name:0.8, or with name, strength and clipStrength');

const recipe = recipeRequestSchema.shape;

/** What draws: these a contender may change, and "Make it the project's default" writes. */
const modelShape = {
  workflow: recipe.workflow.describe('Workflow, as "dgx-pixels workflows" lists it'),
  checkpoint: recipe.checkpoint.describe('Checkpoint, as "dgx-pixels models" lists it'),
  vae: recipe.vae.describe("VAE; the checkpoint's own when absent"),
  loras: lorasSchema.optional(),
  steps: recipe.steps.describe('Sampling steps'),
  cfg: recipe.cfg.describe('Classifier-free guidance'),
  sampler: recipe.sampler.describe('Sampler'),
  scheduler: recipe.scheduler.describe('Scheduler'),
  negative: recipe.negative.describe('What should not be seen'),
};

/** Settings that drawings take where nothing nearer says otherwise. */
export const projectSettingsSchema = z.strictObject({
  ...modelShape,
  size: recipe.size,
  renderSize: recipe.renderSize,
  ...saidPixelsShape,
  out: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe("Folder for the files, seen from the folder of the project's .dgx-pixels"),
});
export type ProjectSettings = z.output<typeof projectSettingsSchema>;

export const presetSchema = projectSettingsSchema.extend({
  description: z.string().max(500).optional().describe('What it is for'),
});
export type Preset = z.output<typeof presetSchema>;

/** A contender of comparisons under its name. */
export const namedContenderSchema = z.strictObject(modelShape);

const nameSchema = contenderSchema.shape.name.unwrap();

/** A game's `.dgx-pixels/project.yaml`. */
export const projectFileSchema = z
  .strictObject({
    defaults: projectSettingsSchema.optional().describe('Settings of every drawing'),
    presets: z
      .record(nameSchema, presetSchema)
      .optional()
      .describe('Settings by name; what a preset says goes before the defaults'),
    contenders: z
      .record(nameSchema, namedContenderSchema)
      .optional()
      .describe('Contenders of comparisons by name'),
  })
  .describe('Defaults, presets and contenders of a game, for DGX-Pixels');
export type ProjectFile = z.output<typeof projectFileSchema>;
