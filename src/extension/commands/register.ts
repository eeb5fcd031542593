import * as vscode from 'vscode';
import { Disposable } from '../dispose.ts';
import { type CommandId, COMMANDS } from '../ids.ts';
import { t } from '../l10n.ts';
import type { Services } from '../services.ts';
import { TextDocuments } from '../text-documents.ts';
import { generateFromSelection, generateSprites } from './generate-batch.ts';
import { generateSprite } from './generate-sprite.ts';
import {
  cancelJob,
  type JobArgument,
  jobArgument,
  openResult,
  pauseJob,
  resumeJob,
  retryJob,
  showQueue,
} from './job-commands.ts';
import { copyRecipeAsCommand, revealRecipe } from './recipe-commands.ts';
import { report } from './report.ts';
import { copyDiagnostics, runDoctor } from './support-commands.ts';
import { varyImage } from './vary-image.ts';
import {
  connectToWorker,
  forgetConnection,
  startLocalWorker,
  stopLocalWorker,
  workerActions,
} from './worker-commands.ts';

/** An explorer's menu calls with the folder; everybody else with named arguments. */
function namedArguments(given: unknown): object {
  if (given instanceof vscode.Uri) return { folder: given };
  return typeof given === 'object' && given !== null ? given : {};
}

/** Registers all commands. What one throws is told to a person, and thrown on to who called it by program. */
export class Commands extends Disposable {
  readonly #services: Services;
  readonly #documents = this._register(new TextDocuments());

  constructor(services: Services) {
    super();
    this.#services = services;
    const documents = this.#documents;
    this.#on(COMMANDS.generateSprite, given => generateSprite(services, namedArguments(given)));
    this.#on(COMMANDS.generateSprites, given => generateSprites(services, namedArguments(given)));
    this.#on(COMMANDS.generateFromSelection, given =>
      generateFromSelection(services, given instanceof vscode.Uri ? {} : namedArguments(given)),
    );
    this.#on(COMMANDS.varyImage, (named, given) =>
      named instanceof vscode.Uri || typeof named === 'string'
        ? varyImage(services, named, namedArguments(given))
        : varyImage(services, undefined, namedArguments(named)),
    );
    this.#on(COMMANDS.showQueue, () => showQueue());
    this.#onJob(COMMANDS.cancelJob, cancelJob);
    this.#onJob(COMMANDS.retryJob, retryJob);
    this.#onJob(COMMANDS.pauseJob, pauseJob);
    this.#onJob(COMMANDS.resumeJob, resumeJob);
    this.#onJob(COMMANDS.openResult, openResult);
    this.#on(COMMANDS.revealRecipe, named => revealRecipe(services, documents, named));
    this.#on(COMMANDS.copyRecipeAsCommand, named => copyRecipeAsCommand(services, named));
    this.#on(COMMANDS.startLocalWorker, () => startLocalWorker(services));
    this.#on(COMMANDS.stopLocalWorker, () => stopLocalWorker(services));
    this.#on(COMMANDS.connectToWorker, (given, check) =>
      connectToWorker(services, typeof given === 'string' ? given : undefined, check !== false),
    );
    this.#on(COMMANDS.forgetConnection, () => forgetConnection(services));
    this.#on(COMMANDS.workerActions, () => workerActions(services));
    this.#on(COMMANDS.runDoctor, () => runDoctor(services, documents));
    this.#on(COMMANDS.copyDiagnostics, () => copyDiagnostics(services));
    this.#on(COMMANDS.showLog, async () => services.channel.show());
  }

  /**
   * The palette calls without arguments, and then a person is asked which job. A view calls with its row, or with nothing in the
   * row's place when that was redrawn under the click: asking then would be about a job that nobody pointed at.
   */
  #onJob(
    id: CommandId,
    run: (services: Services, job: JobArgument) => Promise<number | string | null>,
  ): void {
    this.#on(id, async (...given) => {
      if (given.length > 0 && given[0] == null) {
        vscode.window.setStatusBarMessage(t('The queue has just changed; click once more.'), 5_000);
        return null;
      }
      return run(this.#services, jobArgument(given[0]));
    });
  }

  #on(id: CommandId, run: (...given: unknown[]) => Promise<unknown>): void {
    this._register(
      vscode.commands.registerCommand(id, async (...given: unknown[]) => {
        try {
          return await run(...given);
        } catch (error) {
          report(error, this.#services.log);
          return undefined;
        }
      }),
    );
  }
}
