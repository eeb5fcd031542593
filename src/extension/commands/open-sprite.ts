import * as vscode from 'vscode';
import { RESULT_EDITOR } from '../ids.ts';

/** Opens a picture pixel-sharp, with its recipe. */
export async function openSprite(file: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', file, RESULT_EDITOR);
}
