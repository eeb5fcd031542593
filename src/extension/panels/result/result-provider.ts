import type * as vscode from 'vscode';
import { t } from '../../l10n.ts';
import type { Services } from '../../services.ts';
import { showPage } from '../page-files.ts';
import { ResultSession } from './result-session.ts';
import { resultEditorWords } from './words.ts';

/** The custom editor of generated PNGs. It never writes: a picture is edited in a program for that. */
export class ResultEditorProvider implements vscode.CustomReadonlyEditorProvider {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const session = new ResultSession(uri, panel, this.#services);
    panel.onDidDispose(() => session.dispose());
    showPage(panel.webview, {
      extension: this.#services.context.extensionUri,
      script: 'result-editor',
      element: 'dgx-result-editor',
      title: t('Sprite'),
      words: resultEditorWords(),
    });
  }
}
