import * as vscode from 'vscode';
import { votesToCsv, votesToJson } from '../../../project/votes/votes-export.ts';
import type { Vote } from '../../../project/votes/vote-event.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';

/**
 * Saves votes where the person says; the ending of the name decides on the format.
 * @returns a sentence; empty when they left the dialog
 * @throws Problem `not-writable`
 */
export async function exportVotes(votes: readonly Vote[], folder: vscode.Uri): Promise<string> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, 'votes.csv'),
    filters: { [t('Table')]: ['csv'], JSON: ['json'] },
    title: t('Export Votes'),
  });
  if (target === undefined) return '';
  const json = /\.json$/i.test(target.path);
  const text = json ? votesToJson(votes, new Date().toISOString()) : votesToCsv(votes);
  const shown = vscode.workspace.asRelativePath(target);
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    const message = t('{0} cannot be written to.', shown);
    throw new Problem('not-writable', message, [], { cause: error });
  }
  return votes.length === 1
    ? t('1 vote written to {0}.', shown)
    : t('{0} votes written to {1}.', votes.length, shown);
}
