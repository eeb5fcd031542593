import { pixelOptionWords } from '../../project/pixels/option-words.ts';
import type { Lora, Recipe } from '../../protocol/recipe.ts';

/** A word as every POSIX shell and PowerShell reads it back; single quotes, in which nothing else has a meaning. */
function quoted(word: string, windows: boolean): string {
  // PowerShell makes a list of what has commas, and looks for a variable behind an @.
  if ((windows ? /^[\w+:./-]+$/ : /^[\w@%+:,./-]+$/).test(word)) return word;
  return windows
    ? `'${word.replaceAll("'", "''")}'`
    : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function loraText({ name, strength, clipStrength }: Lora): string {
  return [name, strength, ...(clipStrength === undefined ? [] : [clipStrength])].join(':');
}

/**
 * The command that draws a recipe again: every value is written out, so that a changed default changes nothing.
 * @param init path of the image that it starts from; a placeholder stands there when it is not known
 * @param windows quote for PowerShell
 */
export function recipeCommand(recipe: Recipe, init: string | null, windows: boolean): string {
  const size = (value: readonly [number, number]) => value.join('x');
  // A prompt that begins as an option does stands behind the sign that ends them.
  const dashed = recipe.prompt.startsWith('-');
  const words: (string | number)[] = ['dgx-pixels', 'generate'];
  if (!dashed) words.push(recipe.prompt);
  const add = (option: string, value: string | number) => words.push(`--${option}`, value);
  add('workflow', recipe.workflow);
  add('size', size(recipe.size));
  add('render-size', size(recipe.renderSize));
  add('seed', recipe.seed);
  add('steps', recipe.steps);
  add('cfg', recipe.cfg);
  add('sampler', recipe.sampler);
  add('scheduler', recipe.scheduler);
  if (recipe.checkpoint !== 'none') add('checkpoint', recipe.checkpoint);
  if (recipe.vae !== null) add('vae', recipe.vae);
  for (const lora of recipe.loras) add('lora', loraText(lora));
  if (recipe.negative !== '') add('negative', recipe.negative);
  if (recipe.init !== null) {
    add('init', init ?? 'IMAGE.png');
    add('denoise', recipe.init.denoise);
  }
  if (recipe.batch > 1) add('batch', recipe.batch);
  if (recipe.batchIndex !== undefined) add('batch-index', recipe.batchIndex);
  words.push(...pixelOptionWords(recipe.pixels, 'PALETTE.hex'));
  if (dashed) words.push('--', recipe.prompt);
  return words.map(word => quoted(String(word), windows)).join(' ');
}
