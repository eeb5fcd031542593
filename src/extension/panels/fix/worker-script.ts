import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Source of the script that fixes pictures beside the page, see src/webview/fix/fix-worker.ts. */
export function workerScript(extension: vscode.Uri): Promise<string> {
  return readFile(
    vscode.Uri.joinPath(extension, 'dist', 'webview', 'fix-worker.js').fsPath,
    'utf8',
  );
}
