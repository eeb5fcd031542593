import * as vscode from 'vscode';
import { Disposable } from '../dispose.ts';
import { type CommandId, COMMANDS } from '../ids.ts';
import type { SpriteArguments } from '../generate/request.ts';
import type { Services } from '../services.ts';
import { TextDocuments } from '../text-documents.ts';
import { type BatchArguments, generateFromSelection, generateSprites } from './generate-batch.ts';
import { generateSprite } from './generate-sprite.ts';
import {
  cancelJob,
  type JobArgument,
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
function spriteArguments<T extends object>(given: unknown): T {
  if (given instanceof vscode.Uri) return { folder: given } as T;
  return (typeof given === 'object' && given !== null ? given : {}) as T;
}

/** Registers all commands. What one throws is told to a person, and thrown on to who called it by program. */
export class Commands extends Disposable {
  readonly #services: Services;
  readonly #documents = this._register(new TextDocuments());

  constructor(services: Services) {
    super();
    this.#services = services;
    const documents = this.#documents;
    this.#on(COMMANDS.generateSprite, given =>
      generateSprite(services, spriteArguments<SpriteArguments>(given)),
    );
    this.#on(COMMANDS.generateSprites, given =>
      generateSprites(services, spriteArguments<BatchArguments>(given)),
    );
    this.#on(COMMANDS.generateFromSelection, given =>
      generateFromSelection(services, given instanceof vscode.Uri ? {} : spriteArguments(given)),
    );
    this.#on(COMMANDS.varyImage, (named, given) =>
      named instanceof vscode.Uri || typeof named === 'string'
        ? varyImage(services, named, spriteArguments(given))
        : varyImage(services, undefined, spriteArguments(named)),
    );
    this.#on(COMMANDS.showQueue, () => showQueue());
    this.#on(COMMANDS.cancelJob, job => cancelJob(services, job as JobArgument));
    this.#on(COMMANDS.retryJob, job => retryJob(services, job as JobArgument));
    this.#on(COMMANDS.pauseJob, job => pauseJob(services, job as JobArgument));
    this.#on(COMMANDS.resumeJob, job => resumeJob(services, job as JobArgument));
    this.#on(COMMANDS.openResult, job => openResult(services, job as JobArgument));
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
