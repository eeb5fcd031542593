import * as vscode from 'vscode';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { fileName } from './picture-name.ts';
import { picturesMeant } from './pictures-meant.ts';
import type { PixelsParts } from './pixels-parts.ts';

/**
 * Restore Original: puts back what pictures were before they were last fixed.
 * @returns how many
 * @throws Problem `no-backup`, `not-found` when no picture is meant
 */
export async function restoreOriginal(
  { pictures }: Pick<PixelsParts, 'pictures'>,
  named: unknown,
  all: unknown,
): Promise<number> {
  const files = await picturesMeant(named, all, null);
  if (files.length === 0) {
    throw new Problem('not-found', t('Open a picture first, or use its menu in the explorer.'));
  }
  for (const file of files) await pictures.restore(file);
  const [first] = files;
  const text =
    files.length === 1 && first !== undefined
      ? t('{0} is what it was before.', fileName(first.path))
      : t('{0} pictures are what they were before.', files.length);
  vscode.window.setStatusBarMessage(text, 5_000);
  return files.length;
}
