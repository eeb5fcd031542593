import * as vscode from 'vscode';
import { eachOnce, parsePrompt, promptLines } from '../../project/compare/prompts.ts';
import type { ComparePrompt } from '../../protocol/compare.ts';
import { BACK, pickOne } from '../commands/pick.ts';
import { matchingPrompts } from '../commands/ask-prompt.ts';
import { t } from '../l10n.ts';

type PromptItem = vscode.QuickPickItem & {
  what: { add: string } | { remove: number } | 'done' | 'fault';
};

/** A prompt as it is typed: its category before it, where it has one. */
export function promptText({ prompt, category }: ComparePrompt): string {
  return category === 'other' ? prompt : `${category}: ${prompt}`;
}

/** Prompts of a text: one a line, each with its category before it, `item: rusty sword`. @throws PixelsError `invalid-params` */
export function promptsOf(text: string): ComparePrompt[] {
  return promptLines(text).map(line => parsePrompt(line, 'other'));
}

function problemOf(text: string): string | null {
  try {
    parsePrompt(text, 'other');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function typedItem(typed: string): PromptItem[] {
  if (typed.trim() === '') return [];
  const problem = problemOf(typed);
  return [
    problem === null
      ? { label: `$(add) ${typed.trim()}`, alwaysShow: true, what: { add: typed } }
      : { label: `$(warning) ${problem}`, alwaysShow: true, what: 'fault' },
  ];
}

/** Lines that are marked in the editor in front. */
function selectedPrompts(): ComparePrompt[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return [];
  const text = editor.selections
    .filter(selection => !selection.isEmpty)
    .map(selection => editor.document.getText(selection))
    .join('\n');
  try {
    return promptsOf(text);
  } catch {
    return [];
  }
}

/**
 * Asks for prompts, several one after another.
 * @param first chosen at first; where there are none, the lines that are marked in the editor
 * @param earlier prompts of this workspace
 * @returns null when it was left, BACK for the step before
 */
export async function pickPrompts(
  first: readonly ComparePrompt[],
  earlier: readonly string[],
): Promise<ComparePrompt[] | typeof BACK | null> {
  let prompts = eachOnce(first.length > 0 ? first : selectedPrompts());
  for (;;) {
    const picked = await pickOne<PromptItem>(
      typed => {
        const go: PromptItem[] =
          prompts.length === 0
            ? []
            : [
                {
                  label: `$(check) ${prompts.length === 1 ? t('Go on with 1 prompt') : t('Go on with {0} prompts', prompts.length)}`,
                  alwaysShow: true,
                  what: 'done',
                },
              ];
        const chosen = prompts.map((prompt, place): PromptItem => ({
          label: `$(close) ${promptText(prompt)}`,
          description: t('chosen; Enter takes it out'),
          what: { remove: place },
        }));
        const others = matchingPrompts(earlier, typed)
          .filter(each => prompts.every(({ prompt }) => prompt !== each))
          .map((each): PromptItem => ({
            label: each,
            description: t('earlier'),
            what: { add: each },
          }));
        return [...typedItem(typed), ...go, ...chosen, ...others];
      },
      {
        title: t('Prompts to compare on'),
        placeholder: t(
          'Type a prompt and press Enter; a category may come first: “item: rusty sword”',
        ),
        back: true,
        faulty: ({ what }) => what === 'fault',
      },
    );
    if (picked === null || picked === BACK) return picked;
    const { what } = picked;
    // Done: what is faulty is never chosen.
    if (typeof what === 'string') return prompts;
    if ('remove' in what) prompts = prompts.filter((_, place) => place !== what.remove);
    else prompts = eachOnce([...prompts, parsePrompt(what.add, 'other')]);
  }
}
