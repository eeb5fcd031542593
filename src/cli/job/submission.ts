import type { Lane } from '../../protocol/jobs.ts';
import type { MethodParams } from '../../protocol/methods.ts';
import type { Lora, RecipeInput, Size } from '../../protocol/recipe.ts';

/** What `generate` can say about a drawing, as its options are named. */
export interface DrawingOptions {
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

/** What is sent to make a job of a prompt and options. `init` is the digest of the uploaded image. */
export function submissionOf(
  id: string,
  prompt: string,
  options: DrawingOptions,
  init: string | null,
): MethodParams<'jobs.submit'> {
  const { size, renderSize, seed, checkpoint, lora, negative, steps, cfg } = options;
  const {
    sampler,
    scheduler,
    vae,
    workflow,
    denoise,
    batch,
    batchIndex,
    count,
    lane,
    title,
    name,
  } = options;
  const recipe: RecipeInput = {
    prompt,
    ...(workflow !== undefined && { workflow }),
    ...(negative !== undefined && { negative }),
    ...(size !== undefined && { size }),
    ...(renderSize !== undefined && { renderSize }),
    ...(seed !== undefined && { seed }),
    ...(steps !== undefined && { steps }),
    ...(cfg !== undefined && { cfg }),
    ...(sampler !== undefined && { sampler }),
    ...(scheduler !== undefined && { scheduler }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(vae !== undefined && { vae }),
    ...(lora !== undefined && { loras: lora }),
    ...(init !== null && { init: { image: init, ...(denoise !== undefined && { denoise }) } }),
    ...(batch !== undefined && { batch }),
    ...(batchIndex !== undefined && { batchIndex }),
    // Left out, the workflow decides: one that only cuts out delivers the picture as it is.
    ...((!options.fix || options.keepBackground === true) && {
      pixels: {
        fix: options.fix ? 'basic' : 'none',
        background: options.keepBackground === true ? 'keep' : 'alpha',
      },
    }),
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
