import * as vscode from 'vscode';
import { RESULT_EDITOR } from '../ids.ts';
import { isAsking } from './asking.ts';

/**
 * Opens a picture pixel-sharp, with its recipe. The keyboard stays with a question that is open.
 * @param unasked it comes by itself: `front` only shows it, since one may be writing into a terminal, a search or the palette,
 * of which no extension is told; `behind` only adds its tab, for who is at something else
 */
export async function openSprite(file: vscode.Uri, unasked?: 'front' | 'behind'): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', file, RESULT_EDITOR, {
    preserveFocus: unasked !== undefined || isAsking(),
    ...(unasked === 'behind' && { background: true, preview: false }),
  });
}
