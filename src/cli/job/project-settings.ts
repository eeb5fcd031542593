import { relative, resolve } from 'node:path';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { findUpward } from '../../local/find-upward.ts';
import { fitToRoles } from '../../project/project-file/fit-roles.ts';
import { parseProjectFile } from '../../project/project-file/parse.ts';
import { PROJECT_FILE } from '../../project/project-file/place.ts';
import type { ProjectFile, ProjectSettings } from '../../project/project-file/schema.ts';
import { type SaidSettings, settingsFor } from '../../project/project-file/settings.ts';
import { IMAGE_WORKFLOW, PROMPT_WORKFLOW } from '../../project/workflows/default-workflow.ts';
import { PixelsError } from '../../protocol/errors.ts';

/** A game's project file, and the folder that its paths are seen from. */
export interface Project {
  file: ProjectFile;
  root: string;
}

/**
 * The project that a folder lies in: the nearest `.dgx-pixels/project.yaml` upward.
 * @throws PixelsError `invalid-params` for a file with mistakes
 */
export async function readProject(folder: string): Promise<Project | null> {
  const found = await findUpward(folder, PROJECT_FILE);
  if (found === null) return null;
  const name = relative(folder, found.path);
  return { file: parseProjectFile(found.text, name), root: found.root };
}

/** What a command says of a drawing, beside its prompt. */
export interface Said {
  /** `--preset`. */
  preset: string | undefined;
  settings: SaidSettings;
  /** Whether the drawing starts from an image. */
  init: boolean;
}

/**
 * Settings of a drawing: options before preset before the project's defaults, as far as the workflow has a place for them.
 * @returns the folder for the files too, absolute; null when nobody names one
 * @throws PixelsError `invalid-params` for a preset that is not there
 */
export async function drawingSettings(
  connection: WorkerConnection,
  cwd: string,
  project: Project | null,
  { preset, settings: said, init }: Said,
): Promise<{ settings: ProjectSettings; out: string | null }> {
  if (project === null && preset !== undefined) {
    throw new PixelsError(
      'invalid-params',
      `There is no preset "${preset}": no ${PROJECT_FILE} lies in this folder or above it.`,
    );
  }
  const merged = settingsFor(project?.file ?? {}, preset ?? null, said, init);
  let settings = merged;
  if (project !== null) {
    const { workflows } = await connection.request('workflows.list', {});
    const name = merged.workflow ?? (init ? IMAGE_WORKFLOW : PROMPT_WORKFLOW);
    const workflow = workflows.find(each => each.name === name);
    if (workflow !== undefined) settings = fitToRoles(merged, said, workflow.roles);
  }
  const { out } = settings;
  if (out === undefined) return { settings, out: null };
  // A folder that is typed is seen from here, one of the file from its own folder.
  const from = said.out !== undefined || project === null ? cwd : project.root;
  return { settings, out: resolve(from, out) };
}
