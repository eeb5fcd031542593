import * as vscode from 'vscode';
import { uriOf } from '../generate/output-folder.ts';
import { t } from '../l10n.ts';

/** The PNG of the active tab, however it is shown; null when there is none. */
export function activePicture(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return shown && /\.png$/i.test(input.uri.path) ? input.uri : null;
}

/**
 * The files that a command is for: those of the explorer's menu, the one a program names, that of the active tab, or those
 * asked for. Empty when a person chose none.
 * @param named first argument of a command
 * @param all second one: everything that is selected in the explorer
 * @throws Problem for what names no file
 */
export async function picturesMeant(
  named: unknown,
  all: unknown,
  ask: Pick<vscode.OpenDialogOptions, 'title' | 'canSelectMany' | 'filters'> | null,
): Promise<vscode.Uri[]> {
  if (Array.isArray(all) && all.length > 0) return all.map(uriOf);
  if (Array.isArray(named)) return named.map(uriOf);
  if (named !== undefined && named !== null) return [uriOf(named)];
  const active = activePicture();
  if (active !== null) return [active];
  if (ask === null) return [];
  const filters = ask.filters ?? { [t('Pictures')]: ['png'] };
  return (await vscode.window.showOpenDialog({ ...ask, filters })) ?? [];
}
