import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension/extension.ts';
import type { LinkState } from '../../src/extension/connection/state.ts';

/** The extension as it runs here, activated. */
export async function extensionApi(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('dgx-pixels.dgx-pixels');
  assert.ok(extension, 'the extension is not there');
  return extension.activate();
}

/** Waits until a condition holds; fails with `what` after the limit. */
export async function until<T>(
  what: string,
  probe: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  limitMs = 60_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await probe();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}

/** Waits for a state of the connection. */
export async function untilState<K extends LinkState['kind']>(
  api: Api,
  kind: K,
): Promise<Extract<LinkState, { kind: K }>> {
  const { link } = api.services;
  return until(`the connection is ${kind}, it is ${JSON.stringify(link.state)}`, () => {
    const { state } = link;
    return state.kind === kind ? (state as Extract<LinkState, { kind: K }>) : null;
  });
}

/** The folder that is open. */
export function workspaceFolder(): vscode.WorkspaceFolder {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return folder;
}
