import * as vscode from 'vscode';
import type { WorkerClient } from '../../client/worker-client.ts';
import type { Job, JobState, Lane, RunCounts } from '../../protocol/jobs.ts';
import type { ClientLoader } from '../client-loader.ts';
import type { WorkerLink } from '../connection/connection.ts';
import { COMMANDS, CONTEXT_KEYS, SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import type { Log } from '../log.ts';
import { codeOf, Problem } from '../problem.ts';
import { promptProblem } from '../prompts/check-prompt.ts';
import { setting } from '../settings/settings.ts';
import { progressPercent, progressText } from './job-progress.ts';
import { checkWritable } from './output-folder.ts';
import type { ProjectReader } from '../project/project-reader.ts';
import type { PendingJob, PendingJobs } from './pending-jobs.ts';
import { type SpriteItem, submissionFor } from './request.ts';
import { runSaver } from './save-runs.ts';

/** A job to be made: everything is decided. */
export interface DrawRequest {
  items: readonly SpriteItem[];
  folder: vscode.Uri;
  lane: Lane;
  /** Picture that all items start from. */
  init: Uint8Array | null;
}

/** What became of a job. */
export interface DrawResult {
  job: string;
  /** When a person of this window asked for it, or it was taken up, in milliseconds since 1970. */
  awaitedSince: number;
  state: JobState;
  /** Files that were written, in that order. */
  files: vscode.Uri[];
  runs: RunCounts;
  placeholder: boolean;
  /** First fault of its runs, as a sentence. */
  fault: string | null;
  warnings: string[];
}

export interface GeneratorParts {
  loader: ClientLoader;
  link: WorkerLink;
  pending: PendingJobs;
  projects: ProjectReader;
  log: Log;
}

/** How long a cancelled job is waited for. */
const CANCEL_WAIT_MS = 15_000;
/** A worker that is away this long is no longer waited for; its job is taken up again when it is back. */
const GIVE_UP_MS = 120_000;

/** Makes jobs and saves what they draw; each job once, whatever happens to the window. */
export class Generator {
  readonly #parts: GeneratorParts;
  /** Jobs that somebody follows in this window. */
  readonly #followed = new Set<string>();
  /** Requests under way, so that a second click on the same button joins the first. */
  readonly #running = new Map<string, Promise<DrawResult>>();

  constructor(parts: GeneratorParts) {
    this.#parts = parts;
  }

  /** Whether a job is being followed in this window. */
  follows(job: string): boolean {
    return this.#followed.has(job);
  }

  /**
   * Draws and saves, with a notification that shows progress and cancels. The same request while it is being submitted is the same job.
   * @throws Problem, LinkError, or what the worker answers
   */
  draw(request: DrawRequest): Promise<DrawResult> {
    const key = JSON.stringify([request.items, request.folder.toString(), request.init?.length]);
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const started = this.#draw(request, () => this.#running.delete(key)).finally(() =>
      this.#running.delete(key),
    );
    this.#running.set(key, started);
    return started;
  }

  /**
   * Saves what jobs of an earlier window drew, each when it is done.
   * @param onEnd told of each
   * @throws LinkError when there is no worker
   */
  async takeUp(onEnd: (result: DrawResult) => Promise<void>): Promise<void> {
    const { link, pending, log } = this.#parts;
    const left = () => pending.all().filter(({ job }) => !this.#followed.has(job));
    if (left().length === 0) return;
    const client = await link.client();
    await Promise.all(
      left().map(async job => {
        try {
          await onEnd(await this.#follow(client, job, [], null));
        } catch (error) {
          log.warn('a job of an earlier window was not taken up', error, job.job);
          // The worker does not know it: it was never submitted, or its history was removed.
          if (codeOf(error) === 'not-found') await pending.remove(job.job);
        }
      }),
    );
  }

  async #draw(request: DrawRequest, submitted: () => void): Promise<DrawResult> {
    const awaitedSince = Date.now();
    for (const { prompt } of request.items) {
      const problem = request.init === null ? promptProblem(prompt) : null;
      if (problem !== null) throw new Problem('invalid-params', problem, [anew()]);
    }
    await checkWritable(request.folder);
    const title = t('Generating {0}', titleOf(request.items));
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, cancellable: true, title },
      async (progress, token) => {
        progress.report({ message: t('connecting to the worker') });
        const client = await unlessCancelled(this.#parts.link.client(), token);
        const job = await this.#submit(client, request, progress);
        submitted();
        return this.#follow(client, job.pending, job.warnings, { progress, token, awaitedSince });
      },
    );
  }

  async #submit(
    client: WorkerClient,
    { items, folder, lane, init }: DrawRequest,
    progress: vscode.Progress<{ message: string }>,
  ): Promise<{ pending: PendingJob; warnings: string[] }> {
    const { loader, pending, projects, log } = this.#parts;
    const game = await projects.of(folder);
    const id = loader.load().uuid7(Date.now());
    let digest: string | null = null;
    if (init !== null) {
      progress.report({ message: t('sending the picture') });
      digest = await client.putArtifact(init);
    }
    const recipes = game
      ? await projects.part().recipesInProject(game.file, client, items, digest)
      : undefined;
    const unknown = game ? undefined : items.find(({ preset }) => preset !== undefined)?.preset;
    if (unknown !== undefined) {
      throw new Problem(
        'invalid-params',
        t('There is no preset “{0}”: the game has no .dgx-pixels/project.yaml.', unknown),
        [anew()],
      );
    }
    const job: PendingJob = {
      job: id,
      folder: folder.toString(),
      metadata: setting(SETTINGS.outputMetadata, folder),
      counts: countsOf(items),
      saved: [],
    };
    const project = vscode.workspace.getWorkspaceFolder(folder)?.uri.toString() ?? null;
    this.#followed.add(id);
    try {
      // Noted first: a window that closes now finds the job again.
      await pending.put(job);
      const submission = submissionFor(id, items, { lane, project, init: digest, recipes });
      const { warnings } = await client.request('jobs.submit', submission);
      log.info(`submitted: ${items.length} items, lane ${lane}`, id);
      for (const warning of warnings) log.warn(warning, undefined, id);
      return { pending: job, warnings };
    } catch (error) {
      this.#followed.delete(id);
      // No answer does not mean no job.
      if (codeOf(error) !== 'timeout' && codeOf(error) !== 'disconnected') await pending.remove(id);
      throw error;
    }
  }

  async #follow(
    client: WorkerClient,
    job: PendingJob,
    warnings: string[],
    shown: {
      progress: vscode.Progress<{ message?: string; increment?: number }>;
      token: vscode.CancellationToken;
      awaitedSince: number;
    } | null,
  ): Promise<DrawResult> {
    const { loader, pending, log } = this.#parts;
    const part = loader.load();
    const saver = runSaver({ part, client, pending, log }, job, shown === null);
    const force = new AbortController();
    const awaitedSince = shown?.awaitedSince ?? Date.now();
    let percent = 0;
    let timer: NodeJS.Timeout | undefined;
    this.#followed.add(job.job);
    const cancelling = shown?.token.onCancellationRequested(() => {
      log.info('cancelled by its notification', job.job);
      shown.progress.report({ message: t('cancelling') });
      timer = setTimeout(() => force.abort(cancelled()), CANCEL_WAIT_MS);
      client
        .request('jobs.cancel', { target: { job: job.job } })
        .catch((error: unknown) => force.abort(error));
    });
    try {
      const ended = await part.followJob(part.connectionOver(client), job.job, {
        giveUpMs: GIVE_UP_MS,
        signal: force.signal,
        onRun: saver.onRun,
        onChange: view => {
          if (shown === null || shown.token.isCancellationRequested) return;
          const now = progressPercent(view);
          const increment = Math.max(0, now - percent);
          percent = Math.max(percent, now);
          shown.progress.report({ message: progressText(view), increment });
        },
      });
      if (!saver.unsaved()) {
        await (ended.state === 'done' ? pending.remove(job.job) : pending.end(job));
      }
      await this.#told(ended);
      return {
        job: job.job,
        awaitedSince,
        state: ended.state,
        files: saver.files,
        runs: ended.runs,
        placeholder: ended.placeholder,
        fault: ended.error?.message ?? null,
        warnings,
      };
    } finally {
      this.#followed.delete(job.job);
      clearTimeout(timer);
      cancelling?.dispose();
    }
  }

  async #told({ id, state, runs }: Job): Promise<void> {
    this.#parts.log.info(`${state}: ${runs.done} of ${runs.total} done`, id);
    if (runs.done > 0) {
      // For a moment only: a walkthrough's step is done when a key becomes true, not where it is true when it is first shown.
      await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.generated, true);
      await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.generated, false);
    }
  }
}

const anew = () => ({ title: t('Edit Prompt…'), command: COMMANDS.generateSprite });

function cancelled(): Problem {
  return new Problem('cancelled', t('Cancelled.'));
}

/** Waits for something that itself goes on when a person no longer wants it. */
function unlessCancelled<T>(wanted: Promise<T>, token: vscode.CancellationToken): Promise<T> {
  return new Promise((resolve, reject) => {
    const listening = token.onCancellationRequested(() => reject(cancelled()));
    void wanted.then(resolve, reject).finally(() => {
      listening.dispose();
    });
  });
}

function titleOf(items: readonly SpriteItem[]): string {
  const [first] = items;
  if (first === undefined || items.length > 1) return t('{0} prompts', items.length);
  const words = [...first.prompt.replace(/\s+/g, ' ').trim()];
  return words.length > 40 ? `“${words.slice(0, 39).join('')}…”` : `“${words.join('')}”`;
}

/** Runs that share a base name: two prompts may give the same one. */
function countsOf(items: readonly SpriteItem[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, count } of items) counts[name] = Math.max(counts[name] ?? 0, count);
  return counts;
}
