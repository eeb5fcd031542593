import * as vscode from 'vscode';
import { pageHtml } from './html.ts';

export interface PageSource {
  /** The extension's folder. */
  extension: vscode.Uri;
  /** Script in dist/webview, without `.js`. */
  script: string;
  element: string;
  title: string;
  words: Readonly<Record<string, string>>;
  /** Folders with pictures that the page shows by URI. */
  pictures?: readonly vscode.Uri[];
  /** Whether the page starts workers. */
  workers?: boolean;
}

/** Makes a webview show one of our pages, which then asks for its state. */
export function showPage(webview: vscode.Webview, source: PageSource): void {
  const { extension, script, element, title, words, pictures = [], workers = false } = source;
  const folder = vscode.Uri.joinPath(extension, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder, ...pictures] };
  const uri = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  webview.html = pageHtml({
    cspSource: webview.cspSource,
    script: uri(`${script}.js`),
    style: uri('page.css'),
    title,
    language: vscode.env.language,
    element,
    words,
    workers,
  });
}
