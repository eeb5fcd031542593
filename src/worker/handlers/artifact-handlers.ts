import { isCompletePng, readPngText } from '../../pixels/png-text.ts';
import { recipeDigest } from '../../project/digest.ts';
import { recipeOfImage } from '../../project/pixels/image-recipe.ts';
import type { Artifact } from '../../protocol/artifacts.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { Run } from '../../protocol/jobs.ts';
import { type Recipe, recipeSchema } from '../../protocol/recipe.ts';
import type { Core } from '../core.ts';
import { nodeZlib } from '../images/node-zlib.ts';
import { recipeInText } from '../jobs/sprite-maker.ts';
import { prune } from '../pruning.ts';
import { Attached, type Handlers } from '../server/handlers.ts';
import { graphOfRun } from './job-handlers.ts';

type ArtifactMethods =
  | 'artifacts.info'
  | 'artifacts.get'
  | 'artifacts.put'
  | 'artifacts.recipe'
  | 'artifacts.pin'
  | 'artifacts.keep'
  | 'artifacts.prune';

/** Answers about artifacts. */
export function artifactHandlers(core: Core): Pick<Handlers, ArtifactMethods> {
  const { index, files, journal } = core;

  function known(digest: string): Artifact {
    const artifact = index.get(digest);
    if (artifact !== null) return artifact;
    throw new PixelsError(
      'not-found',
      'This artifact is not in the store; it may have been pruned. Generate it again from its recipe.',
      { digest },
    );
  }

  /** A sprite that was fixed again since says itself what it was made with. */
  async function earlierRecipe(digest: string, bytes: number, run: Run): Promise<Recipe> {
    const content = await files.read(digest, 0, bytes);
    const whole = content !== null && isCompletePng(content);
    const told = whole ? recipeInText(readPngText(content, nodeZlib)) : null;
    const parsed = recipeSchema.safeParse(told);
    return parsed.success ? parsed.data : run.recipe;
  }

  return {
    'artifacts.info': ({ digest }) => known(digest),
    'artifacts.get': async ({ digest, offset, length }) => {
      const artifact = known(digest);
      const bytes = await files.read(digest, offset, length);
      if (bytes === null) {
        throw new PixelsError('not-found', 'The file of this artifact is missing from the store.', {
          digest,
        });
      }
      return new Attached({ bytes: artifact.bytes, offset, mime: artifact.mime }, bytes);
    },
    'artifacts.put': async ({ digest, bytes, offset }, { attachments }) => {
      const [chunk] = attachments;
      if (chunk === undefined) {
        throw new PixelsError('invalid-params', 'An upload needs its bytes as an attached frame.');
      }
      return core.uploads.put(digest, bytes, offset, chunk);
    },
    'artifacts.recipe': async ({ digest }) => {
      const { origin, bytes } = known(digest);
      const record = origin === null ? null : journal.runs.record(origin.job, origin.run);
      if (record === null) {
        throw new PixelsError(
          'not-found',
          'No recipe is known for this artifact: it was uploaded, or its job was forgotten.',
          { digest },
        );
      }
      const { run, engine } = record;
      const image = run.images.find(({ sprite, raw }) => sprite === digest || raw === digest);
      const recipe =
        image === undefined ? await earlierRecipe(digest, bytes, run) : recipeOfImage(run, image);
      return {
        recipe,
        drawDigest: run.drawDigest,
        recipeDigest: recipe === run.recipe ? run.recipeDigest : recipeDigest(recipe),
        engine,
        graph: graphOfRun(core, run),
      };
    },
    'artifacts.pin': ({ project, digests }) => index.pin(project, digests),
    'artifacts.keep': ({ digest, keep }) => {
      known(digest);
      return { changed: index.keep(digest, keep) };
    },
    'artifacts.prune': async ({ toBytes, dryRun }) => prune(index, files, toBytes, dryRun),
  };
}
