import * as vscode from 'vscode';
import { parseProjectFile } from '../../project/project-file/parse.ts';
import { PROJECT_FILE } from '../../project/project-file/place.ts';
import type { ProjectFile } from '../../project/project-file/schema.ts';
import { type DefaultChoice, setDefault } from '../../project/project-file/set-default.ts';
import { t } from '../l10n.ts';
import { codeOf, Problem } from '../problem.ts';
import { findProject } from '../project/find-project.ts';

/**
 * What a game's file says; an absent one says nothing.
 * @throws PixelsError `invalid-params` with line and column for one with mistakes
 */
export async function readProjectFile(folder: vscode.Uri | null): Promise<ProjectFile> {
  if (folder === null) return {};
  const { text } = await findProject(folder);
  return text === null ? {} : parseProjectFile(text, PROJECT_FILE);
}

/**
 * Makes a contender the project's default and shows the file. What somebody is writing in it stays; it is saved with the change.
 * @param show whether to open the file
 * @throws PixelsError `invalid-params` for a file with mistakes; Problem `not-writable`
 */
export async function writeDefault(
  folder: vscode.Uri,
  contender: DefaultChoice,
  show = true,
): Promise<vscode.Uri> {
  const { uri, text } = await findProject(folder);
  try {
    if (text === null) {
      const bytes = new TextEncoder().encode(setDefault('', contender, PROJECT_FILE));
      await vscode.workspace.fs.writeFile(uri, bytes);
    }
    const document = await vscode.workspace.openTextDocument(uri);
    if (text !== null) await replaceText(document, contender);
    if (show) await vscode.window.showTextDocument(document, { preview: false });
  } catch (error) {
    if (codeOf(error) === 'invalid-params') throw error;
    throw notWritable(uri, error);
  }
  return uri;
}

async function replaceText(document: vscode.TextDocument, contender: DefaultChoice): Promise<void> {
  const before = document.getText();
  const after = setDefault(before, contender, PROJECT_FILE);
  if (after === before) return;
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
  edit.replace(document.uri, all, after);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
    throw notWritable(document.uri);
  }
}

function notWritable(uri: vscode.Uri, cause?: unknown): Problem {
  const name = vscode.workspace.asRelativePath(uri);
  return new Problem('not-writable', t('{0} cannot be written to.', name), [], { cause });
}
