import { randomBytes } from 'node:crypto';

export interface PageOptions {
  /** `webview.cspSource`. */
  cspSource: string;
  /** Script and style sheet as `webview.asWebviewUri` gives them. */
  script: string;
  style: string;
  title: string;
  /** BCP 47, such as `vscode.env.language`. */
  language: string;
  /** The page's only element. */
  element: string;
  /** Handed to the page before it says anything: its words, and what they are about. */
  words: Readonly<Record<string, string>>;
  /** Whether the page starts workers, which it may from blobs only. */
  workers?: boolean;
}

/**
 * A page under the strictest policy that its parts allow: scripts by nonce, styles and pictures of the extension and blobs only,
 * no form, frame, font or connection. The nonce is told in a meta element too, where FAST looks for it: its `:focus-visible` test
 * adds a style element and draws focus rings on clicks when that is blocked.
 */
export function pageHtml(options: PageOptions): string {
  const nonce = randomBytes(16).toString('base64url');
  const { cspSource, title, language, element } = options;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `img-src ${cspSource} blob:`,
    ...(options.workers === true ? ['worker-src blob:'] : []),
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<meta id="words" content="${escapeHtml(JSON.stringify(options.words))}">
<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(options.style)}">
<title>${escapeHtml(title)}</title>
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems": true}'>
<${element}></${element}>
<script nonce="${nonce}" src="${escapeHtml(options.script)}"></script>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? character);
}
