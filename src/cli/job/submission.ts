import type { Lane } from '../../protocol/jobs.ts';
import type { MethodParams } from '../../protocol/methods.ts';
import type { Lora, RecipeInput, Size } from '../../protocol/recipe.ts';
import { type FixOptions, saidPixels } from '../pixels/pixel-options.ts';
import type { ProjectSettings } from '../../project/project-file/schema.ts';
import { recipeOfSettings, type SaidSettings } from '../../project/project-file/settings.ts';

/** What `generate` can say about a drawing, as its options are named. */
export interface DrawingOptions extends FixOptions {
  size?: Size;
  renderSize?: Size;
  count?: number;
  seed?: number;
  checkpoint?: string;
  lora?: Lora[];
  negative?: string;
  steps?: number;
  cfg?: number;
  sampler?: string;
  scheduler?: string;
  vae?: string;
  workflow?: string;
  init?: string;
  denoise?: number;
  batch?: number;
  batchIndex?: number;
  /** False with `--no-fix`. */
  fix: boolean;
  keepBackground?: boolean;
  lane?: Lane;
  title?: string;
  name?: string;
}

/**
 * What the options say of the settings that a project may have defaults for.
 * @throws PixelsError `not-found`, `invalid-params` for a palette that cannot be read
 */
export async function saidSettings(options: DrawingOptions, cwd: string): Promise<SaidSettings> {
  const { workflow, checkpoint, vae, lora, steps, cfg, sampler, scheduler, negative } = options;
  const { size, renderSize, fix, keepBackground } = options;
  return {
    ...{ workflow, checkpoint, vae, loras: lora, steps, cfg, sampler, scheduler, negative },
    ...{ size, renderSize },
    ...(await saidPixels(options, cwd)),
    // Left out, the workflow decides: one that only cuts out delivers the picture as it is.
    fix: fix ? undefined : 'none',
    background: keepBackground === true ? 'keep' : undefined,
  };
}

/**
 * What is sent to make a job of a prompt, options and settings.
 * @param settings the options' own among them
 * @param init digest of the uploaded image
 */
export function submissionOf(
  id: string,
  prompt: string,
  options: DrawingOptions,
  settings: ProjectSettings,
  init: string | null,
): MethodParams<'jobs.submit'> {
  const { seed, denoise, batch, batchIndex, count, lane, title, name } = options;
  const recipe: RecipeInput = {
    prompt,
    ...recipeOfSettings(settings),
    ...(seed !== undefined && { seed }),
    ...(init !== null && { init: { image: init, ...(denoise !== undefined && { denoise }) } }),
    ...(batch !== undefined && { batch }),
    ...(batchIndex !== undefined && { batchIndex }),
  };
  return {
    id,
    spec: {
      kind: 'generate',
      items: [
        { recipe, ...(count !== undefined && { count }), ...(name !== undefined && { name }) },
      ],
    },
    ...(lane !== undefined && { lane }),
    ...(title !== undefined && { title }),
  };
}
