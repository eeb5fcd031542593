import type { WorkerClient } from '../../client/worker-client.ts';
import { fitToRoles } from '../../project/project-file/fit-roles.ts';
import type { ProjectFile } from '../../project/project-file/schema.ts';
import {
  recipeOfSettings,
  type SaidSettings,
  settingsFor,
} from '../../project/project-file/settings.ts';
import { IMAGE_WORKFLOW, PROMPT_WORKFLOW } from '../../project/workflows/default-workflow.ts';
import type { WorkflowInfo } from '../../protocol/models.ts';
import type { RecipeRequest } from '../../protocol/recipe.ts';
import type { SpriteItem } from '../generate/request.ts';

/** What a person says of an item beside its prompt. */
function saidOf({ size, workflow, checkpoint, loras, negative, steps }: SpriteItem): SaidSettings {
  return {
    size: size === undefined ? undefined : [size[0], size[1]],
    workflow,
    checkpoint,
    loras: loras?.map(({ name, strength = 1 }) => ({ name, strength })),
    negative,
    steps,
  };
}

/**
 * The recipe of an item in its game: what is said of it, before its preset, before the project's defaults, as far as the workflow has a
 * place for them. The same as on the command line.
 * @param init digest of the image that the drawing starts from, or null
 * @throws PixelsError `invalid-params` for a preset that the file does not have
 */
export function recipeInProject(
  file: ProjectFile,
  item: SpriteItem,
  init: string | null,
  workflows: readonly Pick<WorkflowInfo, 'name' | 'roles'>[],
): RecipeRequest {
  const said = saidOf(item);
  const merged = settingsFor(file, item.preset ?? null, said, init !== null);
  const name = merged.workflow ?? (init === null ? PROMPT_WORKFLOW : IMAGE_WORKFLOW);
  const workflow = workflows.find(each => each.name === name);
  const settings = workflow === undefined ? merged : fitToRoles(merged, said, workflow.roles);
  const { prompt, seed, denoise = 0.6 } = item;
  return {
    ...recipeOfSettings(settings),
    prompt,
    ...(seed !== undefined && { seed }),
    ...(init !== null && { init: { image: init, denoise } }),
  };
}

/** The recipes of items in their game. @throws as `recipeInProject`, and what the worker answers */
export async function recipesInProject(
  file: ProjectFile,
  client: WorkerClient,
  items: readonly SpriteItem[],
  init: string | null,
): Promise<RecipeRequest[]> {
  const { workflows } = await client.request('workflows.list', {});
  return items.map(item => recipeInProject(file, item, init, workflows));
}
