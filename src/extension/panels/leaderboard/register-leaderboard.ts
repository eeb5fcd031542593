import * as vscode from 'vscode';
import { report } from '../../commands/report.ts';
import { loadComparePart } from '../../compare/load-part.ts';
import { Disposable, type Ends } from '../../dispose.ts';
import { uriOf } from '../../generate/output-folder.ts';
import { COMMANDS, LEADERBOARD_PANEL } from '../../ids.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { LeaderboardPanels } from './leaderboard-panels.ts';

/** What opens leaderboards. The panels themselves are loaded with the first of them. */
class Leaderboards extends Disposable {
  readonly #services: Services;
  #panels: LeaderboardPanels | null = null;

  constructor(services: Services) {
    super();
    this.#services = services;
    this._register(
      vscode.window.registerWebviewPanelSerializer(LEADERBOARD_PANEL, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          this.#loaded().restore(panel, state);
          return Promise.resolve();
        },
      }),
    );
    this._register(
      vscode.commands.registerCommand(COMMANDS.showLeaderboard, async (named: unknown) => {
        try {
          const folder = await folderMeant(named);
          if (folder !== null) this.#loaded().show(folder);
        } catch (error) {
          report(error, this.#services.log);
        }
      }),
    );
  }

  #loaded(): LeaderboardPanels {
    if (this.#panels === null) {
      const { context, log } = this.#services;
      const { LeaderboardPanels: Panels } = loadComparePart(context.extensionPath);
      this.#panels = this._register(
        new Panels(this.#services, (error: unknown) => report(error, log)),
      );
    }
    return this.#panels;
  }
}

/**
 * The workspace folder whose votes are meant: what the caller names, the only one, or the one that a person picks.
 * @returns null when they pick none
 * @throws Problem `no-folder`
 */
async function folderMeant(named: unknown): Promise<vscode.Uri | null> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (named !== undefined && named !== null) {
    const own = vscode.workspace.getWorkspaceFolder(uriOf(named));
    if (own !== undefined) return own.uri;
  }
  if (folders.length > 1) {
    const placeHolder = t('Folder of the game whose votes you want to see');
    return (
      (await vscode.window.showWorkspaceFolderPick({ placeHolder, ignoreFocusOut: true }))?.uri ??
      null
    );
  }
  const [only] = folders;
  if (only !== undefined) return only.uri;
  throw new Problem('no-folder', t('No folder is open, so there are no votes to show.'), [
    { title: t('Open Folder…'), command: 'workbench.action.files.openFolder' },
  ]);
}

/** Registers *Show Leaderboard*. */
export function registerLeaderboard(services: Services): Ends {
  return new Leaderboards(services);
}
