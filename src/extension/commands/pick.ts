import * as vscode from 'vscode';
import { asking } from './asking.ts';

/** Given in place of an answer when a person goes back to the step before. */
export const BACK = Symbol('back');

export interface PickOptions<T> {
  title: string;
  placeholder: string;
  step?: number;
  totalSteps?: number;
  /** Shows a button that goes back. */
  back?: boolean;
  value?: string;
  /** Entry that is marked first. */
  active?: (item: T) => boolean;
  matchOnDescription?: boolean;
  /** Whether an entry only says what is wrong with what was typed: choosing it leaves the list open. */
  faulty?: (item: T) => boolean;
  /** A list of things to do rather than a question: it goes away with a click elsewhere. */
  menu?: boolean;
}

/**
 * A list to choose one entry of.
 * @param items may depend on what is typed
 * @returns null when it was left, BACK when the step before is wanted
 */
export function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[] | ((typed: string) => readonly T[]),
  options: PickOptions<T> & { back: true },
): Promise<T | typeof BACK | null>;
export function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[] | ((typed: string) => readonly T[]),
  options: PickOptions<T> & { back?: false },
): Promise<T | null>;
export function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[] | ((typed: string) => readonly T[]),
  options: PickOptions<T>,
): Promise<T | typeof BACK | null> {
  const picked = new Promise<T | typeof BACK | null>(resolve => {
    const pick = vscode.window.createQuickPick<T>();
    const itemsFor = typeof items === 'function' ? items : () => items;
    const fill = (typed: string) => {
      pick.items = itemsFor(typed);
      const marked = options.active === undefined ? [] : pick.items.filter(options.active);
      if (marked.length > 0) pick.activeItems = marked;
    };
    pick.title = options.title;
    pick.placeholder = options.placeholder;
    pick.value = options.value ?? '';
    pick.step = options.step;
    pick.totalSteps = options.totalSteps;
    pick.ignoreFocusOut = options.menu !== true;
    pick.matchOnDescription = options.matchOnDescription ?? false;
    if (options.back === true) pick.buttons = [vscode.QuickInputButtons.Back];
    fill(pick.value);
    if (typeof items === 'function') pick.onDidChangeValue(fill);
    let settled = false;
    const settle = (value: T | typeof BACK | null) => {
      if (settled) return;
      settled = true;
      resolve(value);
      pick.dispose();
    };
    pick.onDidTriggerButton(() => settle(BACK));
    pick.onDidAccept(() => {
      // Who types fast presses Enter before the list for the text is drawn, while a row of the one before is marked.
      const marked = pick.selectedItems.find(item => pick.items.includes(item));
      const chosen = marked ?? (typeof items === 'function' ? pick.items[0] : undefined);
      if (chosen === undefined || options.faulty?.(chosen) === true) return;
      if (chosen.kind !== vscode.QuickPickItemKind.Separator) settle(chosen);
    });
    pick.onDidHide(() => settle(null));
    pick.show();
  });
  return asking(picked);
}

/** A list to mark entries of. @returns null when it was left */
export async function pickMany<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: Pick<vscode.QuickPickOptions, 'matchOnDescription' | 'matchOnDetail'> & {
    title: string;
    placeholder: string;
  },
): Promise<T[] | null> {
  const { placeholder, ...rest } = options;
  const picked = await asking(
    vscode.window.showQuickPick(items, {
      ...rest,
      placeHolder: placeholder,
      canPickMany: true,
      ignoreFocusOut: true,
    }),
  );
  return picked ?? null;
}

/** A line of text. @returns null when it was left */
export async function askText(options: {
  title: string;
  prompt: string;
  value?: string;
  placeHolder?: string;
  password?: boolean;
  problem: (text: string) => string | null;
}): Promise<string | null> {
  const { problem, ...rest } = options;
  const text = await asking(
    vscode.window.showInputBox({ ...rest, ignoreFocusOut: true, validateInput: problem }),
  );
  return text ?? null;
}
