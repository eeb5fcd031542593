import * as vscode from 'vscode';
import { Disposable } from '../dispose.ts';
import { Emitter } from '../emitter.ts';
import { ComparePanels } from '../panels/compare/compare-panels.ts';
import type { CompareSession } from '../panels/compare/compare-session.ts';
import type { VotePlace } from '../panels/compare/vote-place.ts';
import type { Services } from '../services.ts';
import { voterName } from '../votes/voter.ts';
import { voteStoreFor } from '../votes/vote-store.ts';
import { BlindRuns } from './blind-runs.ts';
import { type CompareArguments, compareModels } from './compare-models.ts';
import { openComparison } from './open-comparison.ts';

/** The game's folder that a job was made for, else the first that is open. */
function folderOf(project: string | null): vscode.Uri | null {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const own = folders.find(({ uri }) => uri.toString().slice(-500) === project);
  return (own ?? folders[0])?.uri ?? null;
}

/** All of comparisons in this window: its panels, and who may not be told whose a picture is. */
export class Comparing extends Disposable {
  readonly panels: ComparePanels;
  readonly blind: BlindRuns;
  readonly #services: Services;
  readonly #opened: Emitter<string>;

  constructor(services: Services) {
    super();
    this.#services = services;
    const votesIn = (folder: vscode.Uri): VotePlace => ({
      log: voteStoreFor(services, folder),
      voter: voterName(),
    });
    this.#opened = this._register(
      new Emitter<string>(error => services.log.error('a listener failed', error)),
    );
    const parts = { folderOf, votesIn, onOpened: (job: string) => this.#opened.fire(job) };
    this.panels = this._register(new ComparePanels(services, parts));
    this.blind = new BlindRuns(services, parts);
  }

  /** Told of a comparison of which more names were shown. */
  get onDidOpenSets(): Emitter<string>['event'] {
    return this.#opened.event;
  }

  /**
   * *Compare Models…*
   * @param given what is to be compared, or what a menu was opened on
   * @returns the job; null when a person left it
   */
  async compareModels(given: CompareArguments): Promise<string | null> {
    const job = await compareModels(this.#services, given);
    if (job !== null && given.open !== false) this.panels.show(job);
    return job;
  }

  /** *Open Comparison…* @param job asked for when null. @returns the job; null when a person left it */
  async openComparison(job: string | null): Promise<string | null> {
    const chosen = job ?? (await openComparison(this.#services));
    if (chosen !== null) this.panels.show(chosen);
    return chosen;
  }

  /** The session of a comparison whose panel is open. */
  sessionOf(job: string): CompareSession | null {
    return this.panels.sessionOf(job);
  }
}

const known = new WeakMap<Services, Comparing>();

/** What compares in this window, made once. */
export function comparing(services: Services): Comparing {
  let own = known.get(services);
  if (own === undefined) {
    own = new Comparing(services);
    known.set(services, own);
    services.context.subscriptions.push(own);
  }
  return own;
}
