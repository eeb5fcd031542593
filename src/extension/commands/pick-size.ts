import type * as vscode from 'vscode';
import { type Choice, COMMON_SIZES } from '../generate/last-choice.ts';
import { t } from '../l10n.ts';
import { type CellSize, isOffered, LARGEST_SIZE, parseSize, sizeText } from '../prompts/size.ts';
import { BACK, pickOne } from './pick.ts';
import type { Stock } from './stock.ts';

/** Engine sizes of the workflow that a choice stands for. */
function renderSizesOf({ workflow }: Choice, { workflows }: Stock): [number, number][] {
  const chosen = workflows.find(({ name }) => name === workflow);
  const drawing =
    chosen === undefined ? workflows.filter(({ problem }) => problem === null) : [chosen];
  return drawing.flatMap(({ renderSizes }) => renderSizes);
}

/** What is wrong with a size for a workflow, as a sentence; null when nothing is. */
export function sizeProblem(choice: Choice, stock: Stock): string | null {
  const sizes = renderSizesOf(choice, stock);
  if (isOffered(choice.size, sizes)) return null;
  const largest = sizes.reduce((one, other) =>
    other[0] * other[1] > one[0] * one[1] ? other : one,
  );
  return t(
    'The workflow {0} draws at most {1} pixels, too few for a sprite of {2}.',
    choice.workflow ?? '',
    sizeText(largest),
    sizeText(choice.size),
  );
}

interface SizeItem extends vscode.QuickPickItem {
  /** null: what was typed is no size. */
  size: CellSize | null;
}

/** The sizes to choose from, or what is wrong with the one that is typed. */
function sizeItems(typed: string, offered: readonly [number, number][]): SizeItem[] {
  const own = parseSize(typed);
  if (own !== null) {
    const tooLarge = t('more than the workflow draws');
    return [
      {
        label: sizeText(own),
        alwaysShow: true,
        size: own,
        ...(!isOffered(own, offered) && { description: tooLarge }),
      },
    ];
  }
  const fitting: SizeItem[] = COMMON_SIZES.filter(size => isOffered(size, offered)).map(size => ({
    label: sizeText(size),
    size,
  }));
  if (typed.trim() === '' || fitting.some(({ label }) => label.includes(typed.trim()))) {
    return fitting;
  }
  const problem = t('Write a size from 1 to {0}, for example 20 or 32x48.', LARGEST_SIZE);
  return [{ label: `$(warning) ${problem}`, alwaysShow: true, size: null }];
}

/** Asks for a size. @returns the choice with it, or as it was when it was left */
export async function pickSize(choice: Choice, stock: Stock): Promise<Choice> {
  const offered = renderSizesOf(choice, stock);
  const picked = await pickOne<SizeItem>(typed => sizeItems(typed, offered), {
    title: t('Size in pixels'),
    placeholder: t('Choose, or type another: 20 or 32x48'),
    back: true,
    active: ({ size }) => size !== null && sizeText(size) === sizeText(choice.size),
    faulty: ({ size }) => size === null,
  });
  if (picked === null || picked === BACK || picked.size === null) return choice;
  return { ...choice, size: picked.size };
}
