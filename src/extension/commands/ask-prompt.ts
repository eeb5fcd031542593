import type * as vscode from 'vscode';
import { t } from '../l10n.ts';
import { promptProblem } from '../prompts/check-prompt.ts';
import { pickOne } from './pick.ts';

interface PromptItem extends vscode.QuickPickItem {
  prompt: string;
  /** It says what is wrong. */
  faulty?: true;
}

/** Characters of a prompt that a line of the list shows. */
const SHOWN = 120;

function itemFor(prompt: string, description: string): PromptItem {
  const line = prompt.replace(/\s+/g, ' ').trim();
  const label = line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
  return { label, description, prompt, alwaysShow: true };
}

/** Earlier prompts that contain what is typed, word by word. */
export function matchingPrompts(prompts: readonly string[], typed: string): string[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  return prompts.filter(prompt => {
    const text = prompt.toLowerCase();
    return words.every(word => text.includes(word));
  });
}

/** Asks what to draw: typed, or one of the earlier prompts. @returns null when it was left */
export async function askPrompt(earlier: readonly string[], value = ''): Promise<string | null> {
  const picked = await pickOne<PromptItem>(
    typed => {
      const problem = promptProblem(typed);
      const own =
        typed.trim() === ''
          ? []
          : problem === null
            ? [itemFor(typed, '')]
            : [
                {
                  label: `$(warning) ${problem}`,
                  alwaysShow: true,
                  prompt: typed,
                  faulty: true as const,
                },
              ];
      const others = matchingPrompts(earlier, typed).filter(prompt => prompt !== typed);
      return [...own, ...others.map(prompt => itemFor(prompt, t('earlier')))];
    },
    {
      title: t('Generate Sprite'),
      placeholder: t('What to draw, for example: rusty sword'),
      step: 1,
      totalSteps: 2,
      value,
      faulty: ({ faulty }) => faulty === true,
    },
  );
  return picked?.prompt ?? null;
}
