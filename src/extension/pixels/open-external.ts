import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { setting } from '../settings/settings.ts';
import { externalCommand } from './external-command.ts';
import { fileName } from './picture-name.ts';

function changeSetting() {
  return {
    title: t('Choose Program…'),
    command: 'workbench.action.openSettings' as const,
    arguments: [SETTINGS.externalEditor],
  };
}

/**
 * Opens a picture in the program of the setting, else in the system's.
 * @throws Problem `no-editor` with the setting that mends it
 */
export async function openExternal(file: vscode.Uri): Promise<void> {
  const name = fileName(file.path);
  if (file.scheme !== 'file') {
    throw new Problem('no-editor', t('{0} is not on a disk that programs can open.', name));
  }
  const command = externalCommand(setting(SETTINGS.externalEditor), file.fsPath);
  if (command !== null) {
    await start(command.program, command.args);
    return;
  }
  if (vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web) {
    throw new Problem(
      'no-editor',
      t('{0} lies on another machine than your screen; choose a program that can open it.', name),
      [changeSetting()],
    );
  }
  if (!(await vscode.env.openExternal(file))) {
    throw new Problem('no-editor', t('No program opens {0}; choose one.', name), [changeSetting()]);
  }
}

/** Starts a program that outlives the editor. */
function start(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: true });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', error => {
      reject(
        new Problem(
          'no-editor',
          t('{0} could not be started. Check the setting.', program),
          [changeSetting()],
          { cause: error },
        ),
      );
    });
  });
}
