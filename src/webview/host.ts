import type { Channel } from '../extension/panels/messages/channel.ts';
import type { Handlers, PanelMessages } from '../extension/panels/messages/shape.ts';
import { type EditorApi, openPageEnd } from './page-end.ts';

declare function acquireVsCodeApi(): EditorApi;

/** The editor gives it once per load. */
export const editor: EditorApi = acquireVsCodeApi();

/** Opens the line to the host of this page's panel. */
export function connectHost<M extends PanelMessages>(
  handlers: Handlers<M['page']>,
): Channel<M['host'], M['page']> {
  return openPageEnd<M>({
    api: editor,
    handlers,
    origin: window.origin,
    instance: crypto.randomUUID(),
    listen: listener => window.addEventListener('message', listener),
  });
}

/** Sends what nobody catches to the extension's log. */
export function reportFaults(report: (fault: string) => void): void {
  window.addEventListener('error', event => report(event.message));
  window.addEventListener('unhandledrejection', event => report(String(event.reason)));
}

/**
 * The words that the host put into the page, in the person's language; the host fills them in by their type.
 * @throws SyntaxError when the page was not made by our host
 */
export function pageWords(): unknown {
  return JSON.parse(document.getElementById('words')?.getAttribute('content') ?? '{}');
}
