import type { Command } from 'commander';
import { fileNameSchema } from '../../protocol/names.ts';
import { recipeRequestSchema, renderSizeSchema, spriteSizeSchema } from '../../protocol/recipe.ts';
import { parseLora } from '../../project/lora-text.ts';
import { addFixOptions } from '../pixels/pixel-options.ts';
import { asArgumentError, collect, numberBy, parsedBy } from '../options.ts';

const recipe = recipeRequestSchema.shape;

/** Adds the options that say what draws. */
export function addModelOptions(command: Command): Command {
  return command
    .option('-p, --preset <name>', "preset of the project's .dgx-pixels/project.yaml")
    .option('-c, --checkpoint <name>', 'checkpoint, as "dgx-pixels models" lists it')
    .option(
      '-l, --lora <name[:strength]>',
      'LoRA with its strength, e.g. pixel:0.8; may be repeated',
      collect(asArgumentError(parseLora)),
    )
    .option('--negative <text>', 'what should not be seen')
    .option('--steps <number>', 'sampling steps', numberBy(recipe.steps.unwrap()))
    .option('--cfg <number>', 'classifier-free guidance', numberBy(recipe.cfg.unwrap()))
    .option('--sampler <name>', 'sampler')
    .option('--scheduler <name>', 'scheduler')
    .option('--vae <name>', "VAE (default: the checkpoint's own)")
    .option(
      '-w, --workflow <name>',
      'workflow, as "dgx-pixels workflows" lists it',
      parsedBy(fileNameSchema),
    );
}

/** Adds the options that say how large and how clean. */
export function addPixelOptions(command: Command): Command {
  command
    .option('-s, --size <size>', "the sprite's own pixels: 32 or 32x48", parsedBy(spriteSizeSchema))
    .option(
      '--render-size <size>',
      "the engine's pixels, multiples of 8 (default: chosen by the workflow)",
      parsedBy(renderSizeSchema),
    )
    .option('--no-fix', "deliver the engine's picture as it is")
    .option('--keep-background', 'leave the background as it is drawn');
  return addFixOptions(command);
}
