import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { setting } from '../settings/settings.ts';
import type { ProjectReader } from '../project/project-reader.ts';
import { inHome } from './home-path.ts';

/** A URI of what a caller named: a URI, its JSON form, or an absolute path. @throws Problem for anything else */
export function uriOf(value: unknown): vscode.Uri {
  if (value instanceof vscode.Uri) return value;
  if (typeof value === 'string' && isAbsolute(value)) return vscode.Uri.file(value);
  if (typeof value === 'string' && /^[a-z][\w+.-]+:\//i.test(value)) return vscode.Uri.parse(value);
  if (typeof value === 'object' && value !== null && 'scheme' in value && 'path' in value) {
    return vscode.Uri.from(value as { scheme: string; path: string });
  }
  throw new Problem('invalid-params', t('“{0}” is not a folder or file.', String(value)));
}

/** Whether a caller named a folder of the workspace, such as `assets/items`. */
function isRelative(named: unknown): named is string {
  return typeof named === 'string' && !isAbsolute(named) && !URL.canParse(named);
}

/** Whether somebody set the folder for sprites, rather than leaving it as it comes. */
function isSet(folder: vscode.WorkspaceFolder): boolean {
  const found = vscode.workspace.getConfiguration(undefined, folder).inspect(SETTINGS.outputFolder);
  return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some(
    value => value !== undefined,
  );
}

/** The folder of sprites in a workspace folder: the setting's, else that of the game's project file. */
async function spritesIn(
  folder: vscode.WorkspaceFolder,
  projects: ProjectReader | undefined,
): Promise<vscode.Uri> {
  const chosen = inHome(setting(SETTINGS.outputFolder, folder).trim(), homedir());
  const project = isSet(folder) ? null : ((await projects?.of(folder.uri)) ?? null);
  const out = project?.file.defaults?.out;
  if (project !== null && out !== undefined) {
    return isAbsolute(out) ? vscode.Uri.file(out) : vscode.Uri.joinPath(project.root, out);
  }
  if (isAbsolute(chosen)) return vscode.Uri.file(chosen);
  return vscode.Uri.joinPath(folder.uri, chosen);
}

async function askForFolder(): Promise<vscode.Uri | null> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: t('Save Sprites Here'),
      title: t('Folder for the sprites'),
    })) ?? [];
  return picked ?? null;
}

/** What is open in front: a text, or a picture in an editor of its own. */
function activeFile(): vscode.Uri | undefined {
  const text = vscode.window.activeTextEditor?.document.uri;
  if (text !== undefined) return text;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

/**
 * The workspace folder in which somebody works: the only one, that of the file in front, or the one asked for.
 * @returns null when none is open, undefined when a person chose none
 * @throws Problem when it would have to be asked for and that may not be
 */
async function workspaceFolder(
  mayAsk: boolean,
): Promise<vscode.WorkspaceFolder | null | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0] ?? null;
  const active = activeFile();
  const own = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
  if (own !== undefined) return own;
  if (!mayAsk) {
    throw new Problem(
      'no-folder',
      t('Several folders are open; name the one to save sprites in, or open a file of it.'),
      [{ title: t('Generate Sprite…'), command: COMMANDS.generateSprite }],
    );
  }
  return vscode.window.showWorkspaceFolderPick({
    placeHolder: t('Folder of the game that the sprites are for'),
    ignoreFocusOut: true,
  });
}

/**
 * The folder that sprites are saved in: what the caller named, a relative path within the workspace folder of the active editor;
 * else the setting's there.
 * @param mayAsk false for a call without dialogs
 * @returns null when a person chose none
 * @throws Problem when there is no folder and none may be asked for
 */
export async function outputFolder(
  named: unknown,
  mayAsk: boolean,
  projects?: ProjectReader,
): Promise<vscode.Uri | null> {
  const relative = isRelative(named) ? named : null;
  if (named !== undefined && named !== null && relative === null) return uriOf(named);
  const folder = await workspaceFolder(mayAsk);
  if (folder === undefined) return null;
  if (folder !== null) {
    return relative === null
      ? spritesIn(folder, projects)
      : vscode.Uri.joinPath(folder.uri, relative);
  }
  const sentence = t('No folder is open to save sprites in.');
  if (!mayAsk) throw new Problem('no-folder', sentence, [openFolder()]);
  const choose = t('Choose Folder…');
  const open = t('Open Folder…');
  const answer = await vscode.window.showWarningMessage(sentence, choose, open);
  if (answer === open) await vscode.commands.executeCommand('workbench.action.files.openFolder');
  return answer === choose ? askForFolder() : null;
}

const openFolder = () => ({
  title: t('Open Folder…'),
  command: 'workbench.action.files.openFolder' as const,
});

/**
 * Finds out before anything is drawn whether files can be written there.
 * @throws Problem that says why not
 */
export async function checkWritable(folder: vscode.Uri): Promise<void> {
  if (folder.scheme !== 'file') {
    if (vscode.workspace.fs.isWritableFileSystem(folder.scheme) === false) throw readOnly(folder);
    return;
  }
  const existing = await nearest(folder.fsPath);
  if (!(await stat(existing)).isDirectory()) {
    throw new Problem(
      'not-a-folder',
      t('{0} is a file, so sprites cannot be saved there.', existing),
      [chooseSetting()],
    );
  }
  try {
    await access(existing, constants.W_OK);
  } catch (error) {
    throw readOnly(folder, { cause: error });
  }
}

async function nearest(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch {
    return dirname(path) === path ? path : nearest(dirname(path));
  }
}

function chooseSetting() {
  return {
    title: t('Change Folder…'),
    command: 'workbench.action.openSettings' as const,
    arguments: [SETTINGS.outputFolder],
  };
}

function readOnly(folder: vscode.Uri, options?: ErrorOptions): Problem {
  const path = folder.scheme === 'file' ? folder.fsPath : folder.toString(true);
  return new Problem(
    'read-only',
    t('{0} cannot be written to, so sprites cannot be saved there.', path),
    [chooseSetting()],
    options,
  );
}

/**
 * Writes a file under a name that is free, `-2`, `-3` … added where it is not.
 * @param writeNewFile claims a name on a disk, so that two windows cannot take the same
 */
export async function writeSprite(
  folder: vscode.Uri,
  name: string,
  ending: string,
  bytes: Uint8Array,
  writeNewFile: (
    folder: string,
    name: string,
    ending: string,
    bytes: Uint8Array,
    force: boolean,
  ) => Promise<string>,
): Promise<vscode.Uri> {
  if (folder.scheme === 'file') {
    return vscode.Uri.file(await writeNewFile(folder.fsPath, name, ending, bytes, false));
  }
  for (let number = 1; ; number++) {
    const file = `${name}${number === 1 ? '' : `-${number}`}${ending}`;
    const uri = vscode.Uri.joinPath(folder, file);
    try {
      await vscode.workspace.fs.stat(uri);
    } catch {
      await vscode.workspace.fs.writeFile(uri, bytes);
      return uri;
    }
  }
}

/** Lets a person choose another folder after one turned out not to take files. */
export const chooseOtherFolder = askForFolder;

/** A folder as it is shortest to read. */
export function folderText(folder: vscode.Uri): string {
  return vscode.workspace.asRelativePath(
    folder,
    (vscode.workspace.workspaceFolders?.length ?? 0) > 1,
  );
}
