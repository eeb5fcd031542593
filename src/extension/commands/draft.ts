import type * as vscode from 'vscode';
import type { Choice } from '../generate/last-choice.ts';

/** All that is chosen before a sprite is drawn. */
export interface Draft {
  prompt: string;
  choice: Choice;
  name: string;
  folder: vscode.Uri;
}

/** A line that can be changed. */
export interface OptionItem extends vscode.QuickPickItem {
  change: (draft: Draft) => Promise<Draft | null>;
}
