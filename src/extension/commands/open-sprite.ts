import * as vscode from 'vscode';
import { RESULT_EDITOR } from '../ids.ts';
import { isAsking } from './asking.ts';

/**
 * Opens a picture pixel-sharp, with its recipe. The keyboard stays with a question that is open.
 * @param behind only adds its tab, for who is at something else
 */
export async function openSprite(file: vscode.Uri, behind = false): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', file, RESULT_EDITOR, {
    preserveFocus: behind || isAsking(),
    ...(behind && { background: true, preview: false }),
  });
}
