import * as vscode from 'vscode';
import type { DefaultChoice } from '../../project/project-file/set-default.ts';
import { writeDefault } from '../compare/project-file.ts';
import { LastChoice } from '../generate/last-choice.ts';
import { t } from '../l10n.ts';
import type { Services } from '../services.ts';

/**
 * Writes what a contender sets into the project's file as its default.
 * @returns a sentence that says so
 * @throws PixelsError `invalid-params` for a file with mistakes; Problem `not-writable`
 */
export async function makeDefault(
  { context, log }: Pick<Services, 'context' | 'log'>,
  folder: vscode.Uri,
  contender: DefaultChoice,
): Promise<string> {
  const file = await writeDefault(folder, contender, false);
  await new LastChoice(context.workspaceState).leaveToProject();
  const shown = vscode.workspace.asRelativePath(file);
  const name = contender.name ?? contender.checkpoint ?? contender.workflow ?? '';
  log.info(`${name} was made the default in ${shown}`);
  return t('{0} is the project’s default now, in {1}.', name, shown);
}
