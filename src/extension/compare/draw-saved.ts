import * as vscode from 'vscode';
import { uuid7 } from '../../client/uuid7.ts';
import type { GenerateSpec, Lane } from '../../protocol/jobs.ts';
import { showEnd } from '../commands/generate-sprite.ts';
import { checkWritable } from '../generate/output-folder.ts';
import { SETTINGS } from '../ids.ts';
import { codeOf } from '../problem.ts';
import { setting } from '../settings/settings.ts';
import type { Services } from '../services.ts';

/**
 * Makes a job of a whole spec and saves what it draws, as *Generate Sprite…* does: also when the window is closed meanwhile.
 * @returns the job's id, as soon as the worker has it
 * @throws Problem for a folder that takes no files; what the worker answers
 */
export async function drawSaved(
  services: Services,
  spec: GenerateSpec,
  folder: vscode.Uri,
  lane: Lane,
): Promise<string> {
  const { link, pending, generator, log } = services;
  await checkWritable(folder);
  const client = await link.client();
  const job = uuid7();
  const counts: Record<string, number> = {};
  for (const { name = '', count } of spec.items) {
    counts[name] = Math.max(counts[name] ?? 0, count);
  }
  // Noted first: a window that closes now finds the job again.
  await pending.put({
    job,
    folder: folder.toString(),
    metadata: setting(SETTINGS.outputMetadata, folder),
    counts,
    saved: [],
  });
  const project = vscode.workspace.getWorkspaceFolder(folder)?.uri.toString();
  try {
    await client.request('jobs.submit', {
      id: job,
      lane,
      spec,
      ...(project !== undefined && { project: project.slice(-500) }),
    });
  } catch (error) {
    // No answer does not mean no job.
    if (codeOf(error) !== 'timeout' && codeOf(error) !== 'disconnected') await pending.remove(job);
    throw error;
  }
  void generator
    .takeUp(async result => {
      const [first] = result.files;
      if (first === undefined) return;
      await showEnd(services, result, vscode.Uri.joinPath(first, '..'), undefined);
    })
    .catch((error: unknown) => log.warn('what was drawn waits to be saved', error, job));
  return job;
}
