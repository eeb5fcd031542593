import * as vscode from 'vscode';
import type { WorkerClient } from '../../client/worker-client.ts';
import type { Run } from '../../protocol/jobs.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';

/**
 * A job's picture as a file of the extension's own, for one that is in no workspace.
 * @param wanted index of its run; the first that has a picture when undefined
 * @throws Problem `not-found`, or what the worker answers
 */
export async function fetchedFile(
  { context, loader }: Services,
  client: WorkerClient,
  job: string,
  wanted: number | undefined,
): Promise<vscode.Uri> {
  const part = loader.load();
  let found: Run | null = null;
  for await (const run of part.allRuns(part.connectionOver(client), job)) {
    if (run.images.length === 0 || (wanted !== undefined && run.index !== wanted)) continue;
    found = run;
    break;
  }
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'results');
  const files: vscode.Uri[] = [];
  if (found !== null) {
    const { index } = found;
    await part.saveRun(part.connectionOver(client), found, {
      name: null,
      runsPerName: () => 1,
      raw: false,
      metadata: 'recipe',
      write: async (name, ending, bytes) => {
        const own = vscode.Uri.joinPath(folder, `${job.slice(-8)}-${index}`, name + ending);
        await vscode.workspace.fs.writeFile(own, bytes);
        files.push(own);
        return own.fsPath;
      },
    });
  }
  const [file] = files;
  if (file === undefined) throw new Problem('not-found', t('The job has no picture yet.'));
  return file;
}
