import * as vscode from 'vscode';
import { contenderNames, effectiveSettings } from '../../../project/compare/contenders.ts';
import { PROJECT_FILE } from '../../../project/project-file/place.ts';
import type { DefaultChoice } from '../../../project/project-file/set-default.ts';
import { readProjectFile, writeDefault } from '../../compare/project-file.ts';
import { LastChoice } from '../../generate/last-choice.ts';
import { t } from '../../l10n.ts';
import type { Outcome } from '../messages/compare.ts';
import { blindSet, type CompareView, done, notDone } from './session-parts.ts';

/**
 * Writes a contender into the defaults of the game's file: what it draws with, the comparison's own settings among it.
 * @param contender its place in the list
 * @throws Problem `blind` before every set is open; PixelsError for a file with mistakes
 */
export async function makeDefault(
  { spec, allOpen, folder, services }: CompareView,
  contender: number,
  show = true,
): Promise<Outcome> {
  if (!allOpen) throw blindSet();
  const chosen = spec.contenders[contender];
  if (chosen === undefined) return notDone(t('The comparison has no such contender.'));
  if (folder === null || !vscode.workspace.isTrusted) {
    return notDone(t('Open the game’s folder and trust it, so that its defaults can be written.'));
  }
  const settings: DefaultChoice = effectiveSettings(spec, chosen);
  const { defaults } = await readProjectFile(folder);
  // What was drawn without any must not be drawn with those of the defaults from now on.
  if (settings.loras === undefined && defaults?.loras !== undefined) settings.loras = [];
  if (settings.vae === undefined && defaults?.vae !== undefined) settings.vae = null;
  await writeDefault(folder, settings, show);
  await new LastChoice(services.context.workspaceState).leaveToProject();
  const name = contenderNames(spec.contenders)[contender] ?? '';
  return done(t('{0} is the project’s default now, in {1}.', name, PROJECT_FILE));
}
