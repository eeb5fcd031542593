import * as vscode from 'vscode';
import { showEnd } from '../commands/generate-sprite.ts';
import { hasEnded } from '../../project/job-states.ts';
import { Disposable } from '../dispose.ts';
import { LinkError } from '../connection/state.ts';
import type { Services } from '../services.ts';

/** Goes on with jobs that a closed or reloaded window left: what they drew is saved as if it had stayed open. */
export class TakeUp extends Disposable {
  readonly #services: Services;

  constructor(services: Services) {
    super();
    this.#services = services;
    const { link, jobs, pending } = services;
    // Once a worker is there again, too: a job that was given up on may have ended meanwhile.
    this._register(
      link.onDidChangeState(({ kind }) => {
        if (kind === 'ready') void this.#run();
      }),
    );
    this._register(
      jobs.onEvent(({ type, job }) => {
        if (type === 'job.state' && job !== null) void this.#revive(job);
      }),
    );
    if (pending.all().length > 0) setTimeout(() => void this.#run(), 0);
  }

  /** A job that ended and is retried, here or in a view or on a command line, is saved again. */
  async #revive(job: string): Promise<void> {
    const { generator, jobs, pending } = this.#services;
    const state = jobs.get(job)?.job.state;
    if (state === undefined || hasEnded(state) || generator.follows(job)) return;
    if (await pending.revive(job)) await this.#run();
  }

  async #run(): Promise<void> {
    const { generator, log } = this.#services;
    if (this.isDisposed) return;
    try {
      await generator.takeUp(async result => {
        const [first] = result.files;
        const folder = first === undefined ? null : vscode.Uri.joinPath(first, '..');
        if (folder !== null) await showEnd(this.#services, result, folder, false);
      });
    } catch (error) {
      if (!(error instanceof LinkError)) log.error('jobs of an earlier window wait', error);
    }
  }
}
