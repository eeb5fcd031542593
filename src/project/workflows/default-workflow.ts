import type { RecipeRequest } from '../../protocol/recipe.ts';

/** The workflow of a drawing that starts from a prompt, where none is named. */
export const PROMPT_WORKFLOW = 'sprite-sdxl';

/** The workflow of a drawing that starts from an image, where none is named. */
export const IMAGE_WORKFLOW = 'image-to-image-sdxl';

/** The workflow of a request that names none. */
export function defaultWorkflow({ init }: Pick<RecipeRequest, 'init'>): string {
  return init === undefined ? PROMPT_WORKFLOW : IMAGE_WORKFLOW;
}
