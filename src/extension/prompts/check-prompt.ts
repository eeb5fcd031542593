import { LIMITS } from '../../protocol/limits.ts';
import { t } from '../l10n.ts';

/** What is wrong with a prompt, as one sentence; null when nothing is. */
export function promptProblem(prompt: string): string | null {
  if (prompt.trim() === '') return t('Say what to draw, for example “rusty sword”.');
  if (prompt.length > LIMITS.promptCharacters) {
    return t(
      'The prompt has {0} characters; at most {1} are taken.',
      prompt.length,
      LIMITS.promptCharacters,
    );
  }
  return null;
}
