import * as vscode from 'vscode';
import type { Engine } from '../../../project/engines/detect.ts';
import { findProject } from '../../../project/engines/find-project.ts';
import { codeOf, Problem } from '../../problem.ts';
import { t } from '../../l10n.ts';
import { fileName } from '../picture-name.ts';
import type { InputFile } from './sheet-input.ts';

/** Frames of one sheet; more is a mistake in the choice. */
const MOST_FRAMES = 4096;

/** A file as an input of a sheet. @throws Problem `not-found` */
export async function inputAt(file: vscode.Uri, chosen: boolean): Promise<InputFile> {
  try {
    const bytes = await vscode.workspace.fs.readFile(file);
    const folder = fileName(vscode.Uri.joinPath(file, '..').path);
    return { name: fileName(file.path), folder, bytes, chosen };
  } catch (error) {
    throw new Problem('not-found', t('{0} cannot be read.', fileName(file.path)), [], {
      cause: error,
    });
  }
}

/**
 * The files that are meant by what was selected: PNG and Aseprite JSON themselves, of folders their PNG files.
 * @throws Problem `not-found`, `invalid-params`
 */
export async function inputsOf(selected: readonly vscode.Uri[]): Promise<InputFile[]> {
  const files: { uri: vscode.Uri; chosen: boolean }[] = [];
  for (const uri of selected) {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) === 0) {
      files.push({ uri, chosen: true });
      continue;
    }
    const entries = await vscode.workspace.fs.readDirectory(uri);
    const names = entries.flatMap(([name, kind]) =>
      (kind & vscode.FileType.File) !== 0 && /\.png$/i.test(name) ? [name] : [],
    );
    for (const name of names.sort()) {
      files.push({ uri: vscode.Uri.joinPath(uri, name), chosen: false });
    }
  }
  if (files.length > MOST_FRAMES) {
    throw new Problem(
      'invalid-params',
      t('{0} pictures are more than a sheet takes: at most {1}.', files.length, MOST_FRAMES),
    );
  }
  const unique = new Map(files.map(file => [file.uri.toString(), file]));
  return Promise.all([...unique.values()].map(({ uri, chosen }) => inputAt(uri, chosen)));
}

/** Bytes of a file; null when there is none. @throws what keeps it from being read */
export async function bytesAt(file: vscode.Uri): Promise<Uint8Array | null> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch (error) {
    if (codeOf(error) === 'FileNotFound') return null;
    throw error;
  }
}

function* upward(folder: vscode.Uri): Generator<vscode.Uri> {
  const top = vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder;
  for (let at = folder; ; at = vscode.Uri.joinPath(at, '..')) {
    yield at;
    if (at.path === top.path || at.path === '/' || !at.path.startsWith(top.path)) return;
  }
}

/** The game project that a folder lies in, not looked for beyond the workspace folder. */
export function gameProject(
  folder: vscode.Uri,
): Promise<{ engine: Engine; root: vscode.Uri } | null> {
  return findProject(upward(folder), async (root, path) => {
    const bytes = await bytesAt(vscode.Uri.joinPath(root, path)).catch(() => null);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  });
}
