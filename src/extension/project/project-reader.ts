import * as vscode from 'vscode';
import { PROJECT_FILE } from '../../project/project-file/place.ts';
import type { ProjectFile } from '../../project/project-file/schema.ts';
import { findProject } from './find-project.ts';

/** A game's `.dgx-pixels/project.yaml`. */
export interface Project {
  file: ProjectFile;
  /** The folder that the file's paths are seen from. */
  root: vscode.Uri;
}

/** What reads and applies such a file. */
export type ProjectPart = Pick<
  typeof import('../../project/project-file/parse.ts'),
  'parseProjectFile'
> &
  Pick<typeof import('./items-in-project.ts'), 'recipesInProject'>;

/** Reads what games say of themselves. What reads YAML is loaded for those that have such a file. */
export class ProjectReader {
  /** Loads what applies projects to drawings. */
  readonly part: () => ProjectPart;

  constructor(part: () => ProjectPart) {
    this.part = part;
  }

  /**
   * The project that a folder belongs to: the file in its workspace folder, or the nearest above.
   * @returns null where there is none, and in a workspace that is not trusted
   * @throws PixelsError `invalid-params` with line and column for a file with mistakes
   */
  async of(folder: vscode.Uri): Promise<Project | null> {
    if (!vscode.workspace.isTrusted) return null;
    const game = vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder;
    const { uri, text } = await findProject(game);
    if (text === null) return null;
    const file = this.part().parseProjectFile(text, PROJECT_FILE);
    return { file, root: vscode.Uri.joinPath(uri, '..', '..') };
  }
}
