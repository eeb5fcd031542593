import { t } from '../l10n.ts';
import { askText } from './pick.ts';

/**
 * Asks for a whole number.
 * @param range `empty`: whether nothing may be typed
 * @returns null for nothing typed, undefined when it was left
 */
export async function askNumber(
  title: string,
  prompt: string,
  value: string,
  range: { least: number; most: number; empty: boolean },
): Promise<number | null | undefined> {
  const { least, most, empty } = range;
  const text = await askText({
    title,
    prompt,
    value,
    problem: typed => {
      if (typed.trim() === '' && empty) return null;
      const number = Number(typed);
      return /^\d+$/.test(typed.trim()) && number >= least && number <= most
        ? null
        : t('A whole number from {0} to {1}.', least, most);
    },
  });
  if (text === null) return undefined;
  return text.trim() === '' ? null : Number(text);
}
