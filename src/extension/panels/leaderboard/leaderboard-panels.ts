import * as vscode from 'vscode';
import { Disposable } from '../../dispose.ts';
import { LEADERBOARD_PANEL } from '../../ids.ts';
import { t } from '../../l10n.ts';
import type { Services } from '../../services.ts';
import { showPage } from '../page-files.ts';
import { LeaderboardSession } from './leaderboard-session.ts';
import { folderOfState } from './panel-state.ts';
import { leaderboardWords } from './words.ts';

/** The leaderboards, one for each workspace folder. */
export class LeaderboardPanels extends Disposable {
  readonly #services: Services;
  readonly #tell: (error: unknown) => void;
  readonly #open = new Map<string, vscode.WebviewPanel>();

  /** @param tell shows an error with the buttons that help */
  constructor(services: Services, tell: (error: unknown) => void) {
    super();
    this.#services = services;
    this.#tell = tell;
  }

  /** Opens the leaderboard of a folder, or shows the one that is open. */
  show(folder: vscode.Uri): void {
    const open = this.#open.get(folder.toString());
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    this.#fill(vscode.window.createWebviewPanel(LEADERBOARD_PANEL, '', column), folder);
  }

  /** After a reload of the window. A window that was killed may not have stored the page's state: then the title tells. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const stored = folderOfState(state);
    const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
    const folder =
      folders.find(uri => uri.toString() === stored) ??
      folders.find(uri => titleOf(uri) === panel.title) ??
      null;
    // The folder is no longer part of the workspace.
    if (folder === null || this.#open.has(folder.toString())) panel.dispose();
    else this.#fill(panel, folder);
  }

  #fill(panel: vscode.WebviewPanel, folder: vscode.Uri): void {
    const key = folder.toString();
    this.#open.set(key, panel);
    const session = new LeaderboardSession(folder, panel, this.#services, this.#tell);
    panel.onDidDispose(() => {
      session.dispose();
      if (this.#open.get(key) === panel) this.#open.delete(key);
    });
    const { extensionUri } = this.#services.context;
    panel.title = titleOf(folder);
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'icon.png');
    showPage(panel.webview, {
      extension: extensionUri,
      script: 'leaderboard',
      element: 'dgx-leaderboard',
      title: panel.title,
      words: leaderboardWords(key),
    });
  }
}

function titleOf(folder: vscode.Uri): string {
  const name = vscode.workspace.getWorkspaceFolder(folder)?.name ?? '';
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  return several ? t('Leaderboard: {0}', name) : t('Leaderboard');
}
