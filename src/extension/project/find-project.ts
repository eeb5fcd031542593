import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { findUpward } from '../../local/find-upward.ts';
import { PROJECT_FILE } from '../../project/project-file/place.ts';
import { codeOf } from '../problem.ts';

/** A game's `.dgx-pixels/project.yaml`, where it lies or would. */
export interface FoundProject {
  uri: vscode.Uri;
  /** null where there is none yet. */
  text: string | null;
}

/** The file of a game: the nearest above its folder, as the command line finds it; else the one that would be in it. */
export async function findProject(folder: vscode.Uri): Promise<FoundProject> {
  const own = vscode.Uri.joinPath(folder, PROJECT_FILE);
  if (folder.scheme === 'file') {
    const found = await findUpward(folder.fsPath, PROJECT_FILE);
    if (found === null) return { uri: own, text: null };
    const root = vscode.Uri.file(dirname(dirname(found.path)));
    return { uri: vscode.Uri.joinPath(root, PROJECT_FILE), text: found.text };
  }
  try {
    const bytes = await vscode.workspace.fs.readFile(own);
    return { uri: own, text: new TextDecoder().decode(bytes) };
  } catch (error) {
    if (codeOf(error) === 'FileNotFound' || codeOf(error) === 'EntryNotFound') {
      return { uri: own, text: null };
    }
    throw error;
  }
}
