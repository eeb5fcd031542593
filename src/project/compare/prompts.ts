import {
  type ComparePrompt,
  comparePromptSchema,
  SPRITE_CATEGORIES,
  type SpriteCategory,
} from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { describeIssues } from '../../protocol/validate.ts';

const CATEGORY = new RegExp(`^(${SPRITE_CATEGORIES.join('|')})\\s*:\\s*(.+)$`, 'i');

/**
 * Reads a prompt that may begin with its category: `item: rusty sword`.
 * @param usual category of one that names none
 * @throws PixelsError `invalid-params`
 */
export function parsePrompt(text: string, usual: SpriteCategory): ComparePrompt {
  const [, category, rest] = CATEGORY.exec(text.trim()) ?? [];
  const parsed = comparePromptSchema.safeParse({
    prompt: rest ?? text.trim(),
    category: category?.toLowerCase() ?? usual,
  });
  if (parsed.success) return parsed.data;
  const { sentence } = describeIssues(parsed.error);
  throw new PixelsError('invalid-params', `"${text.slice(0, 60)}" is no prompt: ${sentence}.`);
}

/** Prompts of a file: one a line; empty lines and those that begin with `#` say nothing. */
export function promptLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
}

/** Prompts without those that are there already: their pictures would be the same. */
export function eachOnce(prompts: readonly ComparePrompt[]): ComparePrompt[] {
  const isSame = (one: ComparePrompt, other: ComparePrompt): boolean =>
    one.prompt === other.prompt && String(one.size) === String(other.size);
  return prompts.filter((one, at) => prompts.findIndex(each => isSame(each, one)) === at);
}
