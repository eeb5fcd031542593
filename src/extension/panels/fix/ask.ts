import * as vscode from 'vscode';
import { t } from '../../l10n.ts';
import type { PictureStore } from '../../pixels/picture-store.ts';

/** Remembers that a person knows that their file is replaced. */
const AGREED = 'dgx-pixels.fix.agreed';

/** Asks before the first file of a workspace is replaced. @returns whether it may be */
export async function confirmReplacing(
  { workspaceState }: vscode.ExtensionContext,
  name: string,
): Promise<boolean> {
  if (workspaceState.get<boolean>(AGREED) === true) return true;
  const replace = t('Replace');
  const answer = await vscode.window.showWarningMessage(
    t('Replace {0} with the fixed sprite?', name),
    {
      modal: true,
      detail: t(
        'What the file was is kept: “Restore Original” puts it back. You are not asked again in this workspace.',
      ),
    },
    replace,
  );
  if (answer !== replace) return false;
  await workspaceState.update(AGREED, true);
  return true;
}

/** Saves a sprite where the person says; the dialog asks before it takes a name that exists. @returns null when they left it */
export async function saveCopy(
  store: PictureStore,
  beside: vscode.Uri,
  bytes: Uint8Array,
): Promise<vscode.Uri | null> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: await store.freeBeside(beside, '-fixed'),
    filters: { [t('Pictures')]: ['png'] },
    title: t('Save the Fixed Sprite'),
  });
  if (target === undefined) return null;
  const present = await store.read(target).catch(() => null);
  if (present === null) await store.write(target, bytes);
  else await store.replace(target, present, bytes);
  return target;
}
