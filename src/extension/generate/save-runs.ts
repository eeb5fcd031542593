import * as vscode from 'vscode';
import type { WorkerClient } from '../../client/worker-client.ts';
import type { Run } from '../../protocol/jobs.ts';
import type { ClientPart } from '../client-loader.ts';
import { t } from '../l10n.ts';
import type { Log } from '../log.ts';
import { codeOf } from '../problem.ts';
import { chooseOtherFolder, writeSprite } from './output-folder.ts';
import type { PendingJob, PendingJobs } from './pending-jobs.ts';

/** Faults of a disk or folder; everything else is passed on. */
const DISK_FAULTS: Readonly<Record<string, () => string>> = {
  ENOSPC: () => t('The disk is full, so the sprite could not be saved; the worker keeps it.'),
  EDQUOT: () =>
    t('Your disk quota is used up, so the sprite could not be saved; the worker keeps it.'),
  EACCES: () =>
    t('The folder cannot be written to, so the sprite could not be saved; the worker keeps it.'),
  EPERM: () =>
    t('The folder cannot be written to, so the sprite could not be saved; the worker keeps it.'),
  EROFS: () =>
    t('The folder cannot be written to, so the sprite could not be saved; the worker keeps it.'),
  ENOTDIR: () => t('The folder is a file, so the sprite could not be saved; the worker keeps it.'),
  NoPermissions: () =>
    t('The folder cannot be written to, so the sprite could not be saved; the worker keeps it.'),
};

/** A disk's fault as a sentence; null for an error of another kind. */
export function diskFault(error: unknown): string | null {
  return DISK_FAULTS[codeOf(error)]?.() ?? null;
}

/**
 * Finishes a file that an earlier window wrote in whole or in part before it could note that.
 * @returns null when there is no such file; then the name is free or somebody else's
 */
async function finishFile(file: vscode.Uri, bytes: Uint8Array): Promise<vscode.Uri | null> {
  try {
    const there = await vscode.workspace.fs.readFile(file);
    if (there.byteLength === 0 || !there.every((byte, place) => byte === bytes[place])) return null;
    if (there.byteLength < bytes.byteLength) await vscode.workspace.fs.writeFile(file, bytes);
    return file;
  } catch {
    return null;
  }
}

export interface SaveParts {
  part: ClientPart;
  client: WorkerClient;
  pending: PendingJobs;
  log: Log;
}

/**
 * Saves a job's done runs, each once, and writes down what is saved. A disk that does not take a file is asked about; who
 * turns that down loses nothing, since the worker keeps the picture and the job stays noted.
 * @param resumed whether an earlier window may have been closed while it wrote
 * @returns saves one run; the files written in this session
 */
export function runSaver(parts: SaveParts, job: PendingJob, resumed: boolean) {
  const { part, client, pending, log } = parts;
  const files: vscode.Uri[] = [];
  let gaveUp = false;

  const saveOnce = async (run: Run, written: Map<string, vscode.Uri>): Promise<void> => {
    const folder = vscode.Uri.parse(job.folder);
    await part.saveRun(part.connectionOver(client), run, {
      name: null,
      runsPerName: ({ name }) => job.counts[name ?? ''] ?? 1,
      raw: false,
      metadata: job.metadata,
      write: async (name, ending, bytes) => {
        const file =
          written.get(name) ??
          (resumed ? await finishFile(vscode.Uri.joinPath(folder, name + ending), bytes) : null) ??
          (await writeSprite(folder, name, ending, bytes, part.writeNewFile));
        written.set(name, file);
        return file.fsPath;
      },
    });
    for (const file of written.values()) {
      files.push(file);
      await pending.addFile(job.job, file.toString());
      log.info(`saved ${file.fsPath}`, job.job);
    }
    job.saved.push(run.index);
    await pending.put(job);
  };

  const onRun = async (run: Run): Promise<void> => {
    if (job.saved.includes(run.index)) return;
    // A further attempt does not write again what an earlier one wrote of a batch.
    const written = new Map<string, vscode.Uri>();
    while (!gaveUp) {
      try {
        await saveOnce(run, written);
        return;
      } catch (error) {
        const fault = diskFault(error);
        if (fault === null) throw error;
        log.error(`run ${run.index} could not be saved`, error, job.job);
        const again = t('Try Again');
        const other = t('Choose Folder…');
        const answer = await vscode.window.showErrorMessage(fault, again, other);
        const folder = answer === other ? await chooseOtherFolder() : null;
        if (folder !== null) job.folder = folder.toString();
        else if (answer !== again) gaveUp = true;
      }
    }
  };
  return { onRun, files, unsaved: () => gaveUp };
}
