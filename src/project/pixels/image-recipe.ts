import type { Run, RunImage } from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import { recipeDigest } from '../digest.ts';

/** What made an image's sprite: the run's recipe, with other pixel settings where it was fixed again. */
export function recipeOfImage({ recipe }: Pick<Run, 'recipe'>, { pixels }: RunImage): Recipe {
  return pixels === undefined ? recipe : { ...recipe, pixels };
}

/** Digest of `recipeOfImage`. */
export function digestOfImage(run: Run, image: RunImage): string {
  return image.pixels === undefined ? run.recipeDigest : recipeDigest(recipeOfImage(run, image));
}
