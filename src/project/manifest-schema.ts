import * as z from 'zod';
import { generateItemSchema } from '../protocol/jobs.ts';
import { LIMITS } from '../protocol/limits.ts';
import { fileNameSchema } from '../protocol/names.ts';
import { loraSchema, recipeRequestSchema } from '../protocol/recipe.ts';
import { parseLora } from './lora-text.ts';
import { saidPixelsShape } from './pixels/said.ts';

/** `name`, `name:0.8` or the parts by name. */
const manifestLoraSchema = z.preprocess((value, context) => {
  if (typeof value !== 'string') return value;
  try {
    return parseLora(value);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error));
    return z.NEVER;
  }
}, loraSchema);

/** What a sprite may say beside its name and prompt, and what `defaults` may say for all of them. */
export const spriteSettingsSchema = recipeRequestSchema
  .omit({ prompt: true, loras: true, init: true, pixels: true })
  .extend({
    loras: z.array(manifestLoraSchema).max(16).optional(),
    ...saidPixelsShape,
  });

export const spriteSchema = spriteSettingsSchema.extend({
  /** Its file is `<name>.png`. */
  name: fileNameSchema,
  prompt: recipeRequestSchema.shape.prompt.min(1),
  count: generateItemSchema.shape.count.unwrap().optional(),
});

/** A game's list of sprites, as `sprites.yaml` holds it. */
export const manifestSchema = z.strictObject({
  defaults: spriteSettingsSchema.optional(),
  sprites: z.array(spriteSchema).min(1).max(LIMITS.runsPerJob),
});

export type SpriteSettings = z.output<typeof spriteSettingsSchema>;
export type SpriteEntry = z.output<typeof spriteSchema>;
