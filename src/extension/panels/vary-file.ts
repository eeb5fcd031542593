import * as vscode from 'vscode';
import { outputFolder } from '../generate/output-folder.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';

/** Vary This Image. What is drawn from a picture of the extension's own folder is saved among the game's sprites. */
export async function varyFile({ context }: Services, file: vscode.Uri): Promise<void> {
  const own = file.path.startsWith(`${context.globalStorageUri.path}/`);
  if (!own) {
    await vscode.commands.executeCommand(COMMANDS.varyImage, file);
    return;
  }
  const folder = await outputFolder(undefined, true);
  if (folder !== null) {
    await vscode.commands.executeCommand(COMMANDS.varyImage, file, { folder });
  }
}
