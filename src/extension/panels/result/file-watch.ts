import * as vscode from 'vscode';
import type { Ends } from '../../dispose.ts';

/** Milliseconds in which a file that is being written settles. */
const SETTLE_MS = 80;

/**
 * Tells when a file was changed, removed or came back, wherever it lies. Its folder is watched, since a name may hold what a
 * pattern would take for wildcards.
 */
export function watchFile(file: vscode.Uri, onChange: () => void): Ends {
  const folder = vscode.Uri.joinPath(file, '..');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
  let timer: NodeJS.Timeout | null = null;
  const heard = (changed: vscode.Uri): void => {
    if (changed.path !== file.path || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      onChange();
    }, SETTLE_MS);
  };
  watcher.onDidChange(heard);
  watcher.onDidCreate(heard);
  watcher.onDidDelete(heard);
  return {
    dispose: () => {
      if (timer !== null) clearTimeout(timer);
      watcher.dispose();
    },
  };
}
