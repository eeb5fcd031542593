import type { Lora, Recipe } from '../../../protocol/recipe.ts';
import { t } from '../../l10n.ts';
import type { FoundRecipe } from '../../recipe/find-recipe.ts';
import type { RecipeRow, RecipeSheet } from '../messages/result-editor.ts';

function loraText({ name, strength, clipStrength }: Lora): string {
  const strengths = [strength, ...(clipStrength === undefined ? [] : [clipStrength])];
  return `${name} × ${strengths.join(' / ')}`;
}

function batchText({ batch, batchIndex }: Recipe): string | null {
  if (batchIndex !== undefined) return t('image {0} of {1}', batchIndex + 1, batch);
  return batch > 1 ? t('{0} images', batch) : null;
}

const DIGEST_LETTERS = 64;

/**
 * A recipe as lines to read and copy. What a file says of itself is nobody's promise, so anything that is not as it should be
 * is left out.
 */
export function recipeSheet({
  recipe,
  recipeDigest,
  engine,
  placeholder,
}: FoundRecipe): RecipeSheet {
  const rows: RecipeRow[] = [];
  const add = (id: string, label: string, read: () => unknown, long = false): void => {
    let value: unknown;
    try {
      value = read();
    } catch {
      return;
    }
    const shown = typeof value === 'number' ? String(value) : value;
    if (typeof shown === 'string' && shown !== '') rows.push({ id, label, value: shown, long });
  };
  add('prompt', t('Prompt'), () => recipe.prompt, true);
  add('negative', t('Negative prompt'), () => recipe.negative, true);
  add('size', t('Size'), () => recipe.size.join(' × '));
  add('seed', t('Seed'), () => recipe.seed);
  add('checkpoint', t('Checkpoint'), () => recipe.checkpoint);
  add('loras', t('LoRAs'), () => recipe.loras.map(loraText).join('\n'));
  add('vae', t('VAE'), () => recipe.vae);
  add('workflow', t('Workflow'), () => recipe.workflow);
  add('sampler', t('Sampler'), () => recipe.sampler);
  add('scheduler', t('Scheduler'), () => recipe.scheduler);
  add('steps', t('Steps'), () => recipe.steps);
  add('cfg', t('CFG'), () => recipe.cfg);
  add('renderSize', t('Render size'), () => recipe.renderSize.join(' × '));
  add('init', t('Start image'), () => recipe.init?.image.slice(0, DIGEST_LETTERS));
  add('denoise', t('Denoise'), () => recipe.init?.denoise);
  add('batch', t('Batch'), () => batchText(recipe));
  add('fix', t('Pixel stage'), () => recipe.pixels.fix);
  add('background', t('Background'), () => recipe.pixels.background);
  add('engine', t('Engine'), () => engine && `${engine.engine} ${engine.version}`.trim());
  add('digest', t('Recipe digest'), () => recipeDigest);
  return { rows, placeholder };
}
