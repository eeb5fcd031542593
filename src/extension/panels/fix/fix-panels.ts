import * as vscode from 'vscode';
import { Disposable } from '../../dispose.ts';
import { FIX_PANEL } from '../../ids.ts';
import { t } from '../../l10n.ts';
import { fileName } from '../../pixels/picture-name.ts';
import type { PictureStore } from '../../pixels/picture-store.ts';
import type { Services } from '../../services.ts';
import { showPage } from '../page-files.ts';
import { FixSession } from './fix-session.ts';
import { fileOfState } from './panel-state.ts';
import { fixWords } from './words.ts';

/** Addresses of the pictures whose panels are open. */
const OPEN = 'dgx-pixels.fix.open';

function titleOf(file: string): string {
  return t('Fix: {0}', fileName(vscode.Uri.parse(file).path));
}

/** The panels of Fix Pixels…, one for each picture. */
export class FixPanels extends Disposable implements vscode.WebviewPanelSerializer {
  readonly #services: Services;
  readonly #store: PictureStore;
  readonly #open = new Map<string, vscode.WebviewPanel>();

  constructor(services: Services, store: PictureStore) {
    super();
    this.#services = services;
    this.#store = store;
    this._register(vscode.window.registerWebviewPanelSerializer(FIX_PANEL, this));
  }

  /** Opens the panel of a picture, or shows the one that is open. */
  show(file: vscode.Uri): void {
    const open = this.#open.get(file.toString());
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(FIX_PANEL, '', vscode.ViewColumn.Active);
    this.#fill(panel, file);
  }

  /** After a reload of the window. A window that was killed may not have stored the page's state: then the title tells. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const remembered = this.#services.context.workspaceState.get<string[]>(OPEN, []);
    const file =
      fileOfState(state) ?? remembered.find(each => titleOf(each) === panel.title) ?? null;
    if (file === null) panel.dispose();
    else this.#fill(panel, vscode.Uri.parse(file));
    return Promise.resolve();
  }

  #fill(panel: vscode.WebviewPanel, file: vscode.Uri): void {
    const key = file.toString();
    this.#open.set(key, panel);
    const session = new FixSession(file, panel, this.#services, this.#store);
    panel.onDidDispose(() => {
      session.dispose();
      if (this.#open.get(key) === panel) this.#open.delete(key);
      this.#remember();
    });
    this.#remember();
    const { extensionUri } = this.#services.context;
    panel.title = titleOf(key);
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'icon.png');
    showPage(panel.webview, {
      extension: extensionUri,
      script: 'fix',
      element: 'dgx-fix',
      title: panel.title,
      words: fixWords(),
      workers: true,
    });
  }

  #remember(): void {
    void this.#services.context.workspaceState.update(OPEN, [...this.#open.keys()]);
  }
}
